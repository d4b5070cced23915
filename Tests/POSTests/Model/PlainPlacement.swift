/// The placing of vouchers in bare numbers, in the order in which amounts are compared.
///
/// It is solved twice: by trying all amounts, fen by fen, for small numbers; and by paths along
/// which a fen more can flow (Ford and Fulkerson), for any.
struct PlainPlacement {
  var mostFen: [Int64]
  var isSingle: [Bool]
  var netFen: [Int64]
  /// By voucher and line.
  var mayPay: [[Bool]]

  private var none: [Int64] { [Int64](repeating: 0, count: mostFen.count) }

  /// All amounts that there are, the greatest first; only those better than the best so far are
  /// asked whether they are possible.
  func amountsByTrying() -> [Int64] {
    var best: [Int64]?
    var amounts = mostFen
    repeat {
      if isBetter(amounts, than: best) && isPossible(amounts) {
        best = amounts
      }
    } while Self.countDown(&amounts, from: mostFen)
    return best ?? none
  }

  /// More in all, or less forfeited. Greater amounts came before.
  private func isBetter(_ amounts: [Int64], than best: [Int64]?) -> Bool {
    guard let best else { return true }
    let (total, bestTotal) = (amounts.reduce(0, +), best.reduce(0, +))
    if total != bestTotal {
      return total > bestTotal
    }
    return forfeited(amounts) < forfeited(best)
  }

  private func forfeited(_ amounts: [Int64]) -> Int64 {
    var sumFen: Int64 = 0
    for index in amounts.indices where isSingle[index] && amounts[index] > 0 {
      sumFen += mostFen[index] - amounts[index]
    }
    return sumFen
  }

  /// The next smaller amounts; false after the smallest.
  private static func countDown(_ amounts: inout [Int64], from most: [Int64]) -> Bool {
    for index in amounts.indices.reversed() {
      if amounts[index] > 0 {
        amounts[index] -= 1
        return true
      }
      amounts[index] = most[index]
    }
    return false
  }

  /// Which of the vouchers for a single visit are touched is tried in every way. Those pay first,
  /// in order, and so as much as they can together; then the balances.
  func amountsByFlow() -> [Int64] {
    let singles = isSingle.indices.filter { isSingle[$0] }
    let balances = isSingle.indices.filter { !isSingle[$0] }
    var best = none
    for choice in 0..<(1 << singles.count) {
      let touched = singles.enumerated().filter { choice & 1 << $0.offset != 0 }.map(\.element)
      var flow = PlainFlow(self)
      for voucher in touched + balances {
        flow.pour(from: voucher, atMost: mostFen[voucher])
      }
      let amounts = flow.paid.map { $0.reduce(0, +) }
      let (total, bestTotal) = (amounts.reduce(0, +), best.reduce(0, +))
      let (lost, bestLost) = (forfeited(amounts), forfeited(best))
      let isBetter =
        total != bestTotal
        ? total > bestTotal
        : lost != bestLost ? lost < bestLost : best.lexicographicallyPrecedes(amounts)
      if isBetter {
        best = amounts
      }
    }
    return best
  }

  /// The first voucher pays as much as it can of the first line, then of the next, so that all can
  /// still pay their amounts.
  func cells(of amounts: [Int64]) -> [[Int64]] {
    var rest = self
    var amounts = amounts
    var cells = mayPay.map { $0.map { _ in Int64(0) } }
    for voucher in amounts.indices {
      for line in netFen.indices where rest.mayPay[voucher][line] {
        var low: Int64 = 0
        var high = min(amounts[voucher], rest.netFen[line])
        while low < high {
          // The whole first: it is mostly possible.
          let tried =
            low == 0 && high == min(amounts[voucher], rest.netFen[line])
            ? high : (low + high + 1) / 2
          if rest.isPossible(amounts, paying: tried, from: voucher, to: line) {
            low = tried
          } else {
            high = tried - 1
          }
        }
        cells[voucher][line] = low
        amounts[voucher] -= low
        rest.netFen[line] -= low
        rest.mayPay[voucher][line] = false
      }
    }
    return cells
  }

  /// Whether all can still pay their amounts if a voucher pays at least so much of a line.
  private func isPossible(
    _ amounts: [Int64], paying fen: Int64, from voucher: Int, to line: Int
  ) -> Bool {
    var rest = self
    var amounts = amounts
    rest.netFen[line] -= fen
    amounts[voucher] -= fen
    return rest.isPossible(amounts)
  }

  private func isPossible(_ amounts: [Int64]) -> Bool {
    var flow = PlainFlow(self)
    for voucher in amounts.indices {
      if flow.pour(from: voucher, atMost: amounts[voucher]) < amounts[voucher] {
        return false
      }
    }
    return true
  }
}

/// Money poured from vouchers over lines; what was poured can move to other lines, and never back.
struct PlainFlow {
  private let problem: PlainPlacement
  /// By voucher and line.
  private(set) var paid: [[Int64]]
  private var left: [Int64]

  init(_ problem: PlainPlacement) {
    self.problem = problem
    paid = problem.mayPay.map { $0.map { _ in 0 } }
    left = problem.netFen
  }

  /// How much of at most so much found its way.
  @discardableResult
  mutating func pour(from voucher: Int, atMost mostFen: Int64) -> Int64 {
    var poured: Int64 = 0
    while poured < mostFen {
      var seen = Set([voucher])
      let way = way(from: voucher, fen: mostFen - poured, seen: &seen)
      guard let way else { break }
      poured += way
    }
    return poured
  }

  /// Pays some line, or a line that another voucher paid, which finds another way for that much.
  private mutating func way(from voucher: Int, fen: Int64, seen: inout Set<Int>) -> Int64? {
    for line in left.indices where problem.mayPay[voucher][line] && left[line] > 0 {
      let moved = min(fen, left[line])
      left[line] -= moved
      paid[voucher][line] += moved
      return moved
    }
    for line in left.indices where problem.mayPay[voucher][line] {
      for other in paid.indices where paid[other][line] > 0 && !seen.contains(other) {
        seen.insert(other)
        let most = min(fen, paid[other][line])
        if let moved = way(from: other, fen: most, seen: &seen) {
          paid[other][line] -= moved
          paid[voucher][line] += moved
          return moved
        }
      }
    }
    return nil
  }
}
