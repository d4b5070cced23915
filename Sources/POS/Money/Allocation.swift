extension Money {
  /// This amount in shares by weight: largest remainder first, ties to the earlier share (RULES 2).
  ///
  /// The shares add up to the amount. With weights that sum to the amount or more, no share is
  /// above its weight. The amount and the weights are not negative; if all weights are zero the
  /// amount must be zero too.
  public func allocated(by weights: [Int64]) -> [Money] {
    precondition(fen >= 0, "only an amount of zero or more is allocated")
    let sum = weights.reduce(0, +)
    guard sum > 0 else {
      precondition(fen == 0, "money cannot be allocated over nothing")
      return weights.map { _ in .zero }
    }
    var shares: [Money] = []
    var rests: [Int64] = []
    shares.reserveCapacity(weights.count)
    rests.reserveCapacity(weights.count)
    var left = fen
    for weight in weights {
      precondition(weight >= 0, "a weight is zero or more")
      let (share, rest) = Self.quotient(fen, weight, sum)
      shares.append(Money(fen: share))
      rests.append(rest)
      left -= share
    }
    guard left > 0 else { return shares }
    if left * Int64(weights.count) <= Self.fewSteps {
      for _ in 0..<left {
        var largest = 0
        for index in rests.indices where rests[index] > rests[largest] { largest = index }
        shares[largest] += Money(fen: 1)
        rests[largest] = -1
      }
    } else {
      let order = rests.indices.sorted {
        rests[$0] != rests[$1] ? rests[$0] > rests[$1] : $0 < $1
      }
      for index in order.prefix(Int(left)) { shares[index] += Money(fen: 1) }
    }
    return shares
  }

  /// Up to this many steps, looking for each largest remainder is quicker than sorting all.
  private static let fewSteps: Int64 = 1000

  /// `a × b ÷ c` and its remainder; in 128 bits only where 64 do not suffice.
  private static func quotient(_ a: Int64, _ b: Int64, _ c: Int64) -> (Int64, Int64) {
    let (product, isOver) = a.multipliedReportingOverflow(by: b)
    if isOver { return c.dividingFullWidth(a.multipliedFullWidth(by: b)) }
    return product.quotientAndRemainder(dividingBy: c)
  }

  /// `floor(amount × part / whole)` of an amount of zero or more, for a part up to the whole.
  ///
  /// The product is taken in 128 bits: a bill of the largest lines squared is beyond 64.
  func fraction(_ part: Int64, of whole: Int64) -> Money {
    precondition(fen >= 0 && part >= 0 && part <= whole, "a fraction is between none and all")
    guard whole > 0 else { return self }
    return Money(fen: whole.dividingFullWidth(fen.multipliedFullWidth(by: part)).quotient)
  }
}
