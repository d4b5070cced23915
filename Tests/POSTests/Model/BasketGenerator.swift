/// Random shop visits from a seed: a policy, a basket, a payment and returns. The same seed and
/// limits always give the same visit. Print the seed when a check fails.
enum BasketGenerator {
  /// The largest values to make. A line that would take the due above `dueFen` is left out.
  struct Limits: Sendable, Equatable {
    var lines: Int64 = 12
    var priceFen: Int64 = 10_000_000
    var units: Int64 = 9_999
    var grams: Int64 = 999_999
    var tenders: Int64 = 4
    var dueFen: Int64 = 1_000_000_000_000_000
  }

  struct Scenario: Sendable, Equatable {
    var seed: UInt64
    var policy: PlainModel.Policy
    var lines: [PlainModel.Line]
    var gift: PlainModel.Gift
    var nonCash: [PlainModel.Tender]
    /// Nil when no cash is given.
    var cashGivenFen: Int64?
    var returns: [PlainModel.ReturnRequest]
  }

  static let tenderKinds = ["wechat", "alipay", "bankCard"]

  /// About one in ten does not pay rightly: too much without cash, or too little.
  static func scenario(seed: UInt64, limits: Limits = Limits()) -> Scenario {
    var random = SplitMix64(seed: seed)
    let policy = policy(&random)
    let lines = lines(policy: policy, limits: limits, &random)
    let netFen = PlainModel.price(lines, gift: .none, policy: policy).dueFen
    let gift = gift(mostFen: limits.dueFen - netFen, &random)
    let basket = PlainModel.price(lines, gift: gift, policy: policy)
    var nonCash = nonCash(dueFen: basket.dueFen, limits: limits, &random)
    var cashGivenFen = cashGiven(basket, nonCash: nonCash, policy: policy, &random)
    spoil(&nonCash, &cashGivenFen, dueFen: basket.dueFen, &random)
    return Scenario(
      seed: seed, policy: policy, lines: lines, gift: gift, nonCash: nonCash,
      cashGivenFen: cashGivenFen, returns: returns(of: basket, &random))
  }

  // MARK: Policy and basket

  static func policy(_ random: inout SplitMix64) -> PlainModel.Policy {
    var policy = PlainModel.Policy()
    if random.happens(percent: 40) {
      policy.concessionBasisPoints = random.pick([0, 1, 500, 1_000, 1_500, 2_500, 3_333, 5_000])
    }
    if random.happens(percent: 30) {
      policy.pledgeBasisPoints = random.pick([0, 1, 100, 150, 333, 500])
    }
    policy.concessionDestination = random.pick(PlainModel.ConcessionDestination.allCases)
    policy.cashRounding = random.pick(PlainModel.CashRounding.allCases)
    return policy
  }

  /// Always at least one line: a single fen when none fits the limits.
  static func lines(
    policy: PlainModel.Policy, limits: Limits, _ random: inout SplitMix64
  ) -> [PlainModel.Line] {
    var lines: [PlainModel.Line] = []
    var dueFen: Int64 = 0
    let count = random.number(1, limits.lines)
    for _ in 0..<count {
      let line = line(limits: limits, &random)
      let netFen = PlainModel.price(line, policy: policy).netFen
      if dueFen + netFen <= limits.dueFen {
        lines.append(line)
        dueFen += netFen
      }
    }
    if lines.isEmpty {
      lines.append(PlainModel.Line(listPriceFen: 1, quantity: .units(1)))
    }
    return lines
  }

  static func line(limits: Limits, _ random: inout SplitMix64) -> PlainModel.Line {
    let listPriceFen = price(limits: limits, &random)
    var line = PlainModel.Line(
      listPriceFen: listPriceFen, quantity: quantity(limits: limits, &random))
    if random.happens(percent: 15) {
      let overrides = [
        1, listPriceFen / 2, listPriceFen - 1, listPriceFen, listPriceFen + 1,
        listPriceFen * 2, price(limits: limits, &random),
      ]
      line.overridePriceFen = min(max(1, random.pick(overrides)), limits.priceFen)
    }
    return line
  }

  static func price(limits: Limits, _ random: inout SplitMix64) -> Int64 {
    let edges: [Int64] = [
      1, 2, 3, 4, 5, 7, 9, 10, 11, 50, 99, 100, 101, 150, 170, 333, 799, 999, 1_000, 1_830,
      9_999_999, 10_000_000,
    ]
    var priceFen = random.pick(edges)
    if random.happens(percent: 60) {
      priceFen = random.number(1, random.pick([20, 500, 5_000, 100_000, limits.priceFen]))
    }
    return min(priceFen, limits.priceFen)
  }

  static func quantity(limits: Limits, _ random: inout SplitMix64) -> PlainModel.Quantity {
    if random.happens(percent: 35) {
      let edges: [Int64] = [
        1, 2, 3, 5, 49, 50, 99, 100, 499, 500, 501, 999, 1_000, 1_001, 1_235, 999_999,
      ]
      var grams = random.pick(edges)
      if random.happens(percent: 60) {
        grams = random.number(1, random.pick([1_000, 5_000, limits.grams]))
      }
      return .grams(min(grams, limits.grams))
    }
    var units = random.number(1, 3)
    if random.happens(percent: 35) {
      units = random.number(1, random.pick([9, 99, limits.units]))
    }
    if random.happens(percent: 2) {
      units = limits.units
    }
    return .units(min(units, limits.units))
  }

  static func gift(mostFen: Int64, _ random: inout SplitMix64) -> PlainModel.Gift {
    if random.happens(percent: 60) || mostFen < 100 {
      return .none
    }
    if random.happens(percent: 50) {
      return .roundUpToYuan
    }
    return .amount(min(mostFen, random.pick([1, 2, 99, 100, 500, random.number(1, 100_000)])))
  }
}
