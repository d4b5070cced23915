import POS
import Receipt

extension DayCloseFacts {
  static let busy = DayCloseFacts(
    heading: .example("2026-11-21 21:20:44"), number: ReceiptNumber(epoch: 1, number: 21),
    businessDate: .november(21),
    zNumbers: (56...58).map { ReceiptNumber(epoch: 1, number: $0) }, totals: .busyDay,
    tenders: [
      TenderMatch(kind: .wechat, net: Money(fen: 119_060), statement: Money(fen: 119_060)),
      TenderMatch(kind: .alipay, net: Money(fen: 43_020), statement: Money(fen: 42_020)),
      TenderMatch(kind: .bankCard, net: Money(fen: 9900)),
      TenderMatch(kind: .cash, net: Money(fen: 81_035)),
    ],
    closedBy: "王丽", proof: .signed)

  /// A day without a sale.
  static let quiet = DayCloseFacts(
    heading: .example("2026-11-22 21:00:00"), number: ReceiptNumber(epoch: 1, number: 22),
    businessDate: .november(22), zNumbers: [],
    totals: CloseTotals(
      saleCount: 0, sales: .zero, returnCount: 1, returns: Money(fen: 136),
      streams: [
        LedgerStream(
          name: SlipName("销售", en: "Sales"), account: "income:sales",
          posted: MicroYuan(1_700_000))
      ],
      fundTransfer: FundTransfer(
        carriedIn: MicroYuan(8_600), pledge: MicroYuan(-27_200), transfer: .zero,
        carriedOut: MicroYuan(-18_600))),
    tenders: [TenderMatch(kind: .cash, net: Money(fen: -136))], closedBy: "王丽",
    proof: SlipProof(journal: .example))
}

extension MonthCloseFacts {
  static let november = MonthCloseFacts(
    heading: .example("2026-12-01 09:10:00"), month: "2026-11",
    days: [
      ClosedDay(
        businessDate: .november(20), number: ReceiptNumber(epoch: 1, number: 20),
        net: Money(fen: 123_456), transfer: Money(fen: 2469)),
      ClosedDay(
        businessDate: .november(21), number: ReceiptNumber(epoch: 1, number: 21),
        net: Money(fen: 251_830), transfer: Money(fen: 5037)),
      ClosedDay(
        businessDate: .november(22), number: ReceiptNumber(epoch: 1, number: 22),
        net: Money(fen: -136), transfer: .zero),
    ],
    totals: .november,
    tenders: [
      TenderMatch(kind: .wechat, net: Money(fen: 219_060), statement: Money(fen: 219_060)),
      TenderMatch(kind: .cash, net: Money(fen: 156_090)),
    ],
    closedBy: "王丽", proof: .signed)
}

extension CloseTotals {
  fileprivate static let busyDay = CloseTotals(
    saleCount: 148, sales: Money(fen: 254_480), returnCount: 3, returns: Money(fen: 2650),
    streams: streams,
    coupons: [
      NamedAmount(name: SlipName("本站", en: "Station"), amount: Money(fen: 2000)),
      NamedAmount(name: SlipName("慈善总会", en: "Charity federation"), amount: Money(fen: 1500)),
    ],
    fundTransfer: FundTransfer(
      carriedIn: MicroYuan(4_600), pledge: MicroYuan(50_366_000), transfer: Money(fen: 5037),
      carriedOut: MicroYuan(600)),
    gifts: [
      NamedAmount(name: SlipName("冬衣暖心", en: "Winter coats"), amount: Money(fen: 700)),
      NamedAmount(name: SlipName("综合慈善金", en: "General fund"), amount: Money(fen: 500)),
    ],
    reliefFund: Money(fen: 3400), overShort: Money(fen: -25),
    vouchers: [
      VoucherClaim(
        programme: SlipName("春节送温暖", en: "Spring Festival"), count: 12,
        amount: Money(fen: 58_040), forfeited: Money(fen: 1960))
    ],
    meals: MealTotals(
      count: 86, amount: Money(fen: 86_000), subsidyCount: 71, subsidy: Money(fen: 21_300)))

  fileprivate static let november = CloseTotals(
    saleCount: 231, sales: Money(fen: 378_106), returnCount: 5, returns: Money(fen: 2956),
    streams: streams,
    fundTransfer: FundTransfer(
      carriedIn: .zero, pledge: MicroYuan(75_041_400), transfer: Money(fen: 7506),
      carriedOut: MicroYuan(-18_600)),
    gifts: [NamedAmount(name: SlipName("冬衣暖心", en: "Winter coats"), amount: Money(fen: 700))],
    overShort: Money(fen: 50))

  private static let streams = [
    LedgerStream(
      name: SlipName("销售（原价）", en: "Sales at list price"), account: "income:sales",
      posted: MicroYuan(-3_147_880_000)),
    LedgerStream(
      name: SlipName("让利", en: "Concession"), account: "expenses:concession",
      posted: MicroYuan(629_580_000)),
    LedgerStream(
      name: SlipName("本站捐出", en: "Pledge"), account: "liabilities:charity-fund",
      posted: MicroYuan(-50_366_000)),
    LedgerStream(
      name: SlipName("顾客捐赠 冬衣暖心", en: "Gifts for Winter coats"),
      account: "liabilities:gifts:winter", posted: MicroYuan(-7_000_000)),
    LedgerStream(
      name: SlipName("抹零", en: "Rounding"), account: "expenses:rounding",
      posted: MicroYuan(150_000)),
    LedgerStream(
      name: SlipName("长短款", en: "Over/short"), account: "expenses:over-short",
      posted: MicroYuan(250_000)),
  ]
}
