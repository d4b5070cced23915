import POS
import Testing

@Suite struct ReturnTests {
  private func request(_ parts: [(Int, Quantity)], gift: Bool = false) -> ReturnRequest {
    ReturnRequest(
      parts: parts.map { ReturnRequest.Part(line: $0.0, quantity: $0.1) }, includesGift: gift,
      reason: .quality)
  }

  @Test func threeThirdsPayAsMuchAsTheWhole() throws {
    let sale = try Fixture.sale(
      Basket(items: [Fixture.item("蛋", listFen: 125, .units(3))]),
      policy: Fixture.policy(concession: 3333))
    var made: [SaleReturn] = []

    for _ in 0..<3 {
      let book = ReturnBook(sale, policy: Fixture.policy(concession: 3333), earlier: made)
      made.append(
        try book.quote(request([(0, .units(1))]), id: Fixture.id(9), at: Fixture.context))
    }

    #expect(made.map(\.refund).total == sale.totals.net)
    #expect(made.map(\.pledge).total == sale.totals.pledge)
  }

  /// A full return in any split leaves every account of the sale at zero.
  @Test(arguments: CashRounding.allCases, ConcessionDestination.allCases)
  func aFullReturnLeavesEveryAccountAtZero(
    rounding: CashRounding, destination: ConcessionDestination
  ) throws {
    let policy = Fixture.policy(rounding: rounding, to: destination)
    var basket = Fixture.workedBasket
    basket.gift = .amount(Money(fen: 100), campaign: "general")
    let tendering = Tendering(
      codePayments: [CodePayment(kind: .wechat, amount: Money(fen: 777), reference: "w")],
      cashGiven: Money(fen: 10_000))
    let sale = try Fixture.sale(basket, policy: policy, tendering: tendering)
    var made: [SaleReturn] = []

    for part in [[(0, .units(1))], [(2, .grams(1000))], [(0, .units(1)), (2, .grams(235))]]
      as [[(Int, Quantity)]]
    {
      let book = ReturnBook(sale, policy: policy, earlier: made)
      made.append(try book.quote(request(part), id: Fixture.id(9), at: Fixture.context))
    }
    let last = request([(1, .units(1))], gift: true)
    made.append(
      try ReturnBook(sale, policy: policy, earlier: made).quote(
        last, id: Fixture.id(9), at: Fixture.context))

    var balances: [Account: Int64] = [:]
    let entries = [sale.entry(policy: policy)] + made.map { $0.entry(of: sale, policy: policy) }
    for posting in entries.flatMap(\.postings) {
      balances[posting.account, default: 0] += posting.amount.value
    }
    #expect(balances.values.allSatisfy { $0 == 0 }, "\(balances)")
    #expect(made.map(\.cashBack).total == sale.payment.cashKept)
  }

  @Test func whatCannotComeBackIsRefused() throws {
    let sale = try Fixture.sale(Fixture.workedBasket)
    let book = ReturnBook(sale, policy: Fixture.policy(), earlier: [])
    func refusal(_ request: ReturnRequest) -> ReturnRefusal? {
      do throws(ReturnRefusal) {
        _ = try book.quote(request, id: Fixture.id(9), at: Fixture.context)
        return nil
      } catch { return error }
    }

    #expect(refusal(request([])) == .nothingAsked)
    #expect(refusal(request([(3, .units(1))])) == .unknownLine(3))
    #expect(refusal(request([(-1, .units(1))])) == .unknownLine(-1))
    #expect(refusal(request([(0, .units(1)), (0, .units(1))])) == .lineNamedTwice(0))
    #expect(refusal(request([(0, .grams(1))])) == .wrongKindOfQuantity(line: 0))
    #expect(refusal(request([(0, .units(3))])) == .moreThanLeft(line: 0, asked: 3, left: 2))
    #expect(refusal(request([(0, .units(0))])) == .moreThanLeft(line: 0, asked: 0, left: 2))
    #expect(refusal(request([(0, .units(-1))])) == .moreThanLeft(line: 0, asked: -1, left: 2))
    #expect(refusal(request([(0, .units(2))])) == nil)
    #expect(refusal(request([], gift: true)) == .noGiftLeft)
  }

  @Test func aRefundOverTheLimitNeedsAManager() throws {
    let sale = try Fixture.sale(
      Basket(items: [Fixture.item("油", listFen: 5001, .units(2))]),
      policy: Fixture.policy(concession: 0))
    let book = ReturnBook(sale, policy: Fixture.policy(concession: 0), earlier: [])

    let one = try book.quote(request([(0, .units(1))]), id: Fixture.id(9), at: Fixture.context)

    #expect(book.managedActs(in: one) == [.refund])
    #expect(throws: ReturnRefusal.approvalNeeded([.refund])) {
      try book.check(one, seenRefund: Money(fen: 5001), allowedActs: [])
    }
    #expect(
      throws: ReturnRefusal.refundChanged(refund: Money(fen: 5001), seen: Money(fen: 5000))
    ) {
      try book.check(one, seenRefund: Money(fen: 5000), allowedActs: [.refund])
    }
    try book.check(one, seenRefund: Money(fen: 5001), allowedActs: [.refund])
  }
}
