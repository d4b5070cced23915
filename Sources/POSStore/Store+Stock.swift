import FoundationEssentials
import GRDB
public import POS

/// A stock event as asked for; what the books had before a stocktake is found in the unit.
public struct StockRequest: Sendable {
  public let event: StockEvent
  public let request: ClientRequest

  public init(event: StockEvent, contentHash: [UInt8]) {
    self.event = event
    request = ClientRequest(id: event.id.uuid, contentHash: contentHash)
  }
}

/// A stock event with its place in the journal.
public struct StoredStockEvent: Equatable, Sendable {
  public let event: StockEvent
  public let head: JournalHead
  public let atMs: Int64

  /// The key that orders all records.
  public var key: Int64 { JournalKey(head).value }
}

extension Store {
  /// Adds a supplier or donor. The same request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `partnerNameTaken`.
  public func add(
    _ partner: Partner, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(request) else { return true }
      let isTaken = try Bool.fetchOne(
        unit.db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM partner WHERE stationID = ? AND kind = ? AND name = ?)
          """, arguments: [partner.stationID.data, partner.kind.rawValue, partner.name])
      guard isTaken == false else { throw StoreRefusal.partnerNameTaken }
      let head = try unit.append(
        .partnerAdded,
        .members([
          "id": .string(partner.id.text), "kind": .string(partner.kind.rawValue),
          "stationID": .string(partner.stationID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      try unit.db.execute(
        sql: "INSERT INTO partner (id, stationID, kind, name, journalKey) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          partner.id.data, partner.stationID.data, partner.kind.rawValue, partner.name,
          JournalKey(head).value,
        ])
      try unit.note(request, head)
      return false
    }
  }

  /// The suppliers and donors of a station, by name.
  public func partners(at stationID: StationID) async throws -> [Partner] {
    try await read { unit in
      try Row.fetchAll(
        unit.db, sql: "SELECT * FROM partner WHERE stationID = ? ORDER BY kind DESC, name",
        arguments: [stationID.data]
      ).map { row in
        guard let kind = Partner.Kind(rawValue: row["kind"]) else {
          throw StoreProblem.badRecord("partner")
        }
        return Partner(
          id: Identifier(row["id"] as Data), stationID: stationID, kind: kind, name: row["name"])
      }
    }
  }

  /// Records goods that came, went or were counted: journal, ledger and stock in one unit. The
  /// same request again is answered from the record.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such partner here, or goods
  ///   sent back to a donor), `.costOfGift`, `RefusedItem` (unknown product, wrong kind of quantity).
  public func record(
    _ request: StockRequest, atMs: Int64
  ) async throws -> (stored: StoredStockEvent, isReplay: Bool) {
    try await write { unit in
      let event = request.event
      guard try unit.isNew(request.request) else {
        guard let known = try unit.stockEvent(id: event.id, at: event.stationID) else {
          throw StoreRefusal.idReused
        }
        return (known, true)
      }
      return (try unit.record(request, atMs: atMs), false)
    }
  }

  /// A stock event of a station; `nil` if there is none.
  public func stockEvent(
    id: StockEventID, at stationID: StationID
  ) async throws -> StoredStockEvent? {
    try await read { unit in try unit.stockEvent(id: id, at: stationID) }
  }

  /// Stock events of a station, newest first.
  public func stockEvents(
    at stationID: StationID, beforeKey: Int64?, limit: Int
  ) async throws -> [StoredStockEvent] {
    try await read { unit in
      try unit.stockEvents(
        """
        stockEvent.stationID = ? AND journalKey < ? ORDER BY journalKey DESC LIMIT \(limit)
        """, [stationID.data, beforeKey ?? Int64.max])
    }
  }
}

extension UnitOfWork {
  fileprivate func record(_ request: StockRequest, atMs: Int64) throws -> StoredStockEvent {
    let asked = request.event
    try requirePartner(of: asked)
    let lines = try asked.lines.enumerated().map { index, line in
      try known(line, at: index, of: asked)
    }
    let event = StockEvent(
      id: asked.id, stationID: asked.stationID, userID: asked.userID, change: asked.change,
      lines: lines)
    let head = try append(
      event.change.kind, event.body.adding(request.request.contentHash), atMs: atMs)
    try post(event.entry, head)
    try db.execute(
      sql: "INSERT INTO stockEvent (journalKey, stationID) VALUES (?, ?)",
      arguments: [JournalKey(head).value, event.stationID.data])
    // Its postings count for a day like any other.
    try insert(
      TillEvent(
        kind: event.change.kind, request: request.request, stationID: event.stationID,
        businessDate: try openDay(at: event.stationID, atMs: atMs), atMs: atMs), head)
    try move(event.movements.map { ($0.productID, $0.count) }, at: event.stationID, head)
    try keepBatches(of: event, head)
    try note(request.request, head)
    return StoredStockEvent(event: event, head: head, atMs: atMs)
  }

  private func requirePartner(of event: StockEvent) throws {
    let (partnerID, kinds): (PartnerID, [String])
    switch event.change {
    case .delivered(let id): (partnerID, kinds) = (id, ["supplier", "donor"])
    case .sentBack(let id): (partnerID, kinds) = (id, ["supplier"])
    case .writtenOff, .counted: return
    }
    let kind = try String.fetchOne(
      db, sql: "SELECT kind FROM partner WHERE id = ? AND stationID = ?",
      arguments: [partnerID.data, event.stationID.data])
    guard let kind, kinds.contains(kind) else { throw StoreRefusal.notFound }
    let hasCost = event.lines.contains { $0.cost != nil }
    guard kind == "supplier" || !hasCost else { throw StoreRefusal.costOfGift }
  }

  /// A line whose product is known and counted as asked, with what the books have of it for a
  /// stocktake.
  private func known(_ line: StockLine, at index: Int, of event: StockEvent) throws -> StockLine {
    let source = catalogue
    guard let product = try source.product(id: line.productID) else {
      throw RefusedItem(index: index, refusal: .unknownProduct(line.productID))
    }
    switch (product.pricing, line.quantity) {
    case (.counted, .units), (.weighed, .grams): break
    case (.counted, .grams), (.weighed, .units):
      throw RefusedItem(index: index, refusal: .wrongKindOfQuantity)
    }
    guard event.change == .counted else { return line }
    let level = try Int64.fetchOne(
      db, sql: "SELECT count FROM stockLevel WHERE stationID = ? AND productID = ?",
      arguments: [event.stationID.data, line.productID.data])
    return StockLine(productID: line.productID, quantity: line.quantity, before: level ?? 0)
  }

  private func keepBatches(of event: StockEvent, _ head: JournalHead) throws {
    for batch in event.batches {
      try db.execute(
        sql: """
          INSERT INTO stockBatch (journalKey, line, stationID, productID, count, bestBefore)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          JournalKey(head).value, batch.line, event.stationID.data, batch.productID.data,
          batch.count, batch.bestBefore.description,
        ])
    }
  }

  fileprivate func stockEvent(
    id: StockEventID, at stationID: StationID
  ) throws -> StoredStockEvent? {
    try stockEvents(
      """
      journalKey = (SELECT journalKey FROM clientRequest WHERE id = ?)
      AND stockEvent.stationID = ?
      """, [id.data, stationID.data]
    ).first
  }

  fileprivate func stockEvents(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [StoredStockEvent] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT journal.* FROM stockEvent JOIN journal ON journal.key = journalKey
        WHERE \(condition)
        """, arguments: arguments
    ).map { row in
      let record = try JSON(parsing: Array(row["content"] as Data))
      guard let kind = JournalKind(rawValue: row["kind"]), let body = record["body"],
        let atMs = record["at"]?.integerValue
      else { throw StoreProblem.badRecord("stockEvent") }
      return StoredStockEvent(
        event: try StockEvent(kind: kind, body: body), head: head(row["key"], hash: row["hash"]),
        atMs: atMs)
    }
  }
}

extension StockEvent {
  /// The deliveries whose goods go bad, by line.
  var batches: [(line: Int, productID: ProductID, count: Int64, bestBefore: BusinessDate)] {
    guard case .delivered = change else { return [] }
    return lines.enumerated().compactMap { index, line in
      guard let date = line.bestBefore, line.quantity.count > 0 else { return nil }
      return (index, line.productID, line.quantity.count, date)
    }
  }
}
