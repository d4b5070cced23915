import POS
import Receipt
import Testing

@Suite struct SaleReceiptFactsTests {
  @Test func aSaleIsPrintedAsItWasMade() throws {
    let sale = try workedSale()

    let facts = SaleReceiptFacts(
      sale, heading: .example, pledgeRate: BasisPoints(200),
      proof: SaleReceiptProof(journal: .example))

    #expect(facts.lines == sale.lines)
    #expect(
      facts.tenders == [
        SaleReceiptTender(kind: .alipay, amount: Money(fen: 1000), reference: "A-1"),
        SaleReceiptTender(kind: .cash, amount: Money(fen: 2000)),
      ])
    #expect(facts.cashRounding == Money(fen: -5))
    #expect(facts.change == Money(fen: 480))
  }

  @Test func aReturnIsTheSaleWithOppositeSigns() throws {
    let sale = try workedSale()
    let request = ReturnRequest(
      parts: [ReturnRequest.Part(line: 0, quantity: .units(2))], includesGift: false,
      reason: .quality)
    let back = try ReturnBook(sale, policy: .roundingDown, earlier: [])
      .quote(request, id: .example(9), at: sale.context)
    var heading = SaleReceiptHeading.example
    heading.original = ReceiptNumber(epoch: 1, number: 16)

    let facts = SaleReceiptFacts(
      back, of: sale, heading: heading, pledgeRate: BasisPoints(200),
      proof: SaleReceiptProof(journal: .example))

    let line = try #require(facts.lines.first)
    #expect(line.listAmount == -sale.lines[0].listAmount)
    #expect(line.concession == -sale.lines[0].concession)
    #expect(line.net == -sale.lines[0].net)
    #expect(line.pledge == -sale.lines[0].pledge)
    #expect(facts.tenders.map(\.amount).total - facts.cashRounding == -line.net)
  }

  private func workedSale() throws -> Sale {
    let items = [
      ("蛋糕", 170, Quantity.units(2)), ("雀巢咖啡", 1830, .units(1)), ("大米", 799, .grams(1235)),
    ].map { name, listFen, quantity in
      BasketItem(
        goods: Goods(
          productID: nil, barcode: nil, name: name, category: "食品", unit: "个",
          listPrice: Money(fen: listFen)),
        quantity: quantity)
    }
    let tendering = Tendering(
      codePayments: [CodePayment(kind: .alipay, amount: Money(fen: 1000), reference: "A-1")],
      cashGiven: Money(fen: 2000))
    return try Checkout.sale(
      id: .example(1), of: Quote(Basket(items: items), policy: .roundingDown),
      offer: CheckoutOffer(
        seenDue: Money(fen: 2525), tendering: tendering, allowedActs: []),
      at: TillContext(
        stationID: Station.example.id, tillSessionID: .example(2), userID: .example(3),
        atMs: 1_795_253_012_000))
  }
}

extension CharityPolicy {
  fileprivate static let roundingDown = CharityPolicy(
    id: "down", effectiveFrom: BusinessDate(daysSince1970: 0),
    concessionRate: BasisPoints(2000), concessionDestination: .toShopper,
    pledgeRate: BasisPoints(200), cashRounding: .downToJiao, refundLimit: Money(fen: 5000),
    dayCutMinutes: 0)
}

extension SaleReceiptHeading {
  fileprivate static var example: SaleReceiptHeading {
    SaleReceiptHeading(
      station: .example, number: ReceiptNumber(epoch: 1, number: 17),
      localTime: "2026-11-21 17:43:32", cashier: nil)
  }
}

extension Identifier {
  fileprivate static func example(_ number: Int) -> Identifier {
    guard let id = Identifier("00000000-0000-4000-8000-00000000000\(number)") else {
      preconditionFailure("the example id is a UUID")
    }
    return id
  }
}
