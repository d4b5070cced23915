/// What a shopper brings back.
public struct ReturnRequest: Equatable, Sendable {
  public struct Part: Equatable, Sendable {
    /// The index of the line in the sale.
    public let line: Int
    public let quantity: Quantity

    public init(line: Int, quantity: Quantity) {
      self.line = line
      self.quantity = quantity
    }
  }

  public let parts: [Part]
  public let includesGift: Bool
  public let reason: Reason

  public init(parts: [Part], includesGift: Bool, reason: Reason) {
    self.parts = parts
    self.includesGift = includesGift
    self.reason = reason
  }
}

/// Why nothing can be returned as asked. The checks are made in the order of the cases.
public enum ReturnRefusal: Error, Equatable, Sendable {
  case nothingAsked
  case unknownLine(Int)
  case lineNamedTwice(Int)
  /// Pieces asked of weighed goods, or grams of counted ones.
  case wrongKindOfQuantity(line: Int)
  case moreThanLeft(line: Int, asked: Int64, left: Int64)
  case noGiftLeft
  /// The cashier saw another refund: something has come back since.
  case refundChanged(refund: Money, seen: Money)
  case approvalNeeded(Set<ManagedAct>)
}
