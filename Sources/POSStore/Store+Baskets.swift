import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Sets a basket aside, or replaces it.
  ///
  /// - Throws: `StoreRefusal.basketGone` if it was sold, voided or deleted, or is another
  ///   station's.
  public func hold(_ basket: HeldBasket) async throws {
    try await write { unit in
      try unit.db.execute(
        sql: """
          INSERT INTO heldBasket (id, stationID, label, content, heldAtMs) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET label = excluded.label, content = excluded.content
          WHERE stationID = excluded.stationID AND NOT isTaken
          """,
        arguments: [
          basket.id.data, basket.stationID.data, basket.label,
          String(decoding: basket.content.bytes(), as: UTF8.self), basket.heldAtMs,
        ])
      guard unit.db.changesCount == 1 else { throw StoreRefusal.basketGone }
    }
  }

  /// The baskets set aside at a station, oldest first.
  public func heldBaskets(at stationID: StationID) async throws -> [HeldBasket] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: "SELECT * FROM heldBasket WHERE stationID = ? AND NOT isTaken ORDER BY heldAtMs, id",
        arguments: [stationID.data]
      ).map(readBasket)
    }
  }

  /// A basket set aside; `nil` if there is none.
  public func heldBasket(id: BasketID, at stationID: StationID) async throws -> HeldBasket? {
    try await read { unit in
      try Row.fetchOne(
        unit.db, sql: "SELECT * FROM heldBasket WHERE id = ? AND stationID = ? AND NOT isTaken",
        arguments: [id.data, stationID.data]
      ).map(readBasket)
    }
  }

  /// Takes a basket off the list.
  ///
  /// - Throws: `StoreRefusal.basketGone`.
  public func deleteBasket(id: BasketID, at stationID: StationID) async throws {
    try await write { unit in try unit.takeUp(id, at: stationID) }
  }

  /// Cancels a basket before payment, on record. The same request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `noOpenTillSession`, `approvalNotValid`, `basketGone`;
  ///   `CheckoutRefusal.approvalNeeded`; `RefusedItem`.
  public func void(_ request: VoidRequest, by user: User, atMs: Int64) async throws -> Bool {
    let policy = policies.policy(atMs: atMs)
    return try await write { unit in
      guard try unit.isNew(request.request) else { return true }
      try unit.requireOpen(request.tillSessionID, at: user.stationID)
      let quote = Quote(
        try unit.basket(request.items, gift: nil, at: user.stationID), policy: policy)
      let allowed = try unit.allowedActs(
        of: user, approvalID: request.approvalID, subjectID: request.id.text, atMs: atMs)
      guard allowed.contains(.voidBasket) else {
        throw CheckoutRefusal.approvalNeeded([.voidBasket])
      }
      if let basketID = request.basketID { try unit.takeUp(basketID, at: user.stationID) }
      let void = BasketVoid(
        id: request.id, tillSessionID: request.tillSessionID, lineCount: quote.lines.count,
        net: quote.totals.net, reason: request.reason)
      let body = void.body(by: user).adding(request.request.contentHash)
      let head = try unit.append(.basketVoided, body, atMs: atMs)
      try unit.use(request.approvalID, of: user, by: head)
      try unit.note(request.request, head)
      return false
    }
  }
}

/// What a till asks for when it cancels a basket.
public struct VoidRequest: Sendable {
  public let id: VoidID
  public let request: ClientRequest
  public let tillSessionID: TillSessionID
  public let items: [ItemRequest]
  public let reason: Reason
  public let basketID: BasketID?
  public let approvalID: ApprovalID?

  public init(
    id: VoidID, contentHash: [UInt8], tillSessionID: TillSessionID, items: [ItemRequest],
    reason: Reason, basketID: BasketID?, approvalID: ApprovalID?
  ) {
    self.id = id
    request = ClientRequest(id: id.uuid, contentHash: contentHash)
    self.tillSessionID = tillSessionID
    self.items = items
    self.reason = reason
    self.basketID = basketID
    self.approvalID = approvalID
  }
}

extension BasketVoid {
  fileprivate func body(by user: User) -> JSON {
    .members([
      "id": .string(id.text), "stationID": .string(user.stationID.text),
      "tillSessionID": .string(tillSessionID.text), "userID": .string(user.id.text),
      "lineCount": .integer(Int64(lineCount)), "netFen": .integer(net.fen),
      "reason": .string(reason.rawValue),
    ])
  }
}

extension UnitOfWork {
  /// Takes a basket off the list because it is sold, voided or deleted; two tills cannot both do
  /// so, and a late request to hold it again cannot bring it back.
  func takeUp(_ id: BasketID, at stationID: StationID) throws {
    try db.execute(
      sql: """
        UPDATE heldBasket SET isTaken = 1, label = '', content = '{}'
        WHERE id = ? AND stationID = ? AND NOT isTaken
        """,
      arguments: [id.data, stationID.data])
    guard db.changesCount == 1 else { throw StoreRefusal.basketGone }
  }
}

private func readBasket(_ row: Row) throws -> HeldBasket {
  HeldBasket(
    id: Identifier(row["id"] as Data), stationID: Identifier(row["stationID"] as Data),
    label: row["label"], content: try JSON(parsing: Array((row["content"] as String).utf8)),
    heldAtMs: row["heldAtMs"])
}
