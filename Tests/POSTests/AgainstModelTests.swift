import POS
import Testing

/// The rules against the plain model, on random shop visits; a failure prints its seed.
@Suite struct AgainstModelTests {
  static let seeds: ClosedRange<UInt64> = 1...12_000

  private static let generatorLimits = BasketGenerator.Limits(
    lines: 12, priceFen: Limits.unitPriceFen, units: Limits.units, grams: Limits.grams, tenders: 4)

  @Test func randomVisitsComeOutAsInTheModel() throws {
    for seed in Self.seeds {
      let scenario = BasketGenerator.scenario(seed: seed, limits: Self.generatorLimits)
      try check(Visit(scenario))
    }
  }

  private func check(_ visit: Visit) throws {
    let priced = visit.modelBasket
    let quote = visit.quote
    try #require(quote.lines.map(\.net.fen) == priced.lines.map(\.netFen), "seed \(visit.seed)")
    try #require(
      quote.lines.map(\.concession.fen) == priced.lines.map(\.concessionFen),
      "seed \(visit.seed)")
    try #require(
      quote.lines.map(\.pledge.value) == priced.lines.map(\.pledgeMicroYuan),
      "seed \(visit.seed)")
    try #require(quote.due.fen == priced.dueFen, "seed \(visit.seed)")
    switch (visit.modelPayment, visit.sale) {
    case (.success(let payment), .success(let sale)):
      try check(visit, payment, sale)
    case (.failure(.nonCashExceedsDue), .failure(.codePaymentsExceedDue)): break
    case (.failure(.notEnough), .failure(.underpaid)): break
    case (let model, let ours): Issue.record("seed \(visit.seed): \(model) but \(ours)")
    }
  }

  private func check(_ visit: Visit, _ payment: PlainModel.Payment, _ sale: Sale) throws {
    try #require(sale.payment.cashPart.fen == payment.cashPartFen, "seed \(visit.seed)")
    try #require(sale.payment.cashKept.fen == payment.cashKeptFen, "seed \(visit.seed)")
    try #require(sale.payment.change.fen == payment.changeFen, "seed \(visit.seed)")
    let rows = payment.cells.prefix(sale.map.cells.count)
    try #require(sale.map.cells.map { $0.map(\.fen) } == Array(rows), "seed \(visit.seed)")
    let modelSale = PlainModel.Sale(
      policy: visit.scenario.policy, basket: visit.modelBasket, payment: payment)
    let ours = ledger(sale.entry(policy: visit.policy))
    try #require(ours == PlainModel.ledger(of: modelSale), "seed \(visit.seed)")
    let requests =
      visit.scenario.returns
      + BasketGenerator.fullReturns(of: visit.modelBasket, seed: visit.seed)
    try checkReturns(visit, modelSale, sale, requests)
  }

  private func checkReturns(
    _ visit: Visit, _ modelSale: PlainModel.Sale, _ sale: Sale,
    _ requests: [PlainModel.ReturnRequest]
  ) throws {
    var modelBook = PlainModel.ReturnBook(modelSale)
    var made: [SaleReturn] = []
    for request in requests {
      let model = PlainModel.takeReturn(request, of: modelSale, book: &modelBook)
      let book = ReturnBook(sale, policy: visit.policy, earlier: made)
      switch (model, visit.saleReturn(request, book)) {
      case (.success(let expected), .success(let ours)):
        made.append(ours)
        try #require(ours.refund.fen == expected.refundTotalFen, "seed \(visit.seed)")
        try #require(ours.cashBack.fen == expected.cashBackFen, "seed \(visit.seed)")
        try #require(ours.pledge.value == expected.pledgeTotalMicroYuan, "seed \(visit.seed)")
        try #require(
          ledger(ours.entry(of: sale, policy: visit.policy))
            == PlainModel.ledger(of: expected, sale: modelSale), "seed \(visit.seed)")
      case (.failure, .failure): break
      case (let model, let ours): Issue.record("seed \(visit.seed): \(model) but \(ours)")
      }
    }
  }

  /// An entry with the model's names for the accounts.
  private func ledger(_ entry: Entry) -> PlainModel.Ledger {
    var ledger: PlainModel.Ledger = [:]
    for posting in entry.postings {
      ledger[modelName(posting.account), default: 0] += posting.amount.value
    }
    return ledger
  }

  private func modelName(_ account: Account) -> String {
    switch account {
    case .cash: "cash"
    case .codePayments(let kind): kind.rawValue
    case .sales: "sales"
    case .concession: "concession"
    case .discounts: "adjustment"
    case .reliefFund: "reliefOwed"
    case .pledge: "pledgeExpense"
    case .charityFund: "fundLiability"
    case .gifts: "gift"
    case .rounding: "rounding"
    default: "none of the model"
    }
  }
}

