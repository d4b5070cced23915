import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// The jobs that wait, oldest first.
  public func waitingPrintJobs(limit: Int) async throws -> [PrintJob] {
    try await read { unit in
      try unit.printJobs("state = 'queued' ORDER BY printJob.key LIMIT \(limit)", [])
    }
  }

  /// The newest jobs of a station.
  public func printJobs(at stationID: StationID, limit: Int) async throws -> [PrintJob] {
    try await read { unit in
      try unit.printJobs(
        "sale.stationID = ? ORDER BY printJob.key DESC LIMIT \(limit)", [stationID.data])
    }
  }

  /// Moves jobs to their next state.
  public func mark(
    _ keys: [Int64], as state: PrintJob.State, reason: String?
  ) async throws {
    try await write { unit in
      let statement = try unit.db.cachedStatement(
        sql: "UPDATE printJob SET state = ?, reason = ? WHERE key = ?")
      for key in keys { try statement.execute(arguments: [state.rawValue, reason, key]) }
    }
  }

  /// After a crash: jobs that were being sent may or may not have come out.
  public func markInterruptedPrintJobs() async throws {
    try await write { unit in
      try unit.db.execute(
        sql: """
          UPDATE printJob SET state = 'possiblyPrinted', reason = 'interrupted'
          WHERE state = 'sending'
          """)
    }
  }

  /// Queues another copy of a receipt; journalled. The same request again changes nothing.
  ///
  /// - Returns: the number of the copy, and whether it was queued before.
  /// - Throws: `StoreRefusal.notFound`, `.idReused`.
  public func reprint(
    _ saleID: SaleID, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> (copy: Int, isReplay: Bool) {
    try await write { unit in
      guard let stored = try unit.stored(id: saleID, at: user.stationID) else {
        throw StoreRefusal.notFound
      }
      if try !unit.isNew(request) { return (try unit.copy(of: request), true) }
      let last = try Int.fetchOne(
        unit.db, sql: "SELECT MAX(copy) FROM printJob WHERE saleKey = ?", arguments: [stored.key])
      let copy = (last ?? 0) + 1
      let head = try unit.append(
        .reprint,
        .members([
          "id": .string(Identifier<Store>(request.id).text),
          "saleID": .string(saleID.text), "copy": .integer(Int64(copy)),
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      try unit.queuePrint(ofSale: stored.head, copy: copy, atMs: atMs)
      try unit.note(request, head)
      return (copy, false)
    }
  }
}

extension UnitOfWork {
  /// Queues a receipt in the unit that makes it.
  func queuePrint(ofSale head: JournalHead, copy: Int, atMs: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO printJob (saleKey, document, copy, state, createdAtMs)
        VALUES (?, 'sale', ?, 'queued', ?)
        """
    ).execute(arguments: [JournalKey(head).value, copy, atMs])
  }

  fileprivate func copy(of request: ClientRequest) throws -> Int {
    let content = try Data.fetchOne(
      db,
      sql: """
        SELECT content FROM journal
        JOIN clientRequest ON journalKey = key WHERE clientRequest.id = ?
        """, arguments: [request.idData])
    guard let content, let copy = try JSON(parsing: Array(content))["body"]?["copy"]?.integerValue
    else { throw StoreProblem.badRecord("reprint") }
    return Int(copy)
  }

  fileprivate func printJobs(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [PrintJob] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT printJob.*, sale.id AS saleID, sale.stationID FROM printJob
        JOIN sale ON sale.journalKey = saleKey WHERE \(condition)
        """, arguments: arguments
    ).map { row in
      guard let state = PrintJob.State(rawValue: row["state"]) else {
        throw StoreProblem.badRecord("printJob")
      }
      return PrintJob(
        key: row["key"], saleID: Identifier(row["saleID"] as Data),
        stationID: Identifier(row["stationID"] as Data), copy: row["copy"], state: state,
        reason: row["reason"], createdAtMs: row["createdAtMs"])
    }
  }
}
