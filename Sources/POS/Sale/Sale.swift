/// A completed basket, never changed again.
///
/// Invariants:
/// 1. Lines and gift add up to code payments and cash part.
/// 2. `map` splits each of them over the tenders.
/// 3. Its ledger entry sums to zero.
public struct Sale: Equatable, Sendable {
  public let id: SaleID
  public let context: TillContext
  public let businessDate: BusinessDate
  public let policyID: String
  public let lines: [LineItem]
  public let gift: Gift?
  public let payment: Payment
  public let map: TenderMap

  init(
    id: SaleID, context: TillContext, businessDate: BusinessDate, policyID: String,
    lines: [LineItem], gift: Gift?, payment: Payment, map: TenderMap
  ) {
    self.id = id
    self.context = context
    self.businessDate = businessDate
    self.policyID = policyID
    self.lines = lines
    self.gift = gift
    self.payment = payment
    self.map = map
    let paid = payment.tendering.codeTotal + payment.cashPart
    precondition(paid == totals.due, "a sale is paid to the fen")
  }

  /// The sums over all lines.
  public var totals: Totals { Totals(lines: lines, gift: gift) }
}
