/// What vouchers can pay together: money that flows from vouchers to the lines each may pay.
///
/// Sets of vouchers are bits of a number, in the vouchers' order. What a set can pay at most is its
/// **rank**: the worth of some of them and, for the others, all the goods they may pay, whichever
/// choice of these is least (maximum flow is minimum cut). Amounts are possible together just if no
/// set pays more than its rank, and any such amounts can be raised until all together pay the rank
/// of all (a polymatroid). So everything follows from 2ⁿ ranks, without a search over amounts.
struct VoucherFlow {
  /// At most so many: 256 sets.
  static let vouchers = 8

  /// What each voucher can pay.
  private let worths: [Int64]
  private let nets: [Int64]
  /// By line: the set of vouchers that may pay it.
  private let payers: [Int]
  /// By set: the goods that one of it may pay.
  private let goods: [Int64]
  /// By set: its worth.
  private let worth: [Int64]
  /// By set: the most it can pay.
  private let rank: [Int64]

  init(worths: [Int64], nets: [Int64], payers: [Int]) {
    precondition(worths.count <= Self.vouchers, "at most 8 vouchers are placed together")
    self.worths = worths
    self.nets = nets
    self.payers = payers
    let sets = 1 << worths.count
    var within = [Int64](repeating: 0, count: sets)
    for (net, payers) in zip(nets, payers) { within[payers] += net }
    Self.overSubsets(&within) { $0 += $1 }
    let goods = (0..<sets).map { within[sets - 1] - within[sets - 1 - $0] }
    let worth = (0..<sets).map { set in
      worths.indices.reduce(0) { set & 1 << $1 == 0 ? $0 : $0 + worths[$1] }
    }
    var least = (0..<sets).map { goods[$0] - worth[$0] }
    Self.overSubsets(&least) { $0 = min($0, $1) }
    self.goods = goods
    self.worth = worth
    rank = (0..<sets).map { worth[$0] + least[$0] }
  }

  /// Gathers into each set what stands at its subsets.
  private static func overSubsets(
    _ values: inout [Int64], _ gather: (inout Int64, Int64) -> Void
  ) {
    var bit = 1
    while bit < values.count {
      for set in values.indices where set & bit != 0 { gather(&values[set], values[set ^ bit]) }
      bit <<= 1
    }
  }

  /// What each voucher pays: the most in all, then the least forfeited, then the greatest amounts
  /// in the vouchers' order (RULES 3).
  ///
  /// - Parameter singles: the set of those that forfeit what they do not pay, once touched.
  func amounts(singles: Int) -> [Int64] {
    let all = rank.count - 1
    var best: (forfeited: Int64, amounts: [Int64])?
    var used = singles
    while true {
      // The others take what these leave, so these forfeit least when they pay all they can.
      if rank[all & ~singles | used] == rank[all] {
        let forfeited = worth[used] - rank[used]
        if best.map({ forfeited <= $0.forfeited }) ?? true {
          let amounts = amounts(using: used, of: singles)
          let isBetter =
            best.map {
              forfeited < $0.forfeited || $0.amounts.lexicographicallyPrecedes(amounts)
            } ?? true
          if isBetter { best = (forfeited, amounts) }
        }
      }
      if used == 0 { break }
      used = (used - 1) & singles
    }
    return best?.amounts ?? worths.map { _ in 0 }
  }

  /// The greatest amounts in the vouchers' order if these single ones pay all they can together.
  private func amounts(using used: Int, of singles: Int) -> [Int64] {
    var before = 0
    var beside = used
    return worths.indices.map { voucher in
      let bit = 1 << voucher
      if used & bit != 0 {
        defer { before |= bit }
        return rank[before | bit] - rank[before]
      }
      if singles & bit != 0 { return 0 }
      defer { beside |= bit }
      return rank[beside | bit] - rank[beside]
    }
  }

  /// What each voucher pays of each line when these are the amounts: the first voucher as much as
  /// it can of the first line, and so on, always so that the others can still pay theirs.
  func cells(of amounts: [Int64]) -> [[Int64]] {
    var left = nets
    // By set: goods that one of it may pay, less what it still has to pay.
    var slack = goods.indices.map { set in
      amounts.indices.reduce(goods[set]) { set & 1 << $1 == 0 ? $0 : $0 - amounts[$1] }
    }
    return amounts.indices.map { voucher in
      let bit = 1 << voucher
      var toPay = amounts[voucher]
      return nets.indices.map { line in
        let most = min(toPay, left[line])
        guard most > 0, payers[line] & bit != 0 else { return 0 }
        let others = slack.indices.filter { $0 & bit == 0 && $0 & payers[line] != 0 }
        let paid = others.reduce(most) { min($0, slack[$1]) }
        for set in others { slack[set] -= paid }
        left[line] -= paid
        toPay -= paid
        return paid
      }
    }
  }
}
