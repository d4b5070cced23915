import POS
import Testing

@testable import POS

@Suite struct TenderCorrectionTests {
  /// WeChat 7.77 and the rest of 25.25 in cash.
  private func split(_ policy: CharityPolicy = Fixture.policy()) throws -> Sale {
    try Fixture.sale(
      Fixture.workedBasket, policy: policy,
      tendering: Tendering(
        codePayments: [CodePayment(kind: .wechat, amount: Money(fen: 777), reference: "w1")],
        cashGiven: Money(fen: 10_000)))
  }

  private func change(
    _ tender: Int, _ kind: TenderKind, reference: String? = "r"
  ) -> TenderChange {
    TenderChange(
      tender: tender, kind: kind, reference: kind == .cash ? nil : reference, reason: .wrongKey)
  }

  @Test func aCorrectionMovesWhatWasKept() throws {
    let sale = try split(Fixture.policy(rounding: .downToJiao))

    let made = try PaidTenders(sale, corrections: []).correction(
      change(1, .alipay), id: Fixture.id(7), hasReturns: false)

    // The cash part is 17.48; 17.40 was kept.
    #expect(made.amount.fen == 1740)
    #expect(
      made.entry.postings == [
        Posting(.codePayments(.alipay), MicroYuan(17_400_000)),
        Posting(.cash, MicroYuan(-17_400_000)),
      ])
    #expect(try TenderCorrection(body: made.members) == made)
  }

  static let refusals: [(Int, TenderKind, Bool, TenderCorrectionRefusal?)] = [
    (-1, .cash, false, .unknownTender(-1)), (2, .cash, false, .unknownTender(2)),
    (2, .cash, true, .unknownTender(2)), (0, .wechat, false, .sameKind(.wechat)),
    (1, .cash, true, .sameKind(.cash)), (0, .cash, true, .hasReturns),
    (0, .cash, false, nil), (1, .wechat, false, nil), (0, .bankCard, false, nil),
  ]

  @Test(arguments: refusals)
  func theRefusalsComeInOrder(
    tender: Int, kind: TenderKind, hasReturns: Bool, refusal: TenderCorrectionRefusal?
  ) throws {
    let paid = PaidTenders(try split(), corrections: [])

    var found: TenderCorrectionRefusal?
    do throws(TenderCorrectionRefusal) {
      _ = try paid.correction(change(tender, kind), id: Fixture.id(7), hasReturns: hasReturns)
    } catch {
      found = error
    }

    #expect(found == refusal)
  }

  @Test func cashThatWasNotGivenIsNoTender() throws {
    let sale = try Fixture.sale(
      Fixture.workedBasket,
      tendering: Tendering(
        codePayments: [CodePayment(kind: .wechat, amount: Money(fen: 2525), reference: "w1")]))

    #expect(throws: TenderCorrectionRefusal.unknownTender(1)) {
      try PaidTenders(sale, corrections: []).correction(
        change(1, .alipay), id: Fixture.id(7), hasReturns: false)
    }
  }

  @Test func theNewestCorrectionCounts() throws {
    let sale = try split()
    let first = try PaidTenders(sale, corrections: []).correction(
      change(1, .wechat, reference: "w2"), id: Fixture.id(7), hasReturns: false)
    let second = try PaidTenders(sale, corrections: [first]).correction(
      change(1, .bankCard, reference: "b"), id: Fixture.id(8), hasReturns: false)

    let columns = PaidTenders(sale, corrections: [first, second]).columns

    #expect(second.was == .wechat)
    #expect(columns.map(\.kind) == [.wechat, .bankCard])
    #expect(columns[1].reference == "b")
  }

  @Test func aReturnPaysBackByTheCorrectedTender() throws {
    let sale = try split()
    let policy = Fixture.policy()
    let made = try PaidTenders(sale, corrections: []).correction(
      change(1, .wechat, reference: "w2"), id: Fixture.id(7), hasReturns: false)
    let request = ReturnRequest(
      parts: [ReturnRequest.Part(line: 1, quantity: .units(1))], includesGift: false,
      reason: .quality)

    let back = try ReturnBook(sale, policy: policy, corrections: [made], earlier: []).quote(
      request, id: Fixture.id(9), at: Fixture.context)

    #expect(back.cashBack == .zero)
    #expect(back.refunds(of: sale).map(\.kind) == [.wechat, .wechat])
    #expect(back.refunds(of: sale).map(\.reference) == ["w1", "w2"])
    #expect(back.refunds(of: sale).map(\.amount).total == back.refund)
    let entry = back.entry(of: sale, policy: policy)
    #expect(
      entry.postings.first { $0.account == .codePayments(.wechat) }?.amount.value == -14_640_000)
    let kept = back.body(number: 2, entry: entry)
    #expect(try SaleReturn(body: kept, atMs: back.context.atMs) == back)
  }

  /// What was corrected back to what it was leaves no trace in a return.
  @Test func aCorrectionTakenBackPaysBackAsTheSaleSays() throws {
    let sale = try split()
    let away = try PaidTenders(sale, corrections: []).correction(
      change(1, .wechat), id: Fixture.id(7), hasReturns: false)
    let home = try PaidTenders(sale, corrections: [away]).correction(
      change(1, .cash), id: Fixture.id(8), hasReturns: false)
    let request = ReturnRequest(
      parts: [ReturnRequest.Part(line: 0, quantity: .units(2))], includesGift: false,
      reason: .quality)

    let plain = try ReturnBook(sale, policy: Fixture.policy(), earlier: []).quote(
      request, id: Fixture.id(9), at: Fixture.context)
    let corrected = try ReturnBook(
      sale, policy: Fixture.policy(), corrections: [away, home], earlier: []
    ).quote(request, id: Fixture.id(9), at: Fixture.context)

    #expect(corrected == plain)
  }
}

