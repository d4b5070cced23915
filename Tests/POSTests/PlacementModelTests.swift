import POS
import Testing

/// Placement against trying all amounts; a failure prints its seed.
@Suite struct PlacementModelTests {
  @Test func smallPlacementsAreTheBestOfAllAmounts() throws {
    var forfeited = 0
    for seed in 1...1_500 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let problem = Self.problem(vouchers: 5, lines: 5, most: 5, &random)
      let factor: Int64 = random.pick([1, 1, 137])

      let amounts = problem.amountsByTrying()
      let ours = Self.placed(problem, factor: factor, &random)

      try #require(problem.amountsByFlow() == amounts, "seed \(seed)")
      try #require(ours.map { $0.reduce(0, +) } == amounts.map { $0 * factor }, "seed \(seed)")
      forfeited += zip(amounts, problem.mostFen).contains { $0 > 0 && $0 < $1 } ? 1 : 0
    }
    #expect(forfeited > 300)
  }

  @Test func largePlacementsAreThoseOfThePlainFlow() throws {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let problem = Self.problem(vouchers: 8, lines: 12, most: 5_000, &random)

      let amounts = problem.amountsByFlow()
      let ours = Self.placed(problem, factor: 1, &random)

      try #require(ours.map { $0.reduce(0, +) } == amounts, "seed \(seed)")
      try #require(ours == problem.cells(of: amounts), "seed \(seed)")
    }
  }

  private static func problem(
    vouchers: Int64, lines: Int64, most: Int64, _ random: inout SplitMix64
  ) -> PlainPlacement {
    let count = random.number(1, vouchers)
    let mostFen = (0..<count).map { _ in random.number(1, most) }
    let isSingle = (0..<count).map { _ in random.happens(percent: 60) }
    let netFen = (0..<random.number(1, lines)).map { _ in random.number(0, most) }
    let mayPay = (0..<count).map { _ in netFen.map { _ in random.happens(percent: 45) } }
    return PlainPlacement(mostFen: mostFen, isSingle: isSingle, netFen: netFen, mayPay: mayPay)
  }

  /// What our placement pays by voucher and line, the vouchers scanned in a random order.
  private static func placed(
    _ problem: PlainPlacement, factor: Int64, _ random: inout SplitMix64
  ) -> [[Int64]] {
    let basket = Fixture.basket(
      problem.netFen.enumerated().map { ("c\($0.offset)", max(1, $0.element * factor)) })
    // A line of nothing is one that a coupon took all of.
    let free = problem.netFen.indices.filter { problem.netFen[$0] == 0 }.map { "c\($0)" }
    let coupon = CouponOffer(
      terms: Fixture.coupon(
        1, .memberPercent(BasisPoints(10_000)), goods: GoodsSet(allowed: Set(free))))
    var offers = problem.mostFen.indices.map { index in
      let goods = problem.netFen.indices.filter { problem.mayPay[index][$0] }.map { "c\($0)" }
      return Fixture.voucher(
        index, problem.isSingle[index] ? .singleUse : .balance,
        worthFen: problem.mostFen[index] * factor, goods: Set(goods),
        expiry: BusinessDate(daysSince1970: 30_000 + index))
    }
    for index in offers.indices.reversed() {
      offers.swapAt(index, Int(random.number(0, Int64(index))))
    }
    let quote = Fixture.quote(basket, coupons: [coupon], vouchers: offers)
    return quote.vouchers.map { $0.cells.map(\.fen) }
  }
}
