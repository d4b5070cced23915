/// A completed basket, never changed again.
///
/// Invariants:
/// 1. Lines and gift add up to vouchers, code payments and cash part.
/// 2. `map` splits each of them over the tenders.
/// 3. Vouchers pay for lines only. What coupons took off is in the lines.
/// 4. Its ledger entry sums to zero.
public struct Sale: Equatable, Sendable {
  public let id: SaleID
  public let context: TillContext
  public let businessDate: BusinessDate
  public let policyID: String
  public let lines: [LineItem]
  public let gift: Gift?
  public let payment: Payment
  public let map: TenderMap
  /// The coupons that applied, in their order.
  public let coupons: [AppliedCoupon]
  /// The member who bought, if one was named.
  public let memberID: MemberID?

  init(
    id: SaleID, context: TillContext, businessDate: BusinessDate, policyID: String,
    lines: [LineItem], gift: Gift?, payment: Payment, map: TenderMap,
    coupons: [AppliedCoupon] = [], memberID: MemberID? = nil
  ) {
    self.id = id
    self.context = context
    self.businessDate = businessDate
    self.policyID = policyID
    self.lines = lines
    self.gift = gift
    self.payment = payment
    self.map = map
    self.coupons = coupons
    self.memberID = memberID
  }

  /// The vouchers that paid, in the order of their columns: the first of the map.
  public var vouchers: [PlacedVoucher] { payment.tendering.vouchers }

  /// Whether tenders and map add up to lines and gift, to the fen, and coupons to the adjustments
  /// of the lines.
  var isBalanced: Bool {
    let rows = lines.map(\.net) + (gift.map { [$0.amount] } ?? [])
    let tendering = payment.tendering
    let columns =
      vouchers.map(\.paid) + tendering.codePayments.map(\.amount) + [payment.cashPart]
    return columns.total == totals.due
      && map.cells.map(\.total) == rows
      && map.cells.allSatisfy { $0.count == columns.count && $0.allSatisfy { $0 >= .zero } }
      && columns.indices.allSatisfy { column in
        map.cells.lazy.map { $0[column] }.total == columns[column]
      }
      && areVouchersInOrder && areCouponsInOrder
  }

  private var areVouchersInOrder: Bool {
    Set(vouchers.map(\.id)).count == vouchers.count
      && vouchers.allSatisfy { $0.paid > .zero && $0.paid <= $0.worth }
      && (gift == nil || map.cells.last?.prefix(vouchers.count).total == .zero)
  }

  private var areCouponsInOrder: Bool {
    var taken: [String: Money] = [:]
    for one in lines.lazy.flatMap(\.adjustments) {
      guard case .coupon(let id) = one.source else { continue }
      guard one.amount < .zero else { return false }
      taken[id, default: .zero] -= one.amount
    }
    return taken.count == coupons.count && coupons.allSatisfy { taken[$0.id.text] == $0.amount }
  }

  /// The sums over all lines.
  public var totals: Totals { Totals(lines: lines, gift: gift) }
}
