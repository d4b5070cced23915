import FoundationEssentials
import GRDB
public import POS

/// A terminal as it is enrolled, with what may change.
public struct EnrolledTerminal: Equatable, Sendable {
  public let terminal: Terminal
  /// The station whose centre it is at.
  public let stationID: StationID
  public let isInUse: Bool
  /// SHA-256 of the shared secret with the terminal's id; `nil` if none is set.
  public let secretHash: [UInt8]?
  /// Where it last proved that it knows the secret.
  public let trustedAddress: String?
  /// Whether it wants names in GB 18030.
  public let hasChineseNames: Bool
  /// Numbers that mean another one at its centre.
  public let numbers: [String: String]
  public let addedAtMs: Int64
}

/// A terminal to be enrolled.
public struct NewTerminal: Sendable {
  public let terminal: Terminal
  public let secretHash: [UInt8]?

  public init(terminal: Terminal, secretHash: [UInt8]?) {
    self.terminal = terminal
    self.secretHash = secretHash
  }
}

/// Why a terminal is not enrolled, in the order of the checks.
public enum TerminalRefusal: Error, Equatable, Sendable {
  /// There is no such centre.
  case unknownCentre
  /// A terminal of this serial number is in use.
  case serialInUse
  /// The terminal is no longer in use.
  case retired
}

extension Store {
  /// All terminals ever enrolled, in the order of enrolment.
  public func terminals() async throws -> [EnrolledTerminal] {
    try await read { unit in try unit.terminals() }
  }

  /// Enrols a terminal; journalled.
  ///
  /// - Throws: `StoreRefusal.idReused`, `TerminalRefusal`.
  public func enrol(
    _ new: NewTerminal, by user: User?, _ request: ClientRequest, atMs: Int64
  ) async throws -> (terminal: EnrolledTerminal, isReplay: Bool) {
    try await write { unit in
      if try unit.isNew(request) {
        try unit.requireCentre(new.terminal.centreID, of: user?.stationID)
        let body = new.terminal.body.adding(
          contentsOf: .members([
            "id": .string(request.text), "userID": user.map { .string($0.id.text) },
          ]))
        try unit.enrol(new, replacing: nil, body, request, atMs: atMs)
        return (try unit.terminal(new.terminal.id), false)
      }
      return (try unit.terminal(enrolledBy: request), true)
    }
  }

  /// Ends the use of a terminal and enrols the one that takes its place, with the numbers of
  /// people that differ on it; journalled.
  ///
  /// - Throws: `StoreRefusal.idReused`, `.notFound`, `TerminalRefusal`.
  public func replace(
    _ oldID: TerminalID, with new: NewTerminal, numbers: [TerminalNumber], by userID: UserID?,
    _ request: ClientRequest, atMs: Int64
  ) async throws -> (terminal: EnrolledTerminal, isReplay: Bool) {
    try await write { unit in
      guard try unit.isNew(request) else {
        return (try unit.terminal(enrolledBy: request), true)
      }
      try unit.requireInUse(oldID)
      let body = new.terminal.body.adding(
        contentsOf: .members([
          "id": .string(request.text), "replaces": .string(oldID.text),
          "userID": userID.map { .string($0.text) },
          "numberCount": .integer(Int64(numbers.count)),
          "numberHash": .string(TerminalNumber.hash(of: numbers)),
        ]))
      let head = try unit.enrol(
        new, replacing: oldID, body, request, atMs: atMs)
      try unit.insert(numbers, of: new.terminal.id, head)
      return (try unit.terminal(new.terminal.id), false)
    }
  }

  /// Ends the use of a terminal; what it sent stays. Journalled.
  ///
  /// - Throws: `StoreRefusal.idReused`, `.notFound`, `TerminalRefusal.retired`.
  public func retire(
    _ id: TerminalID, by userID: UserID?, _ request: ClientRequest, atMs: Int64
  ) async throws -> (terminal: EnrolledTerminal, isReplay: Bool) {
    try await write { unit in
      guard try unit.isNew(request) else { return (try unit.terminal(id), true) }
      try unit.requireInUse(id)
      let body = JSON.members([
        "id": .string(request.text), "terminalID": .string(id.text),
        "userID": userID.map { .string($0.text) },
      ])
      let head = try unit.append(
        .terminalRetired, body.adding(request.contentHash), atMs: atMs)
      try unit.end(id, by: head)
      try unit.note(request, head)
      return (try unit.terminal(id), false)
    }
  }

  /// Notes what a handshake showed: that the secret is known there, and how names are wanted.
  public func note(
    _ id: TerminalID, trustedAddress: String?, hasChineseNames: Bool
  ) async throws {
    try await write { unit in
      try unit.db.execute(
        sql: "UPDATE terminal SET trustedAddress = ?, hasChineseNames = ? WHERE id = ?",
        arguments: [trustedAddress, hasChineseNames, id.data])
    }
  }
}

