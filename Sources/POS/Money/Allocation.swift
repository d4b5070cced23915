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
    var shares: [Int64] = []
    var remainders: [(rest: Int64, index: Int)] = []
    shares.reserveCapacity(weights.count)
    remainders.reserveCapacity(weights.count)
    for (index, weight) in weights.enumerated() {
      precondition(weight >= 0, "a weight is zero or more")
      let product = fen.multipliedFullWidth(by: weight)
      let (share, rest) = sum.dividingFullWidth(product)
      shares.append(share)
      remainders.append((rest, index))
    }
    let left = Int(fen - shares.reduce(0, +))
    if left > 0 {
      remainders.sort { $0.rest != $1.rest ? $0.rest > $1.rest : $0.index < $1.index }
      for remainder in remainders.prefix(left) { shares[remainder.index] += 1 }
    }
    return shares.map(Money.init(fen:))
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
