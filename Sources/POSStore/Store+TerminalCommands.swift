import FoundationEssentials
import GRDB
public import POS

/// What a terminal said it has of some days, against what is on record.
public struct TerminalCount: Equatable, Sendable {
  public let from: BusinessDate
  public let through: BusinessDate
  public let theirs: Int64
  public let ours: Int64
  /// Whether what was missing has been asked for.
  public let isFetched: Bool
  public let atMs: Int64
}

extension Store {
  /// Queues a command; the same request again is the same command.
  ///
  /// - Throws: `StoreRefusal.idReused`.
  public func queue(
    _ kinds: [TerminalCommand.Kind], on id: TerminalID, request: Identifier<TerminalCommand>?,
    atMs: Int64
  ) async throws -> (commands: [TerminalCommand], isReplay: Bool) {
    try await write { unit in
      if let request, let known = try unit.commands(of: request) {
        guard known.terminalID == id, known.commands.map(\.kind) == Array(kinds.prefix(1)) else {
          throw StoreRefusal.idReused
        }
        return (known.commands, true)
      }
      var keys: [Int64] = []
      for (place, kind) in kinds.enumerated() {
        keys.append(
          try unit.insert(kind, on: id, request: place == 0 ? request : nil, atMs: atMs))
      }
      return (try keys.flatMap { try unit.commands("key = ?", [$0]) }, false)
    }
  }

  /// The newest commands of a terminal.
  public func commands(of id: TerminalID, limit: Int) async throws -> [TerminalCommand] {
    try await read { unit in
      try unit.commands(
        "terminalID = ? ORDER BY key DESC LIMIT ?", [id.data, limit])
    }
  }

  /// Whether a terminal that asks has anything to do; a reading, so that the many polls with
  /// nothing to do write nothing.
  public func hasWork(for id: TerminalID, atMs: Int64) async throws -> Bool {
    try await read { unit in
      try Bool.fetchOne(
        unit.db.cachedStatement(
          sql: "SELECT EXISTS (SELECT 1 FROM terminalCommand WHERE \(UnitOfWork.isDue))"),
        arguments: [id.data, atMs - TerminalCommand.patienceMs]) ?? false
    }
  }

  /// The commands a terminal gets now: those that wait, and those whose result did not come.
  public func commandsToSend(to id: TerminalID, atMs: Int64) async throws -> [TerminalCommand] {
    try await write { unit in
      let due = try unit.commands(
        "\(UnitOfWork.isDue) ORDER BY key LIMIT \(TerminalCommand.mostAtOnce)",
        [id.data, atMs - TerminalCommand.patienceMs])
      var sent: [TerminalCommand] = []
      for command in due {
        try unit.db.execute(
          sql: """
            UPDATE terminalCommand
            SET state = CASE WHEN sentCount >= ? THEN 'failed' ELSE 'sent' END,
              result = CASE WHEN sentCount >= ? THEN 'noAnswer' END,
              sentAtMs = ?, sentCount = sentCount + 1
            WHERE key = ?
            """,
          arguments: [
            TerminalCommand.mostTries, TerminalCommand.mostTries, atMs, command.key,
          ])
        sent += try unit.commands("key = ? AND state = 'sent'", [command.key])
      }
      return sent
    }
  }

  /// The name of a person for a terminal, opened for this moment; `nil` if nobody is known by it.
  public func nameToPut(of id: PersonID) async throws -> String? {
    try await read { unit in try unit.personFacts(id)?.name }
  }

  /// Queues commands unless the first of them was ever queued for this terminal.
  public func queueOnce(
    _ kinds: [TerminalCommand.Kind], on id: TerminalID, atMs: Int64
  ) async throws {
    try await write { unit in
      guard let first = kinds.first else { return }
      let isKnown = try Bool.fetchOne(
        unit.db,
        sql: "SELECT EXISTS (SELECT 1 FROM terminalCommand WHERE terminalID = ? AND content = ?)",
        arguments: [id.data, first.text])
      guard isKnown == false else { return }
      for kind in kinds { _ = try unit.insert(kind, on: id, request: nil, atMs: atMs) }
    }
  }

  /// Notes what a terminal says became of a command; `nil` if it was never sent such a one.
  public func finish(
    _ key: Int64, on id: TerminalID, isDone: Bool, result: String?
  ) async throws -> TerminalCommand? {
    try await write { unit in
      try unit.db.execute(
        sql: """
          UPDATE terminalCommand SET state = ?, result = ?
          WHERE key = ? AND terminalID = ? AND state = 'sent'
          """, arguments: [isDone ? "done" : "failed", result, key, id.data])
      guard unit.db.changesCount > 0 else { return nil }
      return try unit.commands("key = ?", [key]).first
    }
  }

