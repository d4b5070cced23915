/// A basket priced, with nothing done: the lines, the gift, what is due, and what became of the
/// coupons and vouchers shown.
///
/// Invariants:
/// 1. `due` is the sum of the lines' nets and the gift.
/// 2. Vouchers pay for lines only, no line more than its net.
public struct Quote: Equatable, Sendable {
  public let policy: CharityPolicy
  public let lines: [LineItem]
  public let gift: Gift?
  /// In the order they were tried.
  public let coupons: [CouponOutcome]
  /// In the order of placement, refused ones too.
  public let vouchers: [VoucherPlacement]
  /// The member who buys, if one was named.
  public let memberID: MemberID?

  /// Prices a basket that keeps to `Limits`.
  public init(_ basket: Basket, policy: CharityPolicy) {
    self.init(
      basket, policy: policy, lines: basket.items.map { LineItem($0, policy: policy) },
      coupons: [], vouchers: [], memberID: nil)
  }

  /// Prices a basket that keeps to `Limits`, with what was shown for it here and now: coupons, then
  /// vouchers over what is left of the lines, then the gift.
  public init(
    _ basket: Basket, policy: CharityPolicy, coupons: [CouponOffer],
    vouchers: [VoucherOffer], at occasion: Occasion
  ) {
    let moment = Moment(occasion, cutMinutes: policy.dayCutMinutes)
    let steps = CouponSteps(
      coupons, on: basket.items.map { LineItem($0, policy: policy) },
      pledgeRate: policy.pledgeRate, at: moment)
    let placements =
      vouchers.isEmpty
      ? []
      : VoucherPlacing(steps.lines, policy: policy, at: moment).placements(of: vouchers)
    self.init(
      basket, policy: policy, lines: steps.lines, coupons: steps.outcomes,
      vouchers: placements,
      memberID: occasion.memberID)
  }

  private init(
    _ basket: Basket, policy: CharityPolicy, lines: [LineItem], coupons: [CouponOutcome],
    vouchers: [VoucherPlacement], memberID: MemberID?
  ) {
    self.policy = policy
    self.lines = lines
    self.coupons = coupons
    self.vouchers = vouchers
    self.memberID = memberID
    gift = basket.gift.flatMap { wish in
      wish.gift(remaining: lines.lazy.map(\.net).total - vouchers.lazy.map(\.paid).total)
    }
  }

  /// What is to be paid.
  public var due: Money { lines.lazy.map(\.net).total + (gift?.amount ?? .zero) }

  /// What vouchers pay of it.
  public var voucherTotal: Money { vouchers.lazy.map(\.paid).total }

  /// What is lost of vouchers for a single visit.
  public var forfeited: Money { vouchers.lazy.map(\.forfeited).total }

  /// What vouchers leave to other tenders.
  public var remaining: Money { due - voucherTotal }

  /// The vouchers that pay, as the sale keeps them.
  public var placedVouchers: [PlacedVoucher] {
    vouchers.filter { $0.paid > .zero }.map(PlacedVoucher.init)
  }

  /// The coupons that applied, as the sale keeps them.
  public var appliedCoupons: [AppliedCoupon] {
    coupons.filter { $0.refusal == nil }.map(AppliedCoupon.init)
  }

  /// The first voucher that cannot be used: it is to be taken off before the sale.
  public var refusedVoucher: VoucherPlacement? { vouchers.first { $0.refusal != nil } }

  /// How the bill is met by its vouchers and what is offered beside them.
  ///
  /// - Throws: `.codePaymentsExceedDue`.
  public func payment(_ tendering: Tendering) throws(CheckoutRefusal) -> Payment {
    try Payment(
      due: due, tendering: tendering.with(vouchers: placedVouchers),
      rounding: policy.cashRounding)
  }

  /// The sums over all lines.
  public var totals: Totals { Totals(lines: lines, gift: gift) }

  /// Acts in this basket that a cashier may not do alone.
  public var managedActs: Set<ManagedAct> {
    lines.contains { line in line.adjustments.contains(where: \.isManagersPrice) }
      ? [.priceOverride] : []
  }
}

/// The sums of a bill.
public struct Totals: Equatable, Sendable {
  public let list: Money
  public let concession: Money
  public let adjustment: Money
  public let net: Money
  public let gift: Money
  public let pledge: MicroYuan

  public init(lines: [LineItem], gift: Gift?) {
    list = lines.lazy.map(\.listAmount).total
    concession = lines.lazy.map(\.concession).total
    adjustment = lines.lazy.flatMap(\.adjustments).map(\.amount).total
    net = lines.lazy.map(\.net).total
    pledge = lines.lazy.map(\.pledge).total
    self.gift = gift?.amount ?? .zero
  }

  /// What is to be paid: goods and gift.
  public var due: Money { net + gift }
}

extension Adjustment {
  var isManagersPrice: Bool {
    if case .priceOverride = source { true } else { false }
  }
}