/// A scenario of the generator in both worlds.
private struct Visit {
  let scenario: BasketGenerator.Scenario

  init(_ scenario: BasketGenerator.Scenario) { self.scenario = scenario }

  var seed: UInt64 { scenario.seed }

  var modelBasket: PlainModel.PricedBasket {
    PlainModel.price(scenario.lines, gift: scenario.gift, policy: scenario.policy)
  }

  var modelPayment: Result<PlainModel.Payment, PlainModel.PaymentRefusal> {
    PlainModel.pay(
      modelBasket, nonCash: scenario.nonCash, cashGivenFen: scenario.cashGivenFen,
      policy: scenario.policy)
  }

  var policy: CharityPolicy {
    let rounding: CashRounding =
      switch scenario.policy.cashRounding {
      case .none: .none
      case .downToJiao: .downToJiao
      case .downToYuan: .downToYuan
      case .nearestJiao: .nearestJiao
      }
    let destination: ConcessionDestination =
      scenario.policy.concessionDestination == .toShopper ? .toShopper : .toReliefFund
    return Fixture.policy(
      rounding: rounding, to: destination, concession: scenario.policy.concessionBasisPoints,
      pledge: scenario.policy.pledgeBasisPoints)
  }

  var quote: Quote {
    let items = scenario.lines.map { line in
      Fixture.item(
        "米", listFen: line.listPriceFen, quantity(line.quantity),
        override: line.overridePriceFen.map {
          PriceOverride(price: Money(fen: $0), reason: .other)
        })
    }
    let gift: GiftWish? =
      switch scenario.gift {
      case .none: nil
      case .amount(let fen): .amount(Money(fen: fen), campaign: "general")
      case .roundUpToYuan: .roundUpToYuan(campaign: "general")
      }
    return Quote(Basket(items: items, gift: gift), policy: policy)
  }

  var sale: Result<Sale, CheckoutRefusal> {
    let payments = scenario.nonCash.map { tender in
      CodePayment(
        kind: TenderKind(rawValue: tender.kind) ?? .wechat, amount: Money(fen: tender.amountFen),
        reference: "r")
    }
    let quote = quote
    return Result { () throws(CheckoutRefusal) in
      try Checkout.sale(
        id: Fixture.id(1), of: quote,
        offer: CheckoutOffer(
          seenDue: quote.due,
          tendering: Tendering(
            codePayments: payments, cashGiven: scenario.cashGivenFen.map(Money.init(fen:))),
          allowedActs: Set(ManagedAct.allCases)),
        at: Fixture.context)
    }
  }

  func saleReturn(
    _ request: PlainModel.ReturnRequest, _ book: ReturnBook
  ) -> Result<SaleReturn, ReturnRefusal> {
    let parts = request.parts.map { part in
      ReturnRequest.Part(
        line: part.line,
        quantity: scenario.lines.indices.contains(part.line)
          ? quantity(scenario.lines[part.line].quantity).with(count: part.quantity)
          : .units(part.quantity))
    }
    return Result { () throws(ReturnRefusal) in
      try book.quote(
        ReturnRequest(parts: parts, includesGift: request.includesGift, reason: .other),
        id: Fixture.id(2), at: Fixture.context)
    }
  }

  private func quantity(_ quantity: PlainModel.Quantity) -> Quantity {
    switch quantity {
    case .units(let count): .units(count)
    case .grams(let count): .grams(count)
    }
  }
}
