import FoundationEssentials
import POS

/// The benchmark sale S10 with coupons and vouchers, and the largest placement there is.
struct BenchRelief {
  private static let stationID = StationID(UUID())
  /// 2026-11-21 in Asia/Shanghai, 10:00, a Saturday.
  private static let occasion = Occasion(
    stationID: stationID, atMs: 1_795_226_400_000, memberID: MemberID(UUID()))
  private static let categories = ["饮用水", "饮料", "乳品", "粮油", "饼干糕点"]
  private static let window = UseWindow(
    stations: [stationID], from: BusinessDate(daysSince1970: 20_000),
    until: BusinessDate(daysSince1970: 30_000))

  /// A member percentage, and two amounts with their own goods, in a group.
  private static let coupons = [
    coupon(.memberPercent(BasisPoints(500)), holder: .members),
    coupon(
      .amountOff(Money(fen: 500)), minimumSpend: Money(fen: 3000),
      goods: GoodsSet(allowed: ["饮料", "乳品", "粮油"]), group: "new-year"),
    coupon(.amountOff(Money(fen: 300)), goods: GoodsSet(denied: ["饼干糕点"])),
  ]

  private static let vouchers = [
    voucher(.singleUse, worthFen: 2000, goods: ["粮油", "乳品"], index: 0),
    voucher(.balance, worthFen: 5000, goods: ["乳品", "饮料"], index: 1),
  ]

  /// Ten lines, three coupons.
  static func quoteWithCoupons() -> Int64 {
    checksum(
      Quote(ten, policy: .erqi, coupons: coupons, vouchers: [], at: occasion))
  }

  /// Ten lines, three coupons, two vouchers.
  static func quoteWithVouchers() -> Int64 {
    checksum(
      Quote(
        ten, policy: .erqi, coupons: coupons, vouchers: vouchers, at: occasion))
  }

  /// Forty lines of forty categories, eight vouchers, each for half of them.
  static func largestPlacement() -> Int64 {
    checksum(Quote(forty, policy: .erqi, coupons: [], vouchers: eight, at: occasion))
  }

  private static func checksum(_ quote: Quote) -> Int64 {
    quote.due.fen &+ quote.voucherTotal.fen &+ quote.forfeited.fen
  }

  private static let ten = basket(lines: 10) { categories[$0 % categories.count] }
  private static let forty = basket(lines: 40) { "类别\($0)" }

  private static let eight = (0..<8).map { index in
    voucher(
      index % 2 == 0 ? .singleUse : .balance, worthFen: 1500 + Int64(index) * 700,
      goods: Set((0..<40).filter { ($0 * 7 + index * 3) % 4 < 2 }.map { "类别\($0)" }),
      index: index)
  }

  private static func basket(lines: Int, category: (Int) -> String) -> Basket {
    Basket(
      items: (0..<lines).map { index in
        BasketItem(
          goods: Goods(
            productID: nil, barcode: nil, name: "货", category: category(index), unit: "件",
            listPrice: Money(fen: BenchBooks.listPricesFen[index % 10])),
          quantity: .units(BenchBooks.units[index % 10]))
      })
  }

  private static func coupon(
    _ kind: CouponKind, holder: CouponHolder = .anyone, minimumSpend: Money = .zero,
    goods: GoodsSet = .all, group: String? = nil
  ) -> CouponOffer {
    CouponOffer(
      terms: CouponTerms(
        id: CouponID(UUID()), code: "C\(goods.denied.count)\(minimumSpend.fen)", name: "券",
        nameEn: "coupon", kind: kind,
        payer: .fund, holder: holder, minimumSpend: minimumSpend, goods: goods, window: window,
        usesInAll: 1000, stackGroup: group))
  }

  private static func voucher(
    _ kind: VoucherKind, worthFen: Int64, goods: Set<String>, index: Int
  ) -> VoucherOffer {
    VoucherOffer(
      id: VoucherID(UUID()),
      terms: VoucherTerms(
        programmeID: ProgrammeID(UUID()), kind: kind, goods: GoodsSet(allowed: goods),
        window: window, refundPolicy: .toProgramme),
      worth: Money(fen: worthFen), expiry: BusinessDate(daysSince1970: 20_800 + index / 3),
      codeOrder: "K7QX\(index)")
  }
}
