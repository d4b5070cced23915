import POS
import Receipt

extension TillReading {
  static let busy = TillReading(
    session: TillSessionFacts(
      tillName: "一号收银台", businessDate: .november(21), openedAt: "2026-11-21 08:58:03",
      endedAt: "2026-11-21 20:57:40",
      responsible: [
        ResponsiblePerson(name: "陈芳", since: "2026-11-21 08:58:03"),
        ResponsiblePerson(name: "李建国", since: "2026-11-21 14:00:26"),
      ]),
    counts: TillCounts(
      sales: 148, returns: 3, voids: 2, drawerOpenings: 1, reprints: 1, numbers: 1203...1353),
    tenders: [
      TenderReading(kind: .wechat, taken: Money(fen: 120_350), refunded: Money(fen: 1290)),
      TenderReading(kind: .alipay, taken: Money(fen: 43_020)),
      TenderReading(kind: .bankCard, taken: Money(fen: 9900)),
    ],
    money: TillMoney(
      sales: Money(fen: 254_480), returns: Money(fen: 2650), gifts: Money(fen: 1200),
      concession: Money(fen: 62_958), pledge: MicroYuan(50_366_000),
      cashRounding: Money(fen: -15),
      cash: CashReading(
        float: Money(fen: 20_000), taken: Money(fen: 101_500), change: Money(fen: 19_105),
        refunds: Money(fen: 1360),
        movements: [
          Receipt.CashMovement(
            kind: .paidIn, amount: Money(fen: 10_000),
            reason: SlipName("换零钱", en: "Change money"), localTime: "2026-11-21 10:12:00"),
          Receipt.CashMovement(
            kind: .paidOut, amount: Money(fen: 3500), reason: SlipName("运费", en: "Delivery"),
            localTime: "2026-11-21 11:40:18"),
          Receipt.CashMovement(
            kind: .pickup, amount: Money(fen: 80_000), reason: SlipName("缴存", en: "Deposit"),
            localTime: "2026-11-21 17:30:55"),
        ])))

  /// Vouchers, coupons and money for meals beside sales.
  static let relief = TillReading(
    session: unused.session, counts: unused.counts,
    tenders: [TenderReading(kind: .wechat, taken: Money(fen: 2000))],
    money: TillMoney(
      sales: Money(fen: 12_040), returns: .zero, gifts: .zero, concession: Money(fen: 3010),
      pledge: MicroYuan(2_408_000), cashRounding: .zero,
      vouchers: [
        NamedAmount(
          name: SlipName("爱心购物补贴", en: "Care allowance"), amount: Money(fen: 2725)),
        NamedAmount(name: SlipName("春节送温暖"), amount: Money(fen: 5000)),
      ],
      coupons: [
        NamedAmount(name: SlipName("慈善基金", en: "Charity fund"), amount: Money(fen: 400)),
        NamedAmount(name: SlipName("蒙牛乳业"), amount: Money(fen: 150)),
      ], mealTopUps: Money(fen: 7000), mealPayments: Money(fen: 700),
      cash: CashReading(
        float: Money(fen: 20_000), taken: Money(fen: 10_015), change: nil, refunds: .zero)))

  static let blind = TillReading(
    session: TillSessionFacts(
      tillName: "一号收银台", businessDate: .november(21), openedAt: "2026-11-21 08:58:03",
      responsible: [ResponsiblePerson(name: "陈芳", since: "2026-11-21 08:58:03")]),
    counts: TillCounts(sales: 12, returns: 0, voids: 1, drawerOpenings: 0, numbers: 1203...1214),
    tenders: [TenderReading(kind: .wechat, taken: Money(fen: 12_350))], money: nil)

  /// A till that was opened and closed again.
  static let unused = TillReading(
    session: TillSessionFacts(
      tillName: "二号收银台", businessDate: .november(21), openedAt: "2026-11-21 09:00:00",
      endedAt: "2026-11-21 09:30:00",
      responsible: [ResponsiblePerson(name: "李建国", since: "2026-11-21 09:00:00")]),
    counts: TillCounts(sales: 0, returns: 0, voids: 0, drawerOpenings: 0), tenders: [],
    money: TillMoney(
      sales: .zero, returns: .zero, gifts: .zero, concession: .zero, pledge: .zero,
      cashRounding: .zero,
      cash: CashReading(
        float: Money(fen: 20_000), taken: .zero, change: .zero, refunds: .zero)))
}

extension ZReportFacts {
  private static let perpetual = PerpetualTotals(
    saleCount: 43_210, sales: Money(fen: 312_456_780), returnCount: 812,
    returns: Money(fen: 1_234_560))

  static let short = ZReportFacts(
    heading: .example(), number: ReceiptNumber(epoch: 1, number: 57), reading: .busy,
    counted: .example([100: 1, 50: 2, 20: 3, 5: 3, 1: 0], jiao: [5: 0, 1: 1]),
    closing: TillClosing(
      closedBy: "李建国", approvedBy: "王丽", reason: SlipName("找零有误", en: "Wrong change")),
    perpetual: perpetual, proof: .signed)

  static let balanced = ZReportFacts(
    heading: .example("2026-11-21 09:35:00", copy: 1), number: ReceiptNumber(epoch: 1, number: 58),
    reading: .unused, counted: .example([100: 2]), closing: TillClosing(closedBy: "李建国"),
    perpetual: perpetual, proof: SlipProof(journal: .example))
}

extension [DenominationCount] {
  /// Notes of so many yuan, coins of so many jiao, from high to low.
  fileprivate static func example(
    _ yuan: KeyValuePairs<Int64, Int64>, jiao: KeyValuePairs<Int64, Int64> = [:]
  ) -> [DenominationCount] {
    let notes = yuan.map { DenominationCount(denomination: Money(fen: $0 * 100), count: $1) }
    let coins = jiao.map { DenominationCount(denomination: Money(fen: $0 * 10), count: $1) }
    return (notes + coins).filter { $0.count > 0 }
  }
}
