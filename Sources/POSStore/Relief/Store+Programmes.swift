import FoundationEssentials
import GRDB
public import POS

/// A version of a programme, with what was issued under all of its versions.
public struct StoredProgramme: Equatable, Sendable {
  public let programme: Programme
  /// Vouchers issued, blocked and replaced ones among them.
  public let voucherCount: Int
  /// What is left on those that are not past and not blocked or replaced.
  public let open: Money
}

extension Store {
  /// Adds a programme; journalled. The same request again is answered from the record.
  ///
  /// - Throws: `StoreRefusal.idReused`.
  public func add(
    _ programme: Programme, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .programmeAdded, at: user.stationID) {
        return (done, true)
      }
      return (try unit.record(programme, .programmeAdded, by: user, asked), false)
    }
  }

  /// Gives a programme new rules, for what is issued from now on; its version is given here.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`.
  public func change(
    _ changed: Programme, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(
        of: asked.request, .programmeChanged, at: user.stationID)
      {
        return (done, true)
      }
      let (_, current) = try unit.programme(changed.id, at: user.stationID)
      return (
        try unit.record(
          changed.with(version: current.version + 1), .programmeChanged, by: user, asked), false
      )
    }
  }

  /// The programmes of a station as they are now, the newest first.
  public func programmes(
    at stationID: StationID, today: BusinessDate
  ) async throws -> [StoredProgramme] {
    try await read { unit in
      let rows = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM programme AS one WHERE stationID = ? AND version = (
            SELECT MAX(version) FROM programme WHERE id = one.id) ORDER BY journalKey DESC
          """, arguments: [stationID.data])
      return try rows.map { try unit.withSums(try UnitOfWork.programme($0), today: today) }
    }
  }

  /// A programme of a station as it is now; `nil` if there is none.
  public func programme(
    _ id: ProgrammeID, at stationID: StationID, today: BusinessDate
  ) async throws -> StoredProgramme? {
    try await read { unit in
      guard let found = try unit.currentProgramme(id, at: stationID) else { return nil }
      return try unit.withSums(found.programme, today: today)
    }
  }

  /// The names of programmes that a record or a claim names, in their newest version.
  public func programmeNames(_ ids: Set<ProgrammeID>) async throws -> [ProgrammeID: Programme] {
    try await read { unit in
      var found: [ProgrammeID: Programme] = [:]
      for id in ids {
        let row = try Row.fetchOne(
          unit.db, sql: "SELECT * FROM programme WHERE id = ? ORDER BY version DESC LIMIT 1",
          arguments: [id.data])
        if let row { found[id] = try UnitOfWork.programme(row) }
      }
      return found
    }
  }
}

extension UnitOfWork {
  /// A row of `programme`.
  static func programme(_ row: Row) throws -> Programme {
    guard let json = try? JSON(parsing: Array((row["content"] as String).utf8)) else {
      throw StoreProblem.badRecord("programme")
    }
    return try Programme(version: row["version"], json: json)
  }

  /// The newest version of a programme of a station, with its key.
  func currentProgramme(
    _ id: ProgrammeID, at stationID: StationID
  ) throws -> (key: Int64, programme: Programme)? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT * FROM programme WHERE id = ? AND stationID = ? ORDER BY version DESC LIMIT 1
          """), arguments: [id.data, stationID.data])
    return try row.map { ($0["journalKey"], try Self.programme($0)) }
  }

  /// - Throws: `StoreRefusal.notFound`.
  func programme(
    _ id: ProgrammeID, at stationID: StationID
  ) throws -> (key: Int64, programme: Programme) {
    guard let found = try currentProgramme(id, at: stationID) else { throw StoreRefusal.notFound }
    return found
  }

  /// The version of a programme that stands in a record.
  func programme(key: Int64) throws -> Programme {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM programme WHERE journalKey = ?"), arguments: [key])
    guard let row else { throw StoreProblem.badRecord("programme") }
    return try Self.programme(row)
  }

  fileprivate func withSums(
    _ programme: Programme, today: BusinessDate
  ) throws -> StoredProgramme {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) AS count, COALESCE(SUM(
          CASE WHEN state = 'active' AND validUntil >= ? THEN leftFen ELSE 0 END), 0) AS open
        FROM voucher WHERE programmeKey IN (SELECT journalKey FROM programme WHERE id = ?)
        """, arguments: [today.description, programme.id.data])
    return StoredProgramme(
      programme: programme, voucherCount: row?["count"] ?? 0,
      open: Money(fen: row?["open"] ?? 0))
  }

  fileprivate func record(
    _ programme: Programme, _ kind: JournalKind, by user: User, _ asked: TillRequest
  ) throws -> StoredEvent {
    let body = JSON.members([
      "id": .string(asked.subjectID), "programmeID": .string(programme.id.text),
      "version": .integer(programme.version), "programme": programme.json,
    ]).adding(by: user)
    let event = try recordRelief(kind, body, asked)
    try db.execute(
      sql: """
        INSERT INTO programme (journalKey, id, version, stationID, content) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        event.key, programme.id.data, programme.version, user.stationID.data,
        String(decoding: programme.json.canonicalBytes(), as: UTF8.self),
      ])
    return event
  }

  /// The record of relief that did a request before; `nil` if it is new.
  ///
  /// - Throws: `StoreRefusal.idReused` if its id was used with other content, for another kind of
  ///   act or elsewhere.
  func reliefReplay(
    of request: ClientRequest, _ kind: JournalKind, at stationID: StationID
  ) throws -> StoredEvent? {
    guard try !isNew(request) else { return nil }
    let found = try storedEvents(
      """
      SELECT journal.* FROM clientRequest JOIN journal ON key = journalKey
      WHERE clientRequest.id = ? AND journal.kind = ?
      """, [request.idData, kind.rawValue])
    guard let event = found.first, event.body["stationID"]?.stringValue == stationID.text else {
      throw StoreRefusal.idReused
    }
    return event
  }

  /// Appends a record of relief with its request.
  func recordRelief(
    _ kind: JournalKind, _ body: JSON, _ asked: TillRequest
  ) throws -> StoredEvent {
    let whole = body.adding(asked.request.contentHash)
    let head = try append(kind, whole, atMs: asked.atMs)
    try note(asked.request, head)
    // As it will be read again: an answer has its members in the same order ever after.
    let kept = try JSON(parsing: whole.canonicalBytes())
    return StoredEvent(kind: kind, body: kept, atMs: asked.atMs, head: head)
  }
}
