import POS
import Receipt

extension SaleReceiptFacts {
  private static let percent = "00000000-0000-4000-8000-0000000000c1"
  private static let amount = "00000000-0000-4000-8000-0000000000c2"

  private static func coupon(_ id: String, _ fen: Int64) -> Adjustment {
    Adjustment(source: .coupon(id), payer: .sponsor("milk"), amount: Money(fen: fen))
  }

  /// Milk 14.64 less 10 % is 13.18 and less 3.00 is 10.18; rice 7.89 less 10 % is 7.10. Due 17.28:
  /// vouchers 6.00 and 8.00, cash 3.28.
  static var couponsAndVouchers: SaleReceiptFacts {
    let milk = LineItem.example("鲜牛奶 950ml", 1830)
    let rice = LineItem.example("东北大米（散装）", 799, .grams(1235), unit: "kg")
    var facts = SaleReceiptFacts.example(
      [
        milk.adjusted([coupon(percent, -146), coupon(amount, -300)]),
        rice.adjusted([coupon(percent, -79)]),
      ], cashFen: 1728)
    facts.couponNames = [
      percent: SlipName("会员九折", en: "Members"),
      amount: SlipName("牛奶节满减券", en: "Milk festival, three yuan off"),
    ]
    facts.vouchers = [
      SaleReceiptVoucher(amount: Money(fen: 600), rest: .forfeited(Money(fen: 400))),
      SaleReceiptVoucher(amount: Money(fen: 800), rest: .left(Money(fen: 4200))),
    ]
    facts.tenders = [SaleReceiptTender(kind: .cash, amount: Money(fen: 500))]
    facts.change = Money(fen: 172)
    return facts
  }

  /// The rice comes back: 4.28 of vouchers, 2.82 in cash.
  static var returnToVouchers: SaleReceiptFacts {
    let rice = LineItem.example("东北大米（散装）", 799, .grams(1235), unit: "kg")
    let back = LineItem(
      goods: rice.goods, quantity: rice.quantity, stationPrice: rice.stationPrice,
      listAmount: -rice.listAmount, concession: -rice.concession,
      adjustments: [coupon(percent, 79)], net: Money(fen: -710), pledge: MicroYuan(-142_000))
    var facts = SaleReceiptFacts.example([back], cashFen: 282)
    facts.heading.original = ReceiptNumber(epoch: 1, number: 17)
    facts.vouchers = [
      SaleReceiptVoucher(amount: Money(fen: 228), rest: .notToHolder),
      SaleReceiptVoucher(amount: Money(fen: 200), rest: .toBalance),
    ]
    facts.change = .zero
    return facts
  }
}

extension LineItem {
  /// The same line with more taken off.
  fileprivate func adjusted(_ more: [Adjustment]) -> LineItem {
    let net = net + more.map(\.amount).total
    return LineItem(
      goods: goods, quantity: quantity, stationPrice: stationPrice, listAmount: listAmount,
      concession: concession, adjustments: adjustments + more, net: net,
      pledge: CharityPolicy.erqi.pledge(on: net))
  }
}
