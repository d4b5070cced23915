import Testing

@Suite struct ModelPropertyTests {
  static let seeds: Range<UInt64> = 0..<20_000

  /// How often each kind of visit came up, so that a generator gone dull is seen.
  struct Tally {
    var paid = 0
    var refused = 0
    var returned = 0
    var overAsked = 0
    var cashRounded = 0
    var mixed = 0
    var overridden = 0
    var gifts = 0
  }

  @Test func everyVisitKeepsTheRules() {
    var tally = Tally()
    for seed in Self.seeds {
      let scenario = BasketGenerator.scenario(seed: seed)
      let basket = PlainModel.price(
        scenario.lines, gift: scenario.gift, policy: scenario.policy)
      let outcome = PlainModel.pay(
        basket, nonCash: scenario.nonCash, cashGivenFen: scenario.cashGivenFen,
        policy: scenario.policy)
      guard case .success(let payment) = outcome else {
        tally.refused += 1
        continue
      }
      let sale = PlainModel.Sale(policy: scenario.policy, basket: basket, payment: payment)
      tally.paid += 1
      tally.cashRounded += payment.cashRoundingFen == 0 ? 0 : 1
      tally.mixed += payment.nonCash.count > 1 && payment.cashPartFen > 0 ? 1 : 0
      tally.overridden += scenario.lines.contains { $0.overridePriceFen != nil } ? 1 : 0
      tally.gifts += basket.giftFen > 0 ? 1 : 0
      check(sale, scenario: scenario)
      checkReturns(of: sale, scenario: scenario, tally: &tally)
      checkFullReturns(of: sale, seed: seed)
    }
    #expect(tally.paid > 15_000, "\(tally)")
    #expect(tally.refused > 500, "\(tally)")
    #expect(tally.returned > 10_000, "\(tally)")
    #expect(tally.overAsked > 2_000, "\(tally)")
    #expect(tally.cashRounded > 2_000, "\(tally)")
    #expect(tally.mixed > 2_000, "\(tally)")
    #expect(tally.overridden > 2_000, "\(tally)")
    #expect(tally.gifts > 2_000, "\(tally)")
  }

  @Test func theSameSeedGivesTheSameVisit() {
    for seed in 0..<100 as Range<UInt64> {
      #expect(BasketGenerator.scenario(seed: seed) == BasketGenerator.scenario(seed: seed))
    }
  }

  @Test func splitMixGivesThePublishedNumbers() {
    var random = SplitMix64(seed: 1_234_567)

    let numbers = [random.next(), random.next(), random.next()]

    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }

  @Test func theDueLimitHolds() {
    var limits = BasketGenerator.Limits()
    limits.dueFen = 5_000
    for seed in 0..<2_000 as Range<UInt64> {
      let scenario = BasketGenerator.scenario(seed: seed, limits: limits)
      let basket = PlainModel.price(
        scenario.lines, gift: scenario.gift, policy: scenario.policy)
      expect(basket.dueFen <= 5_000, "due above the limit", seed)
    }
  }

  private func check(_ sale: PlainModel.Sale, scenario: BasketGenerator.Scenario) {
    let payment = sale.payment
    let seed = scenario.seed
    var columns = [Int64](repeating: 0, count: payment.nonCash.count + 1)
    for row in payment.cells.indices {
      let net =
        row < sale.basket.lines.count ? sale.basket.lines[row].netFen : sale.basket.giftFen
      expect(payment.cells[row].reduce(0, +) == net, "a row is not the net", seed)
      for column in columns.indices {
        expect(payment.cells[row][column] >= 0, "a cell is below zero", seed)
        columns[column] += payment.cells[row][column]
      }
    }
    let amounts = payment.nonCash.map(\.amountFen) + [payment.cashPartFen]
    expect(columns == amounts, "a column is not the tender", seed)
    expect(payment.cashPartFen == 0 || payment.cashKeptFen > 0, "cash rounded to zero", seed)
    let givenFen = scenario.cashGivenFen ?? 0
    expect(givenFen == payment.cashKeptFen + payment.changeFen, "cash does not add up", seed)
    for line in sale.basket.lines {
      expect(line.concessionFen >= 0 && line.netFen >= 0, "an amount is below zero", seed)
    }
    expect(balance(PlainModel.ledger(of: sale)) == 0, "the sale does not balance", seed)
  }

  private func checkReturns(
    of sale: PlainModel.Sale, scenario: BasketGenerator.Scenario, tally: inout Tally
  ) {
    var book = PlainModel.ReturnBook(sale)
    for request in scenario.returns {
      let before = book
      switch PlainModel.takeReturn(request, of: sale, book: &book) {
      case .failure:
        tally.overAsked += 1
        expect(book == before, "a refused return took something", scenario.seed)
      case .success(let back):
        tally.returned += 1
        let entry = PlainModel.ledger(of: back, sale: sale)
        expect(balance(entry) == 0, "a return does not balance", scenario.seed)
        expect(back.cashBackFen >= 0, "cash back is below zero", scenario.seed)
        expect(book.cellsLeft.joined().allSatisfy { $0 >= 0 }, "cell below zero", scenario.seed)
        expect(book.cashBackFen <= sale.payment.cashKeptFen, "too much cash", scenario.seed)
      }
    }
    for index in sale.basket.lines.indices {
      let line = sale.basket.lines[index]
      let whole = PlainModel.share(
        line.netFen, first: book.quantity[index], of: line.quantity.count)
      expect(book.refundFen[index] == whole, "the split changed a refund", scenario.seed)
    }
  }

  private func checkFullReturns(of sale: PlainModel.Sale, seed: UInt64) {
    let atOnce = PlainModel.ReturnRequest(
      parts: BasketGenerator.everything(left: sale.basket.lines.map(\.quantity.count)),
      includesGift: sale.basket.giftFen > 0)
    let split = BasketGenerator.fullReturns(of: sale.basket, seed: seed)
    for requests in [[atOnce], split, split.reversed()] {
      var entries = [PlainModel.ledger(of: sale)]
      var cashBackFen: Int64 = 0
      var refundFen: Int64 = 0
      for outcome in PlainModel.returns(of: sale, requests: requests) {
        guard case .success(let back) = outcome else {
          expect(false, "a full return was refused", seed)
          return
        }
        entries.append(PlainModel.ledger(of: back, sale: sale))
        cashBackFen += back.cashBackFen
        refundFen += back.refundTotalFen
      }
      expect(PlainModel.sum(entries).isEmpty, "an account is not zero", seed)
      expect(cashBackFen == sale.payment.cashKeptFen, "not all cash came back", seed)
      expect(refundFen == sale.basket.dueFen, "not all money came back", seed)
    }
  }

  private func balance(_ entry: PlainModel.Ledger) -> Int64 {
    entry.values.reduce(0, +)
  }

  /// Records only failures: a recorded success per check would take most of the time.
  private func expect(_ holds: Bool, _ claim: String, _ seed: UInt64) {
    if !holds {
      Issue.record("\(claim), seed \(seed)")
    }
  }
}
