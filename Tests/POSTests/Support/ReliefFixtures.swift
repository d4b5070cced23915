import POS

/// Coupons, vouchers and what they are used for.
extension Fixture {
  static let occasion = Occasion(
    stationID: context.stationID, atMs: context.atMs, memberID: id(9))

  /// One piece of goods of a category that costs just this.
  static func item(_ category: String, netFen: Int64) -> BasketItem {
    BasketItem(
      goods: Goods(
        productID: nil, barcode: nil, name: category, category: category, unit: "件",
        listPrice: Money(fen: netFen)),
      quantity: .units(1))
  }

  static func basket(_ rows: [(category: String, netFen: Int64)]) -> Basket {
    Basket(items: rows.map { item($0.category, netFen: $0.netFen) })
  }

  static func coupon(
    _ number: Int, _ kind: CouponKind, payer: AdjustmentPayer = .station,
    holder: CouponHolder = .anyone, minimumFen: Int64 = 0, goods: GoodsSet = .all,
    window: UseWindow = .always, usesPerPerson: Int? = nil, usesInAll: Int? = nil,
    group: String? = nil, priority: Int = 0, comesBack: Bool = false
  ) -> CouponTerms {
    CouponTerms(
      id: id(1000 + number), code: "C\(number)", name: "券", nameEn: "coupon", kind: kind,
      payer: payer, holder: holder, minimumSpend: Money(fen: minimumFen), goods: goods,
      window: window, usesPerPerson: usesPerPerson, usesInAll: usesInAll, stackGroup: group,
      priority: priority, returnsOnFullReturn: comesBack)
  }

  static func voucher(
    _ number: Int, _ kind: VoucherKind, worthFen: Int64, goods: Set<String>? = nil,
    denied: Set<String> = [], window: UseWindow = .always, capFen: Int64? = nil,
    spentTodayFen: Int64 = 0, state: VoucherState = .active, validFrom: BusinessDate? = nil,
    expiry: BusinessDate = BusinessDate(daysSince1970: 30_000), isWithHolder: Bool = true,
    refund: VoucherRefundPolicy = .toProgramme, programme: Int = 1
  ) -> VoucherOffer {
    VoucherOffer(
      id: id(2000 + number),
      terms: VoucherTerms(
        programmeID: id(3000 + programme), kind: kind,
        goods: GoodsSet(allowed: goods, denied: denied), window: window,
        dailyCap: capFen.map(Money.init(fen:)), refundPolicy: refund),
      worth: Money(fen: worthFen), spentToday: Money(fen: spentTodayFen), state: state,
      validFrom: validFrom, expiry: expiry, isWithHolder: isWithHolder, codeOrder: "V\(number)")
  }

  /// A quote at list prices, with what was shown.
  static func quote(
    _ basket: Basket, coupons: [CouponOffer] = [], vouchers: [VoucherOffer] = [],
    policy: CharityPolicy = policy(concession: 0), at occasion: Occasion = occasion
  ) -> Quote {
    Quote(basket, policy: policy, coupons: coupons, vouchers: vouchers, at: occasion)
  }

  /// A sale of a quote, the rest paid in cash to the fen unless said otherwise.
  static func sale(
    _ quote: Quote, tendering: Tendering? = nil, number: Int = 100
  ) throws -> Sale {
    let toPay = quote.policy.cashRounding.rounded(quote.remaining)
    return try Checkout.sale(
      id: id(number), of: quote,
      offer: CheckoutOffer(
        seenDue: quote.due,
        seenVouchers: SeenVouchers(paid: quote.voucherTotal, forfeited: quote.forfeited),
        tendering: tendering ?? Tendering(cashGiven: toPay),
        allowedActs: Set(ManagedAct.allCases)),
      at: context)
  }
}
