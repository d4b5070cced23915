extension BasketGenerator {
  /// Payments that are not cash, each above zero, together not above the due. Often the same kind
  /// twice. Half of the time they leave something to pay in cash.
  static func nonCash(
    dueFen: Int64, limits: Limits, _ random: inout SplitMix64
  ) -> [PlainModel.Tender] {
    var tenders: [PlainModel.Tender] = []
    var remainingFen = dueFen
    if random.happens(percent: 35) {
      return tenders
    }
    let count = random.number(1, limits.tenders)
    for _ in 0..<count where remainingFen > 0 {
      let amounts = [
        1, random.number(1, remainingFen), random.number(1, remainingFen), remainingFen / 2,
        remainingFen - 1,
      ]
      let amountFen = max(1, random.pick(amounts))
      tenders.append(PlainModel.Tender(kind: random.pick(tenderKinds), amountFen: amountFen))
      remainingFen -= amountFen
    }
    if remainingFen > 0 && random.happens(percent: 50) {
      tenders[tenders.count - 1].amountFen += remainingFen
    }
    return tenders
  }

  /// Exact or over when something remains; sometimes given when nothing is due.
  static func cashGiven(
    _ basket: PlainModel.PricedBasket, nonCash: [PlainModel.Tender], policy: PlainModel.Policy,
    _ random: inout SplitMix64
  ) -> Int64? {
    var remainingFen = basket.dueFen
    for tender in nonCash {
      remainingFen -= tender.amountFen
    }
    if remainingFen == 0 {
      return random.happens(percent: 10) ? random.number(1, 10_000) : nil
    }
    let exactFen = PlainModel.roundedCash(remainingFen, rounding: policy.cashRounding)
    if random.happens(percent: 50) {
      return exactFen
    }
    let nextNoteFen = (exactFen / 10_000 + 1) * 10_000
    return random.pick([exactFen + 1, remainingFen + 10, exactFen + 5_000, nextNoteFen])
  }

  /// Makes about one payment in ten a wrong one.
  static func spoil(
    _ nonCash: inout [PlainModel.Tender], _ cashGivenFen: inout Int64?, dueFen: Int64,
    _ random: inout SplitMix64
  ) {
    if random.happens(percent: 90) {
      return
    }
    if random.happens(percent: 50) {
      let overFen = random.pick([1, 100, dueFen + 1])
      nonCash.append(PlainModel.Tender(kind: random.pick(tenderKinds), amountFen: dueFen + overFen))
    } else if let givenFen = cashGivenFen {
      let lessFen: [Int64?] = [nil, max(0, givenFen - 1), givenFen / 2, max(0, givenFen - 10)]
      cashGivenFen = random.pick(lessFen)
    } else if let last = nonCash.last, last.amountFen > 1 {
      nonCash[nonCash.count - 1].amountFen -= 1
    }
  }
}
