import FoundationEssentials
import POS

/// Things every test of the rules needs, named as the trade names them.
enum Fixture {
  static let context = TillContext(
    stationID: id(1), tillSessionID: id(2), userID: id(3), atMs: 1_795_226_400_000)

  /// A version 4 id made from a small number.
  static func id<Subject>(_ number: Int) -> Identifier<Subject> {
    let digits = String(number, radix: 16)
    let tail = String(repeating: "0", count: 12 - digits.count) + digits
    guard let id = Identifier<Subject>("00000000-0000-4000-8000-\(tail)") else {
      preconditionFailure("a made-up id is a version 4 UUID")
    }
    return id
  }

  static func goods(_ name: String, listFen: Int64) -> Goods {
    Goods(
      productID: nil, barcode: nil, name: name, category: "粮油", unit: "件",
      listPrice: Money(fen: listFen))
  }

  static func item(
    _ name: String, listFen: Int64, _ quantity: Quantity, override: PriceOverride? = nil
  ) -> BasketItem {
    BasketItem(goods: goods(name, listFen: listFen), quantity: quantity, override: override)
  }

  /// The worked sale of RULES section 2.
  static let workedBasket = Basket(items: [
    item("蛋糕", listFen: 170, .units(2)),
    item("雀巢咖啡", listFen: 1830, .units(1)),
    item("大米", listFen: 799, .grams(1235)),
  ])

  static func policy(
    rounding: CashRounding = .none, to destination: ConcessionDestination = .toShopper,
    concession: Int64 = 2000, pledge: Int64 = 200
  ) -> CharityPolicy {
    CharityPolicy(
      id: "test", effectiveFrom: BusinessDate(daysSince1970: 0),
      concessionRate: BasisPoints(concession), concessionDestination: destination,
      pledgeRate: BasisPoints(pledge), cashRounding: rounding, refundLimit: Money(fen: 5000),
      dayCutMinutes: 0)
  }

  /// A sale of a basket, paid in cash to the fen unless said otherwise.
  static func sale(
    _ basket: Basket, policy: CharityPolicy = policy(), tendering: Tendering? = nil
  ) throws -> Sale {
    let quote = Quote(basket, policy: policy)
    let toPay = policy.cashRounding.rounded(quote.due)
    return try Checkout.sale(
      id: id(100), of: quote,
      offer: CheckoutOffer(
        seenDue: quote.due, tendering: tendering ?? Tendering(cashGiven: toPay),
        allowedActs: Set(ManagedAct.allCases)),
      at: context)
  }
}
