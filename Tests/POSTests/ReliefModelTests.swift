import POS
import Testing

/// Sales, partial returns and refunds with coupons, single-use and balance vouchers, cash and code
/// payments, against the plain model; a failure prints its seed.
@Suite struct ReliefModelTests {
  static let seeds: ClosedRange<UInt64> = 1...2_200

  /// How often each thing came up, so that a generator gone dull is seen.
  struct Tally {
    var applied = 0
    var refusedVouchers = 0
    var placed = 0
    var manyPlaced = 0
    var forfeited = 0
    var mixed = 0
    var voucherBack = 0
    var lost = 0
    var couponsBack = 0
  }

  @Test func visitsWithCouponsAndVouchersComeOutAsInTheModel() throws {
    var tally = Tally()
    for seed in Self.seeds {
      let visit = ReliefVisit(scenario: ReliefGenerator.scenario(seed: seed))
      try checkQuote(visit, &tally)
      try checkSale(visit, &tally)
    }
    #expect(tally.applied > 1_500, "\(tally)")
    #expect(tally.refusedVouchers > 500, "\(tally)")
    #expect(tally.placed > 1_500, "\(tally)")
    #expect(tally.manyPlaced > 300, "\(tally)")
    #expect(tally.forfeited > 200, "\(tally)")
    #expect(tally.mixed > 200, "\(tally)")
    #expect(tally.voucherBack > 1_000, "\(tally)")
    #expect(tally.lost > 200, "\(tally)")
    #expect(tally.couponsBack > 500, "\(tally)")
  }

