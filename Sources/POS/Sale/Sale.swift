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
  }

  /// Whether tenders and map add up to lines and gift, to the fen.
  var isBalanced: Bool {
    let rows = lines.map(\.net) + (gift.map { [$0.amount] } ?? [])
    let columns = payment.tendering.codePayments.map(\.amount) + [payment.cashPart]
    return payment.tendering.codeTotal + payment.cashPart == totals.due
      && map.cells.map(\.total) == rows
      && map.cells.allSatisfy { $0.count == columns.count && $0.allSatisfy { $0 >= .zero } }
      && columns.indices.allSatisfy { column in
        map.cells.lazy.map { $0[column] }.total == columns[column]
      }
  }

  /// The sums over all lines.
  public var totals: Totals { Totals(lines: lines, gift: gift) }
}