/// Random sales whose tenders are corrected at random and whose goods all come back in random
/// parts: every account ends at zero, and each column pays back what it kept.
@Suite struct CorrectedSalePropertyTests {
  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func correctionsAndAFullReturnLeaveEveryAccountAtZero(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let policy = Fixture.policy(
      rounding: CashRounding.allCases[Int(chance.next() % UInt64(CashRounding.allCases.count))],
      to: chance.next() % 2 == 0 ? .toShopper : .toReliefFund)
    let sale = try randomSale(&chance, policy)
    let corrections = try randomCorrections(of: sale, &chance)
    let columns = PaidTenders(sale, corrections: corrections).columns
    var paidBack = columns.map { _ in Money.zero }
    var made: [SaleReturn] = []
    var left = sale.lines.map(\.quantity.count)

    while left.contains(where: { $0 > 0 }) || made.isEmpty {
      var parts: [ReturnRequest.Part] = []
      for line in left.indices where left[line] > 0 && chance.next() % 3 > 0 {
        let count = 1 + Int64(chance.next() % UInt64(left[line]))
        left[line] -= count
        parts.append(
          ReturnRequest.Part(line: line, quantity: sale.lines[line].quantity.with(count: count)))
      }
      guard !parts.isEmpty else { continue }
      let isLast = left.allSatisfy { $0 == 0 }
      let book = ReturnBook(sale, policy: policy, corrections: corrections, earlier: made)
      let back = try book.quote(
        ReturnRequest(
          parts: parts, includesGift: isLast && sale.gift != nil, reason: .quality),
        id: Fixture.id(9), at: Fixture.context)
      for (index, refund) in back.refunds(of: sale).enumerated() {
        #expect(refund.kind == columns[index].kind, "seed \(seed)")
        #expect(refund.amount >= .zero, "seed \(seed)")
        paidBack[index] += refund.amount
      }
      made.append(back)
    }

    var balances: [Account: Int64] = [:]
    let entries =
      [sale.entry(policy: policy)] + corrections.map(\.entry)
      + made.map { $0.entry(of: sale, policy: policy) }
    for posting in entries.flatMap(\.postings) {
      balances[posting.account, default: 0] += posting.amount.value
    }
    #expect(balances.values.allSatisfy { $0 == 0 }, "seed \(seed): \(balances)")
    #expect(paidBack == columns.map(\.kept), "seed \(seed)")
  }

  private func randomSale(
    _ chance: inout SplitMix64, _ policy: CharityPolicy
  ) throws -> Sale {
    var basket = Basket(
      items: (0...Int(chance.next() % 5)).map { number in
        let isWeighed = chance.next() % 3 == 0
        let count = 1 + Int64(chance.next() % (isWeighed ? 3000 : 5))
        return Fixture.item(
          "货\(number)", listFen: 1 + Int64(chance.next() % 3000),
          isWeighed ? .grams(count) : .units(count))
      })
    if chance.next() % 3 == 0 { basket.gift = .amount(Money(fen: 100), campaign: "general") }
    var rest = Quote(basket, policy: policy).due.fen
    var payments: [CodePayment] = []
    for kind in [TenderKind.wechat, .alipay, .bankCard] where rest > 1 && chance.next() % 2 == 0 {
      let fen = 1 + Int64(chance.next() % UInt64(rest))
      payments.append(CodePayment(kind: kind, amount: Money(fen: fen), reference: kind.rawValue))
      rest -= fen
    }
    let tendering = Tendering(codePayments: payments, cashGiven: Money(fen: rest + 1000))
    return try Fixture.sale(basket, policy: policy, tendering: tendering)
  }

  private func randomCorrections(
    of sale: Sale, _ chance: inout SplitMix64
  ) throws -> [TenderCorrection] {
    var made: [TenderCorrection] = []
    for number in 0..<Int(chance.next() % 6) {
      let paid = PaidTenders(sale, corrections: made)
      let kind = TenderKind.allCases[Int(chance.next() % 4)]
      let change = TenderChange(
        tender: Int(chance.next() % UInt64(paid.columns.count)), kind: kind,
        reference: kind == .cash ? nil : "c\(number)", reason: .other)
      do throws(TenderCorrectionRefusal) {
        made.append(try paid.correction(change, id: Fixture.id(20 + number), hasReturns: false))
      } catch {
        guard error != .hasReturns else { throw error }
      }
    }
    return made
  }
}