  /// How many passes of a terminal are on record for some days of its clock.
  public func passCount(
    of id: TerminalID, from: BusinessDate, through: BusinessDate
  ) async throws -> Int64 {
    try await read { unit in try unit.passCount(of: id, from: from, through: through) }
  }

  /// Notes how many rows a terminal says it has of some days, and gives back what was noted of
  /// them before.
  public func note(
    theirs: Int64, of id: TerminalID, from: BusinessDate, through: BusinessDate, atMs: Int64
  ) async throws -> (now: TerminalCount, before: TerminalCount?) {
    try await write { unit in
      let before = try unit.counts(
        "terminalID = ? AND fromDate = ? AND throughDate = ?",
        [id.data, from.description, through.description]
      ).first
      let ours = try unit.passCount(of: id, from: from, through: through)
      let isFetched = before.map { $0.isFetched && $0.theirs == theirs } ?? false
      let now = TerminalCount(
        from: from, through: through, theirs: theirs, ours: ours,
        isFetched: isFetched || theirs > ours, atMs: atMs)
      try unit.db.execute(
        sql: """
          INSERT INTO terminalCount (terminalID, fromDate, throughDate, theirCount, ourCount,
            isFetched, atMs) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET theirCount = excluded.theirCount,
            ourCount = excluded.ourCount, isFetched = excluded.isFetched, atMs = excluded.atMs
          """,
        arguments: [
          id.data, from.description, through.description, theirs, ours, now.isFetched, atMs,
        ])
      return (now, before)
    }
  }

  /// What a terminal said it has, the newest days first.
  public func counts(of id: TerminalID, limit: Int) async throws -> [TerminalCount] {
    try await read { unit in
      try unit.counts(
        "terminalID = ? ORDER BY throughDate DESC, fromDate DESC LIMIT ?", [id.data, limit])
    }
  }
}

extension UnitOfWork {
  /// A command of a terminal that is to be sent; arguments: the terminal, and when a result is
  /// waited for no longer.
  fileprivate static let isDue =
    "terminalID = ? AND (state = 'waiting' OR (state = 'sent' AND sentAtMs < ?))"

  /// Queues a command; `ended` is the enrolment whose end it carries out.
  func insert(
    _ kind: TerminalCommand.Kind, on id: TerminalID, request: Identifier<TerminalCommand>? = nil,
    ended: EnrolmentID? = nil, atMs: Int64
  ) throws -> Int64 {
    try db.execute(
      sql: """
        INSERT INTO terminalCommand (terminalID, requestID, content, state, createdAtMs, endedID)
        VALUES (?, ?, ?, 'waiting', ?, ?)
        """,
      arguments: [id.data, request?.data, kind.text, atMs, ended?.data])
    return db.lastInsertedRowID
  }

  func commands(
    of request: Identifier<TerminalCommand>
  ) throws -> (terminalID: TerminalID, commands: [TerminalCommand])? {
    let id = try Data.fetchOne(
      db, sql: "SELECT terminalID FROM terminalCommand WHERE requestID = ?",
      arguments: [request.data])
    guard let id else { return nil }
    return (Identifier(id), try commands("requestID = ?", [request.data]))
  }

  func commands(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [TerminalCommand] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM terminalCommand WHERE \(condition)"),
      arguments: arguments
    ).map { row in
      guard let json = try? JSON(parsing: Array((row["content"] as String).utf8)),
        let kind = TerminalCommand.Kind(json: json),
        let state = TerminalCommand.State(rawValue: row["state"])
      else { throw StoreProblem.badRecord("terminalCommand") }
      return TerminalCommand(
        key: row["key"], kind: kind, state: state, createdAtMs: row["createdAtMs"],
        sentAtMs: row["sentAtMs"], result: row["result"])
    }
  }

  fileprivate func passCount(
    of id: TerminalID, from: BusinessDate, through: BusinessDate
  ) throws -> Int64 {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT COALESCE(SUM(passCount), 0) FROM terminalDay
        WHERE terminalID = ? AND date BETWEEN ? AND ?
        """, arguments: [id.data, from.description, through.description]) ?? 0
  }

  fileprivate func counts(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [TerminalCount] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM terminalCount WHERE \(condition)", arguments: arguments
    ).map { row in
      guard let from = BusinessDate(row["fromDate"] as String),
        let through = BusinessDate(row["throughDate"] as String)
      else { throw StoreProblem.badRecord("terminalCount") }
      return TerminalCount(
        from: from, through: through, theirs: row["theirCount"], ours: row["ourCount"],
        isFetched: row["isFetched"], atMs: row["atMs"])
    }
  }
}

extension TerminalCommand.Kind {
  /// As it is kept.
  fileprivate var text: String { String(decoding: json.canonicalBytes(), as: UTF8.self) }
}
