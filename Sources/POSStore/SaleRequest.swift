public import POS

/// What a till asks for when it sells.
public struct SaleRequest: Sendable {
  public let id: SaleID
  /// SHA-256 of the request's canonical content, to know it again.
  public let contentHash: [UInt8]
  public let tillSessionID: TillSessionID
  public let items: [ItemRequest]
  public let gift: GiftWish?
  /// Vouchers, coupons and the member, as they were shown.
  public let shown: ShownRelief
  public let tendering: Tendering
  /// The amount due the cashier saw.
  public let seenDue: Money
  /// What the cashier saw of the vouchers.
  public let seenVouchers: SeenVouchers
  /// The basket on hold that this sale takes up.
  public let basketID: BasketID?
  public let approvalID: ApprovalID?

  public init(
    id: SaleID, contentHash: [UInt8], tillSessionID: TillSessionID, items: [ItemRequest],
    gift: GiftWish?, shown: ShownRelief = .none, tendering: Tendering, seenDue: Money,
    seenVouchers: SeenVouchers = .none, basketID: BasketID?, approvalID: ApprovalID?
  ) {
    self.id = id
    self.contentHash = contentHash
    self.tillSessionID = tillSessionID
    self.items = items
    self.gift = gift
    self.shown = shown
    self.tendering = tendering
    self.seenDue = seenDue
    self.seenVouchers = seenVouchers
    self.basketID = basketID
    self.approvalID = approvalID
  }
}

extension SaleRequest {
  /// The same with what was shown beside the goods.
  public func showing(_ shown: ShownRelief) -> SaleRequest {
    SaleRequest(
      id: id, contentHash: contentHash, tillSessionID: tillSessionID, items: items, gift: gift,
      shown: shown, tendering: tendering, seenDue: seenDue, seenVouchers: seenVouchers,
      basketID: basketID, approvalID: approvalID)
  }
}

/// What a till asks for when goods come back.
public struct SaleReturnRequest: Sendable {
  public let id: SaleID
  public let contentHash: [UInt8]
  public let originalID: SaleID
  public let tillSessionID: TillSessionID
  public let request: ReturnRequest
  /// The refund the cashier saw.
  public let seenRefund: Money
  public let approvalID: ApprovalID?

  public init(
    id: SaleID, contentHash: [UInt8], originalID: SaleID, tillSessionID: TillSessionID,
    request: ReturnRequest, seenRefund: Money, approvalID: ApprovalID?
  ) {
    self.id = id
    self.contentHash = contentHash
    self.originalID = originalID
    self.tillSessionID = tillSessionID
    self.request = request
    self.seenRefund = seenRefund
    self.approvalID = approvalID
  }
}

/// A sale or return as it stands in the journal.
public struct Stored<Value: Sendable>: Sendable {
  public let value: Value
  /// The receipt's number in its station's series.
  public let number: Int64
  /// The journal's number and hash of its record.
  public let head: JournalHead
}

extension Stored: Equatable where Value: Equatable {}

/// Either kind of what the sale series numbers.
public enum StoredSale: Equatable, Sendable {
  case sale(Stored<Sale>)
  case saleReturn(Stored<SaleReturn>)
}
