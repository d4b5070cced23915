import FoundationEssentials
import GRDB
public import POS

/// Goods that are asked to be handed out.
public struct HandOutRequest: Sendable {
  public let id: HandOutID
  public let programmeID: ProgrammeID
  public let personID: PersonID
  public let lines: [StockLine]
  /// Where the slip prints.
  public let tillID: TillID

  public init(
    id: HandOutID, programmeID: ProgrammeID, personID: PersonID, lines: [StockLine], tillID: TillID
  ) {
    self.id = id
    self.programmeID = programmeID
    self.personID = personID
    self.lines = lines
    self.tillID = tillID
  }
}

extension Store {
  /// Hands out goods to a person against a programme: record, stock and slip in one unit.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such programme or till here),
  ///   `ReliefRefusal.programmeEnded`, `.personNotEligible`, `.alreadyHandedOut`, `RefusedItem`.
  public func handOut(
    _ wish: HandOutRequest, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .handedOut, at: user.stationID) {
        return (done, true)
      }
      return (try unit.handOut(wish, by: user, asked), false)
    }
  }

  /// The name of a person; `nil` for nobody, and for who was forgotten.
  public func personName(_ id: PersonID) async throws -> String? {
    try await read { unit in try unit.personFacts(id)?.name }
  }

  /// What was handed out at a station, newest first.
  public func handOuts(
    at stationID: StationID, of programmeID: ProgrammeID?, beforeKey: Int64?, limit: Int
  ) async throws -> [StoredEvent] {
    try await read { unit in
      try unit.storedEvents(
        """
        SELECT journal.* FROM handOut JOIN journal ON key = journalKey
        WHERE stationID = ? AND programmeID = COALESCE(?, programmeID) AND journalKey < ?
        ORDER BY journalKey DESC LIMIT \(limit)
        """, [stationID.data, programmeID?.data, beforeKey ?? Int64.max])
    }
  }
}

extension UnitOfWork {
  fileprivate func handOut(
    _ wish: HandOutRequest, by user: User, _ asked: TillRequest
  ) throws -> StoredEvent {
    let (_, programme) = try programme(wish.programmeID, at: user.stationID)
    try requireTill(wish.tillID, at: user.stationID)
    guard !programme.isEnded else { throw ReliefRefusal.programmeEnded }
    let day = try openDay(at: user.stationID, atMs: asked.atMs)
    if let refusal = try refusal(of: wish.personID, programme, on: day) {
      throw ReliefRefusal.personNotEligible(index: 0, refusal)
    }
    let hadIt = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM handOut WHERE programmeID = ? AND personID = ?)",
      arguments: [wish.programmeID.data, wish.personID.data])
    guard hadIt == false else { throw ReliefRefusal.alreadyHandedOut }
    let handOut = HandOut(
      id: wish.id, stationID: user.stationID, userID: user.id, programmeID: wish.programmeID,
      personID: wish.personID,
      lines: try wish.lines.enumerated().map { try known($1, at: $0) })
    let number = try nextHandOutNumber(at: user.stationID)
    let event = try recordRelief(
      .handedOut, handOut.body(number: number, businessDate: day), asked)
    try db.execute(
      sql: """
        INSERT INTO handOut (journalKey, id, stationID, epoch, number, programmeID, personID)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        event.key, handOut.id.data, user.stationID.data, event.head.epoch, number,
        wish.programmeID.data, wish.personID.data,
      ])
    try move(
      handOut.lines.map { ($0.productID, -$0.quantity.count) }, at: user.stationID, event.head)
    try queuePrint(
      document: .handOut, of: event.head, at: wish.tillID, copy: 0, atMs: asked.atMs)
    return event
  }

  /// A line whose product is known and counted as asked.
  private func known(_ line: StockLine, at index: Int) throws -> HandOutLine {
    let source = catalogue
    guard let product = try source.product(id: line.productID) else {
      throw RefusedItem(index: index, refusal: .unknownProduct(line.productID))
    }
    switch (product.pricing, line.quantity) {
    case (.counted, .units), (.weighed, .grams): break
    case (.counted, .grams), (.weighed, .units):
      throw RefusedItem(index: index, refusal: .wrongKindOfQuantity)
    }
    return HandOutLine(
      productID: product.id, name: product.name, unit: product.unit, quantity: line.quantity)
  }

  private func nextHandOutNumber(at stationID: StationID) throws -> Int64 {
    let last = try Int64.fetchOne(
      db,
      sql: """
        SELECT number FROM handOut WHERE stationID = ? AND epoch = ? ORDER BY number DESC LIMIT 1
        """, arguments: [stationID.data, try journalHead.epoch])
    return (last ?? 0) + 1
  }
}
