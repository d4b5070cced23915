import Crypto
import FoundationEssentials
import GRDB
public import POS

/// A statement to be taken in.
public struct StatementRequest: Sendable {
  public let kind: TenderKind
  public let businessDate: BusinessDate
  public let file: StatementFile
  /// SHA-256 of the file as it came.
  public let fileHash: [UInt8]

  public init(
    kind: TenderKind, businessDate: BusinessDate, file: StatementFile, fileHash: [UInt8]
  ) {
    self.kind = kind
    self.businessDate = businessDate
    self.file = file
    self.fileHash = fileHash
  }
}

/// A statement on record, with what was compared.
public struct ComparedStatement: Sendable {
  public let event: StoredEvent
  public let comparison: StatementComparison
}

extension Store {
  /// Takes in a statement and compares it with the books of its day as they are now. The same
  /// request again is answered with the books as they were then.
  ///
  /// - Throws: `StoreRefusal.idReused`.
  public func importStatement(
    _ statement: StatementRequest, by user: User, _ asked: TillRequest
  ) async throws -> (statement: ComparedStatement, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.statementReplay(of: asked.request, at: user.stationID) {
        let found = try unit.comparison(of: done, before: done.key)
        return (ComparedStatement(event: done, comparison: found), true)
      }
      return (try unit.importStatement(statement, by: user, asked), false)
    }
  }

  /// The newest statement of each kind for a day, compared with the books as they are now.
  public func statements(
    on date: BusinessDate, at stationID: StationID
  ) async throws -> [ComparedStatement] {
    try await read { unit in
      try TenderKind.allCases.compactMap { kind in
        guard let event = try unit.newestStatement(kind, on: date, at: stationID, before: nil)
        else { return nil }
        return ComparedStatement(
          event: event, comparison: try unit.comparison(of: event, before: nil))
      }
    }
  }
}

extension UnitOfWork {
  /// What the newest statement of a kind says of a day; `nil` without a statement.
  ///
  /// - Parameter key: only what was on record before this record; `nil` for all.
  func statementSummary(
    _ kind: TenderKind, on date: BusinessDate, at stationID: StationID, before key: Int64? = nil
  ) throws -> StatementSum? {
    try newestStatement(kind, on: date, at: stationID, before: key).map {
      try comparison(of: $0, before: key).sum
    }
  }

  /// What the statements say of a day, by kind.
  func statementSums(
    on date: BusinessDate, at stationID: StationID, before key: Int64? = nil
  ) throws -> [TenderKind: StatementSum] {
    var sums: [TenderKind: StatementSum] = [:]
    for kind in TenderKind.allCases where kind != .cash {
      sums[kind] = try statementSummary(kind, on: date, at: stationID, before: key)
    }
    return sums
  }

  fileprivate func newestStatement(
    _ kind: TenderKind, on date: BusinessDate, at stationID: StationID, before key: Int64?
  ) throws -> StoredEvent? {
    try storedEvents(
      """
      SELECT journal.* FROM statement JOIN journal ON key = journalKey
      WHERE stationID = ? AND businessDate = ? AND statement.kind = ? AND journalKey < ?
      ORDER BY journalKey DESC LIMIT 1
      """, [stationID.data, date.description, kind.rawValue, key ?? Int64.max]
    ).first
  }

  fileprivate func statementReplay(
    of request: ClientRequest, at stationID: StationID
  ) throws -> StoredEvent? {
    guard try !isNew(request) else { return nil }
    let found = try storedEvents(
      """
      SELECT journal.* FROM statement JOIN journal ON key = journalKey
      WHERE statement.id = ? AND stationID = ?
      """, [request.idData, stationID.data])
    guard let event = found.first else { throw StoreRefusal.idReused }
    return event
  }

  fileprivate func importStatement(
    _ asked: StatementRequest, by user: User, _ request: TillRequest
  ) throws -> ComparedStatement {
    let cut = facts.policies.policy(atMs: request.atMs).dayCutMinutes
    let ofDay = asked.file.rows.filter {
      abs($0.days(from: asked.businessDate, cutMinutes: cut)) <= 1
    }
    let made = StatementImport(
      id: StatementID(request.request.id), kind: asked.kind, businessDate: asked.businessDate,
      fileHash: hexText(asked.fileHash), rowsHash: StatementRow.hash(of: ofDay),
      skippedCount: Int64(asked.file.skippedCount),
      otherDayCount: Int64(asked.file.rows.count - ofDay.count))
    let found = StatementComparison(
      of: asked.businessDate, cutMinutes: cut,
      booked: try booked(asked.kind, on: asked.businessDate, at: user.stationID, before: nil),
      rows: ofDay)
    let body = made.members(rowCount: ofDay.count, found).adding(by: user)
      .adding(request.request.contentHash)
    let head = try append(.statementImported, body, atMs: request.atMs)
    try insert(made, ofDay, at: user.stationID, head)
    try note(request.request, head)
    let event = StoredEvent(
      kind: .statementImported, body: body, atMs: request.atMs, head: head)
    return ComparedStatement(event: event, comparison: found)
  }

  private func insert(
    _ statement: StatementImport, _ rows: [StatementRow], at stationID: StationID,
    _ head: JournalHead
  ) throws {
    let key = JournalKey(head).value
    try db.execute(
      sql: """
        INSERT INTO statement (journalKey, id, stationID, kind, businessDate)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        key, statement.id.data, stationID.data, statement.kind.rawValue,
        statement.businessDate.description,
      ])
    let insert = try db.cachedStatement(
      sql: "INSERT INTO statementRow (journalKey, place, content) VALUES (?, ?, ?)")
    for (place, row) in rows.enumerated() {
      try insert.execute(arguments: [
        key, place, String(decoding: row.json.canonicalBytes(), as: UTF8.self),
      ])
    }
  }

  /// Compares a statement on record with the books.
  ///
  /// - Parameter key: the books as they were before this record; `nil` for now.
  func comparison(of event: StoredEvent, before key: Int64?) throws -> StatementComparison {
    let statement = try StatementImport(body: event.body)
    guard let stationID = event.body["stationID"]?.stringValue.flatMap({ StationID($0) }) else {
      throw StoreProblem.badRecord("statementImported")
    }
    return StatementComparison(
      of: statement.businessDate,
      cutMinutes: facts.policies.policy(atMs: event.atMs).dayCutMinutes,
      booked: try booked(
        statement.kind, on: statement.businessDate, at: stationID, before: key),
      rows: try statementRows(of: event.key))
  }

  /// The rows that are kept of a statement.
  func statementRows(of key: Int64) throws -> [StatementRow] {
    try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT content FROM statementRow WHERE journalKey = ? ORDER BY place"),
      arguments: [key]
    ).map { text in
      guard let json = try? JSON(parsing: Array(text.utf8)), let row = StatementRow(json: json)
      else { throw StoreProblem.badRecord("statementRow") }
      return row
    }
  }
}

extension StatementRow {
  /// SHA-256 of rows as they are kept.
  static func hash(of rows: [StatementRow]) -> String {
    hexText(SHA256.hash(data: JSON.array(rows.map(\.json)).canonicalBytes()))
  }
}
