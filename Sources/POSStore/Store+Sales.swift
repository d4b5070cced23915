import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Prices items as they would be sold now, with the vouchers and coupons shown; no effect.
  ///
  /// - Throws: in this order `RefusedItem`, `ReliefRefusal`: `unknownMember`, `unknownCoupon`,
  ///   `unknownVoucher`.
  public func quote(
    _ items: [ItemRequest], gift: GiftWish?, shown: ShownRelief = .none, at stationID: StationID,
    atMs: Int64
  ) async throws -> Quote {
    let policy = policies.policy(atMs: atMs)
    return try await read { unit in
      try unit.quote(
        try unit.basket(items, gift: gift, at: stationID), shown, policy: policy, at: stationID,
        atMs: atMs)
    }
  }

  /// Makes and writes a sale: number, journal, ledger, stock, basket on hold, approval and print
  /// job in one unit. The same request again is answered from the record, without pricing.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.noOpenTillSession`, `RefusedItem`,
  ///   `StoreRefusal.approvalNotValid`, `ReliefRefusal`: `unknownMember`, `unknownCoupon`,
  ///   `unknownVoucher`; `CheckoutRefusal`, `StoreRefusal.basketGone`.
  public func complete(
    _ request: SaleRequest, by user: User, atMs: Int64
  ) async throws -> (sale: Stored<Sale>, isReplay: Bool) {
    let policy = policies.policy(atMs: atMs)
    return try await write { unit in
      if let known = try unit.known(request.id, contentHash: request.contentHash, at: user) {
        guard case .sale(let sale) = known else { throw StoreRefusal.idReused }
        return (sale, true)
      }
      return (try unit.complete(request, policy: policy, by: user, atMs: atMs), false)
    }
  }

  /// A sale or return of a station; `nil` if there is none.
  public func sale(id: SaleID, at stationID: StationID) async throws -> StoredSale? {
    try await read { unit in try unit.stored(id: id, at: stationID) }
  }

  /// A sale or return by the number on its receipt; without an epoch, in the newest series.
  public func sale(
    number: Int64, epoch: Int64? = nil, at stationID: StationID
  ) async throws -> StoredSale? {
    try await read { unit in
      try unit.stored(
        where: """
          sale.stationID = ? AND number = ? AND epoch = COALESCE(?, epoch)
          ORDER BY epoch DESC LIMIT 1
          """,
        [stationID.data, number, epoch]
      ).first
    }
  }

  /// Sales and returns of a station, newest first.
  ///
  /// - Parameters:
  ///   - date: only those that count for this day.
  ///   - beforeKey: only those older than this key of an earlier page.
  public func sales(
    at stationID: StationID, date: BusinessDate?, beforeKey: Int64?, limit: Int
  ) async throws -> [(key: Int64, sale: StoredSale)] {
    try await read { unit in
      let sql = """
        sale.stationID = ? AND sale.journalKey < ?
        \(date == nil ? "" : "AND businessDate = ?") ORDER BY sale.journalKey DESC LIMIT \(limit)
        """
      var arguments: StatementArguments = [stationID.data, beforeKey ?? Int64.max]
      if let date { arguments += [date.description] }
      return try unit.stored(where: sql, arguments).map { ($0.key, $0) }
    }
  }
}

extension StoredSale {
  /// The key that orders all records.
  public var key: Int64 { JournalKey(head).value }

  public var head: JournalHead {
    switch self {
    case .sale(let stored): stored.head
    case .saleReturn(let stored): stored.head
    }
  }
}

extension UnitOfWork {
  /// The basket that items come to.
  func basket(
    _ items: [ItemRequest], gift: GiftWish?, at stationID: StationID
  ) throws -> Basket {
    let source = catalogue
    let rows = try items.enumerated().map { index, item in
      do { return try item.item(from: source) } catch let refusal as ItemRefusal {
        throw RefusedItem(index: index, refusal: refusal)
      }
    }
    if let gift { try requireCampaign(gift.campaign) }
    return Basket(items: rows, gift: gift)
  }

