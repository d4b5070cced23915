import FoundationEssentials
import GRDB
public import POS

/// Which print jobs are asked for.
public struct PrintJobFilter: Equatable, Sendable {
  public var tillID: TillID?
  public var state: PrintJob.State?
  /// Only those older than this key of an earlier page.
  public var beforeKey: Int64?

  public init(tillID: TillID? = nil, state: PrintJob.State? = nil, beforeKey: Int64? = nil) {
    self.tillID = tillID
    self.state = state
    self.beforeKey = beforeKey
  }
}

extension Store {
  /// Jobs of a station, newest first.
  public func printJobs(
    at stationID: StationID, _ filter: PrintJobFilter = PrintJobFilter(), limit: Int
  ) async throws -> [PrintJob] {
    try await read { unit in
      try unit.printJobs(
        """
        printJob.stationID = ? AND printJob.key < ?
          AND printJob.tillID = COALESCE(?, printJob.tillID)
          AND state = COALESCE(?, state)
        ORDER BY printJob.key DESC LIMIT \(limit)
        """,
        [
          stationID.data, filter.beforeKey ?? Int64.max, filter.tillID?.data,
          filter.state?.rawValue,
        ])
    }
  }

  /// Queues another copy of a receipt; journalled. The same request again changes nothing.
  ///
  /// - Parameter tillID: where to print it; `nil` is the till of the sale.
  /// - Returns: the number of the copy, and whether it was queued before.
  /// - Throws: `StoreRefusal.notFound`, `.idReused`.
  public func reprint(
    _ saleID: SaleID, at tillID: TillID? = nil, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> (copy: Int, isReplay: Bool) {
    try await write { unit in
      guard let stored = try unit.stored(id: saleID, at: user.stationID) else {
        throw StoreRefusal.notFound
      }
      if try !unit.isNew(request) { return (try unit.copy(of: request), true) }
      if let tillID { try unit.requireTill(tillID, at: user.stationID) }
      let copy = try unit.nextCopy(of: stored.document, stored.key)
      let head = try unit.append(
        .reprint,
        .members([
          "id": .string(Identifier<Store>(request.id).text),
          "saleID": .string(saleID.text), "copy": .integer(Int64(copy)),
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      let place = try tillID ?? unit.tillID(of: stored.tillSessionID)
      try unit.queuePrint(
        document: stored.document, of: stored.head, at: place, copy: copy, atMs: atMs)
      try unit.note(request, head)
      return (copy, false)
    }
  }
}

extension StoredSale {
  /// The receipt of this kind.
  public var document: PrintDocument {
    switch self {
    case .sale: .sale
    case .saleReturn: .saleReturn
    }
  }

  /// Where it was made.
  public var tillSessionID: TillSessionID {
    switch self {
    case .sale(let sale): sale.value.context.tillSessionID
    case .saleReturn(let made): made.value.context.tillSessionID
    }
  }
}

extension UnitOfWork {
  /// Queues a document of a record for the printer of a till, in the unit that makes the record.
  ///
  /// - Parameter copy: 0 for the first print, else `nextCopy`.
  func queuePrint(
    document: PrintDocument, of head: JournalHead, at tillID: TillID, copy: Int, atMs: Int64
  ) throws {
    try queuePrint(document, JournalKey(head).value, at: tillID, copy: copy, atMs: atMs)
  }

  func queuePrint(
    _ document: PrintDocument, _ recordKey: Int64, at tillID: TillID, copy: Int, atMs: Int64
  ) throws {
    try RowWriter(
      db,
      """
      INSERT INTO printJob (document, journalKey, stationID, tillID, copy, state, createdAtMs)
      SELECT ?, ?, stationID, id, ?, 'queued', ? FROM till WHERE id = ?
      """
    ).write(
      .text(document.rawValue), .integer(recordKey), .integer(Int64(copy)), .integer(atMs),
      .id(tillID))
    guard db.changesCount == 1 else { throw StoreProblem.badRecord("till") }
    tellPrinters()
  }

  /// The number of the next copy of a document.
  func nextCopy(of document: PrintDocument, _ recordKey: Int64) throws -> Int {
    let last = try Int.fetchOne(
      db, sql: "SELECT MAX(copy) FROM printJob WHERE document = ? AND journalKey = ?",
      arguments: [document.rawValue, recordKey])
    return (last ?? 0) + 1
  }

  /// - Throws: `StoreRefusal.notFound` if the station has no such till.
  func requireTill(_ id: TillID, at stationID: StationID) throws {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM till WHERE id = ? AND stationID = ?)",
      arguments: [id.data, stationID.data])
    guard isThere == true else { throw StoreRefusal.notFound }
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

  func printJobs(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [PrintJob] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT printJob.*, sale.id AS saleID, sale.number AS saleNumber FROM printJob
          LEFT JOIN sale ON sale.journalKey = printJob.journalKey WHERE \(condition)
          """), arguments: arguments
    ).map(printJob)
  }

  private func printJob(_ row: Row) throws -> PrintJob {
    guard let state = PrintJob.State(rawValue: row["state"]),
      let document = PrintDocument(rawValue: row["document"])
    else { throw StoreProblem.badRecord("printJob") }
    let record = JournalKey(row["journalKey"] as Int64)
    let saleID = row["saleID"] as Data?
    return PrintJob(
      key: row["key"],
      subject: PrintJob.Subject(
        document: document, epoch: record.epoch, sequence: record.sequence,
        saleID: saleID.map { Identifier($0) }, saleNumber: row["saleNumber"]),
      stationID: Identifier(row["stationID"] as Data),
      tillID: Identifier(row["tillID"] as Data), copy: row["copy"], state: state,
      reason: row["reason"],
      decision: (row["decision"] as String?).flatMap(PrintDecision.init(rawValue:)),
      createdAtMs: row["createdAtMs"])
  }
}