  /// Coupons and vouchers in the order of the scenario and in another.
  private func checkQuote(_ visit: ReliefVisit, _ tally: inout Tally) throws {
    let seed = visit.scenario.seed
    let model = PlainModel.price(visit.scenario)
    let quote = visit.quote(coupons: visit.coupons, vouchers: visit.vouchers)
    var random = SplitMix64(seed: seed)
    let again = visit.quote(
      coupons: visit.coupons.shuffled(&random), vouchers: visit.vouchers.shuffled(&random))
    try #require(quote == again, "seed \(seed): depends on the order of scanning")

    try #require(
      quote.lines.map(\.net.fen) == model.basket.lines.map(\.netFen), "seed \(seed)")
    try #require(
      quote.coupons.map(\.amount.fen) == model.taken.map(\.amountFen), "seed \(seed)")
    try #require(
      quote.coupons.map(\.terms.id) == model.taken.map { Fixture.id(1000 + $0.id) },
      "seed \(seed)")
    let refused = visit.scenario.vouchers.filter {
      PlainModel.refusal(of: $0, on: model.basket.lines, at: visit.scenario.occasion) != nil
    }
    for voucher in visit.scenario.vouchers {
      let expected = PlainModel.refusal(
        of: voucher, on: model.basket.lines, at: visit.scenario.occasion)
      let ours = quote.vouchers.first { $0.offer.id == Fixture.id(2000 + voucher.id) }
      try #require(ours?.refusal.map(name) == expected, "seed \(seed)")
    }
    let paying = quote.vouchers.filter { $0.paid > .zero }
    try #require(
      paying.map { $0.cells.map(\.fen) } == model.placed.map(\.lineFen), "seed \(seed)")
    try #require(
      paying.map(\.offer.id) == model.placed.map { Fixture.id(2000 + $0.id) }, "seed \(seed)")
    try #require(
      paying.map(\.forfeited.fen) == model.placed.map(\.forfeitedFen), "seed \(seed)")
    try checkUncovered(quote)
    try #require(quote.due.fen == model.basket.dueFen, "seed \(seed)")
    tally.applied += quote.appliedCoupons.count
    tally.refusedVouchers += refused.count
    tally.placed += paying.count
    tally.manyPlaced += paying.count > 1 ? 1 : 0
    tally.forfeited += quote.forfeited > .zero ? 1 : 0
  }

  /// Each line that vouchers leave something of has a reason for every voucher that can be used.
  private func checkUncovered(_ quote: Quote) throws {
    let usable = quote.vouchers.filter { $0.refusal == nil }
    let open = quote.lines.indices.filter { line in
      quote.lines[line].net > usable.map { $0.cells[line] }.total
    }
    for one in usable { try #require(one.uncovered.map(\.line) == open) }
  }

  private func checkSale(_ visit: ReliefVisit, _ tally: inout Tally) throws {
    let scenario = visit.scenario
    let (basket, _, placed) = PlainModel.price(scenario)
    var random = SplitMix64(seed: scenario.seed &+ 1)
    var rest = basket
    rest.dueFen -= placed.map(\.paidFen).reduce(0, +)
    let nonCash = BasketGenerator.nonCash(
      dueFen: rest.dueFen, limits: BasketGenerator.Limits(tenders: 3), &random)
    let cashGivenFen = BasketGenerator.cashGiven(
      rest, nonCash: nonCash, policy: scenario.policy, &random)
    let payment = try PlainModel.pay(
      basket, vouchers: placed, nonCash: nonCash, cashGivenFen: cashGivenFen,
      policy: scenario.policy
    ).get()
    let model = PlainModel.Sale(policy: scenario.policy, basket: basket, payment: payment)

    let refused = Set(
      visit.quote(coupons: [], vouchers: visit.vouchers).vouchers.filter { $0.refusal != nil }
        .map(\.offer.id))
    let quote = visit.quote(
      coupons: visit.coupons, vouchers: visit.vouchers.filter { !refused.contains($0.id) })
    guard quote.refusedVoucher == nil else { return }
    let sale = try Fixture.sale(
      quote,
      tendering: Tendering(
        codePayments: nonCash.map { tender in
          CodePayment(
            kind: TenderKind(rawValue: tender.kind) ?? .wechat,
            amount: Money(fen: tender.amountFen), reference: "r")
        }, cashGiven: cashGivenFen.map(Money.init(fen:))))
    let seed = scenario.seed
    let rows = payment.cells.prefix(sale.map.cells.count)
    try #require(sale.map.cells.map { $0.map(\.fen) } == Array(rows), "seed \(seed)")
    try #require(
      ReliefVisit.ledger(sale.entry(policy: visit.policy)) == PlainModel.ledger(of: model),
      "seed \(seed)")
    try checkBooks(visit, sale)
    tally.mixed += !placed.isEmpty && !nonCash.isEmpty && payment.cashPartFen > 0 ? 1 : 0
    try checkReturns(visit, model, sale, &tally)
  }

  /// The record reads back, and a verifier comes to the same coupons and vouchers.
  private func checkBooks(_ visit: ReliefVisit, _ sale: Sale) throws {
    let seed = visit.scenario.seed
    let body = sale.body(number: 1, policy: visit.policy)
    try #require(try Sale(body: body, atMs: sale.context.atMs) == sale, "seed \(seed)")
    try #require(sale.lines.allSatisfy { $0.follows(visit.policy) }, "seed \(seed)")
    let coupons = visit.coupons.filter { one in
      sale.coupons.contains { $0.id == one.terms.id }
    }
    let vouchers = visit.vouchers.filter { one in sale.vouchers.contains { $0.id == one.id } }
    try #require(
      sale.follows(coupons: coupons, vouchers: vouchers.reversed(), policy: visit.policy),
      "seed \(seed)")
  }

  private func checkReturns(
    _ visit: ReliefVisit, _ model: PlainModel.Sale, _ sale: Sale, _ tally: inout Tally
  ) throws {
    let seed = visit.scenario.seed
    var random = SplitMix64(seed: seed &+ 2)
    var requests = BasketGenerator.returns(of: model.basket, &random)
    var modelBook = PlainModel.ReturnBook(model)
    var made: [SaleReturn] = []
    while true {
      guard let request = requests.popLast() ?? Self.rest(of: model, modelBook) else { break }
      let expected = PlainModel.takeReturn(request, of: model, book: &modelBook)
      let book = ReturnBook(sale, policy: visit.policy, earlier: made)
      switch (expected, Self.saleReturn(request, visit, book)) {
      case (.success(let expected), .success(let ours)):
        made.append(ours)
        try check(ours, expected, visit, model, sale)
        tally.voucherBack += ours.voucherRefund > .zero ? 1 : 0
        tally.lost += ours.vouchers.contains { $0.destination == .lost } ? 1 : 0
        tally.couponsBack += ours.couponsBack.count
      case (.failure, .failure): break
      case (let model, let ours): Issue.record("seed \(seed): \(model) but \(ours)")
      }
    }
    try checkEnd(visit, sale, made)
  }

  private func check(
    _ ours: SaleReturn, _ expected: PlainModel.Return, _ visit: ReliefVisit,
    _ model: PlainModel.Sale, _ sale: Sale
  ) throws {
    let seed = visit.scenario.seed
    try #require(ours.refund.fen == expected.refundTotalFen, "seed \(seed)")
    try #require(ours.cashBack.fen == expected.cashBackFen, "seed \(seed)")
    let entry = ours.entry(of: sale, policy: visit.policy)
    try #require(
      ReliefVisit.ledger(entry) == PlainModel.ledger(of: expected, sale: model), "seed \(seed)")
    for (index, voucher) in sale.vouchers.enumerated() {
      let back = ours.vouchers.first { $0.id == voucher.id }
      try #require((back?.amount.fen ?? 0) == expected.voucherBackFen[index], "seed \(seed)")
      try #require((back?.forfeitBack.fen ?? 0) == expected.forfeitBackFen[index], "seed \(seed)")
    }
    try #require(
      ours.couponsBack == expected.couponsBack.map { Fixture.id(1000 + $0) }, "seed \(seed)")
    let body = ours.body(number: 2, entry: entry)
    try #require(try SaleReturn(body: body, atMs: ours.context.atMs) == ours, "seed \(seed)")
  }

  /// What is left to come back; `nil` for nothing.
  private static func rest(
    of sale: PlainModel.Sale, _ book: PlainModel.ReturnBook
  ) -> PlainModel.ReturnRequest? {
    let left = sale.basket.lines.indices.map {
      sale.basket.lines[$0].quantity.count - book.quantity[$0]
    }
    let parts = BasketGenerator.everything(left: left)
    let isGiftLeft = sale.basket.giftFen > 0 && !book.giftIsReturned
    return parts.isEmpty && !isGiftLeft
      ? nil : PlainModel.ReturnRequest(parts: parts, includesGift: isGiftLeft)
  }

  /// No tender pays back more than it paid, voucher money never becomes cash, and when everything
  /// is back every account is at zero but what is lost to the holders.
  private func checkEnd(_ visit: ReliefVisit, _ sale: Sale, _ made: [SaleReturn]) throws {
    let seed = visit.scenario.seed
    var sums = LedgerSums()
    for posting in sale.entry(policy: visit.policy).postings {
      sums.add(posting.account.name, posting.amount.value)
    }
    for one in made {
      for posting in one.entry(of: sale, policy: visit.policy).postings {
        sums.add(posting.account.name, posting.amount.value)
      }
    }
    let lost = sale.vouchers.filter { $0.refundPolicy == .lost }.map(\.forfeited).total
    let stays = sums.rows.filter { !$0.account.hasPrefix("memo:") }
    try #require(stays.isEmpty, "seed \(seed): \(stays)")
    try #require(sums[.forfeitedContra] == -lost.microYuan, "seed \(seed)")
    for voucher in sale.vouchers {
      let back = made.flatMap(\.vouchers).filter { $0.id == voucher.id }.map(\.amount)
      try #require(back.total == voucher.paid, "seed \(seed)")
    }
    let handedOut = made.flatMap { $0.refunds(of: sale) }.map(\.amount).total
    try #require(
      handedOut == sale.payment.tendering.codeTotal + sale.payment.cashKept, "seed \(seed)")
  }

  private static func saleReturn(
    _ request: PlainModel.ReturnRequest, _ visit: ReliefVisit, _ book: ReturnBook
  ) -> Result<SaleReturn, ReturnRefusal> {
    let lines = visit.scenario.lines
    let parts = request.parts.map { part in
      ReturnRequest.Part(
        line: part.line,
        quantity: lines.indices.contains(part.line)
          ? visit.quantity(lines[part.line].quantity).with(count: part.quantity)
          : .units(part.quantity))
    }
    return Result { () throws(ReturnRefusal) in
      try book.quote(
        ReturnRequest(parts: parts, includesGift: request.includesGift, reason: .other),
        id: Fixture.id(2), at: Fixture.context)
    }
  }

  /// A refusal as the rules name it.
  private func name(_ refusal: VoucherRefusal) -> String {
    switch refusal {
    case .notWithHolder: "person"
    case .notYetValid, .expired: "dates"
    case .notOnThisWeekday: "weekday"
    case .notAtThisHour: "hours"
    case .notAtThisStation: "station"
    case .spent: "spent"
    case .blocked: "blocked"
    case .dailyCapReached: "cap"
    case .noEligibleGoods: "goods"
    }
  }
}

extension Array {
  fileprivate func shuffled(_ random: inout SplitMix64) -> [Element] {
    var shuffled = self
    for index in shuffled.indices.reversed() {
      shuffled.swapAt(index, Int(random.number(0, Int64(index))))
    }
    return shuffled
  }
}