  private func requireCampaign(_ id: String) throws {
    let isKnown = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM campaign WHERE id = ?)"),
      arguments: [id])
    guard isKnown == true else { throw StoreRefusal.unknownCampaign(id) }
  }

  /// The record of a client's id, if it was used.
  ///
  /// - Throws: `StoreRefusal.idReused` if it was used with other content or elsewhere.
  func known(_ id: SaleID, contentHash: [UInt8], at user: User) throws -> StoredSale? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT requestHash, stationID FROM sale WHERE id = ?"),
      arguments: [id.data])
    guard let row else {
      let isOther = try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM clientRequest WHERE id = ?)"),
        arguments: [id.data])
      guard isOther == false else { throw StoreRefusal.idReused }
      return nil
    }
    guard row["requestHash"] as Data == Data(contentHash),
      row["stationID"] as Data == user.stationID.data
    else { throw StoreRefusal.idReused }
    return try stored(id: id, at: user.stationID)
  }

  func stored(id: SaleID, at stationID: StationID) throws -> StoredSale? {
    try stored(where: "sale.id = ? AND sale.stationID = ?", [id.data, stationID.data]).first
  }

  func stored(
    where condition: String, _ arguments: StatementArguments
  ) throws -> [StoredSale] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT sale.kind, number, key, content, hash FROM sale
          JOIN journal ON journal.key = sale.journalKey WHERE \(condition)
          """), arguments: arguments
    ).map(storedSale)
  }

  private func storedSale(_ row: Row) throws -> StoredSale {
    let record = try JSON(parsing: Array(row["content"] as Data))
    guard let body = record["body"], let atMs = record["at"]?.integerValue else {
      throw StoreProblem.badRecord("sale")
    }
    let head = head(row["key"], hash: row["hash"])
    if row["kind"] as String == "sale" {
      let sale = try Sale(body: body, atMs: atMs)
      return .sale(Stored(value: sale, number: row["number"], head: head))
    }
    let saleReturn = try SaleReturn(body: body, atMs: atMs)
    return .saleReturn(Stored(value: saleReturn, number: row["number"], head: head))
  }

  fileprivate func complete(
    _ request: SaleRequest, policy: CharityPolicy, by user: User, atMs: Int64
  ) throws -> Stored<Sale> {
    try requireOpen(request.tillSessionID, at: user.stationID)
    let basket = try basket(request.items, gift: request.gift, at: user.stationID)
    let allowed = try allowedActs(
      of: user, approvalID: request.approvalID, subjectID: request.id.text,
      amount: request.seenDue, atMs: atMs)
    let sale = try Checkout.sale(
      id: request.id,
      of: try quote(basket, request.shown, policy: policy, at: user.stationID, atMs: atMs),
      offer: CheckoutOffer(
        seenDue: request.seenDue, seenVouchers: request.seenVouchers,
        tendering: request.tendering, allowedActs: allowed),
      at: TillContext(
        stationID: user.stationID, tillSessionID: request.tillSessionID, userID: user.id,
        atMs: atMs), lastClosed: try lastClosedDay(at: user.stationID))
    if let basketID = request.basketID { try takeUp(basketID, at: user.stationID) }
    let number = try nextSaleNumber(at: user.stationID)
    let body = sale.body(number: number, policy: policy)
    let head = try append(.sale, body.adding(request.contentHash), atMs: atMs)
    try insert(
      SaleRow(
        kind: "sale", id: sale.id, requestHash: request.contentHash, number: number,
        context: sale.context, businessDate: sale.businessDate, total: sale.totals.due,
        originalKey: nil), head)
    try post(sale.entry(policy: policy), head)
    try spend(sale, head)
    try move(
      sale.lines.map { ($0.goods.productID, -$0.quantity.count) }, at: sale.context.stationID, head)
    try noteUnlisted(sale)
    try noteMember(of: sale, head)
    try use(request.approvalID, of: user, by: head)
    try queuePrint(
      document: .sale, of: head, at: try tillID(of: request.tillSessionID), copy: 0, atMs: atMs)
    return Stored(value: sale, number: number, head: head)
  }
}