extension UnitOfWork {
  /// All terminals in the order of enrolment.
  func terminals() throws -> [EnrolledTerminal] {
    var numbers: [Data: [String: String]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT * FROM terminalNumber") {
      numbers[row["terminalID"], default: [:]][row["wireNumber"]] = row["number"] as String
    }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT terminal.*, stationID, content FROM terminal
        JOIN centre ON centre.id = centreID JOIN journal ON key = terminal.journalKey
        ORDER BY terminal.journalKey, serial
        """
    ).map { row in try EnrolledTerminal(row, numbers: numbers[row["id"], default: [:]]) }
  }

  /// A terminal that there is.
  func terminal(_ id: TerminalID) throws -> EnrolledTerminal {
    guard let found = try terminals().first(where: { $0.terminal.id == id }) else {
      throw StoreRefusal.notFound
    }
    return found
  }

  fileprivate func terminal(enrolledBy request: ClientRequest) throws -> EnrolledTerminal {
    let id = try Data.fetchOne(
      db,
      sql: """
        SELECT terminal.id FROM terminal JOIN clientRequest USING (journalKey)
        WHERE clientRequest.id = ?
        """, arguments: [request.idData])
    guard let id else { throw StoreRefusal.idReused }
    return try terminal(Identifier(id))
  }

  /// The key of the record that will be written next.
  var nextKey: Int64 {
    get throws {
      let head = try journalHead
      return head.epoch << 40 | (head.sequence + 1)
    }
  }

  /// That there is such a centre, at the station if one is given.
  fileprivate func requireCentre(_ id: CentreID, of stationID: StationID?) throws {
    let station = try Data.fetchOne(
      db, sql: "SELECT stationID FROM centre WHERE id = ?", arguments: [id.data])
    guard let station, stationID.map({ $0.data == station }) ?? true else {
      throw TerminalRefusal.unknownCentre
    }
  }

  fileprivate func requireInUse(_ id: TerminalID) throws {
    guard try terminal(id).isInUse else { throw TerminalRefusal.retired }
  }

  fileprivate func end(_ id: TerminalID, by head: JournalHead) throws {
    try db.execute(
      sql: "UPDATE terminal SET closedKey = ? WHERE id = ?",
      arguments: [JournalKey(head).value, id.data])
  }

  @discardableResult
  fileprivate func enrol(
    _ new: NewTerminal, replacing oldID: TerminalID?, _ body: JSON, _ request: ClientRequest,
    atMs: Int64
  ) throws -> JournalHead {
    let one = new.terminal
    let isUsed = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM terminal WHERE serial = ? AND closedKey IS NULL AND id IS NOT ?)
        """, arguments: [one.serial, oldID?.data])
    guard isUsed == false else { throw TerminalRefusal.serialInUse }
    let head = try append(
      oldID == nil ? .terminalAdded : .terminalReplaced, body.adding(request.contentHash),
      atMs: atMs)
    if let oldID { try end(oldID, by: head) }
    try db.execute(
      sql: """
        INSERT INTO terminal (id, serial, family, centreID, model, zoneMinutes, secretHash,
          journalKey) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        one.id.data, one.serial, one.family.rawValue, one.centreID.data, one.model,
        one.zoneMinutes, new.secretHash.map { Data($0) }, JournalKey(head).value,
      ])
    try note(request, head)
    return head
  }

  fileprivate func insert(
    _ numbers: [TerminalNumber], of id: TerminalID, _ head: JournalHead
  ) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO terminalNumber (journalKey, place, terminalID, wireNumber, number)
        VALUES (?, ?, ?, ?, ?)
        """)
    for (place, pair) in numbers.enumerated() {
      try insert.execute(arguments: [
        JournalKey(head).value, place, id.data, pair.wireNumber, pair.number,
      ])
    }
  }
}

extension EnrolledTerminal {
  fileprivate init(_ row: Row, numbers: [String: String]) throws {
    guard let family = Terminal.Family(rawValue: row["family"]),
      let record = try? JSON(parsing: Array(row["content"] as Data)),
      let atMs = record["at"]?.integerValue
    else { throw StoreProblem.badRecord("terminal") }
    self.init(
      terminal: Terminal(
        id: Identifier(row["id"] as Data), serial: row["serial"], family: family,
        centreID: Identifier(row["centreID"] as Data), model: row["model"],
        zoneMinutes: row["zoneMinutes"]),
      stationID: Identifier(row["stationID"] as Data),
      isInUse: (row["closedKey"] as Int64?) == nil,
      secretHash: (row["secretHash"] as Data?).map { Array($0) },
      trustedAddress: row["trustedAddress"],
      hasChineseNames: row["hasChineseNames"], numbers: numbers, addedAtMs: atMs)
  }
}

extension ClientRequest {
  /// The id as records write it.
  fileprivate var text: String { Identifier<Store>(id).text }
}
