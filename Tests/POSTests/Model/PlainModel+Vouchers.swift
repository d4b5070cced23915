extension PlainModel {
  enum RefundPolicy: Sendable, Equatable, CaseIterable {
    case toBalance
    case toProgramme
    case lost
  }

  struct Voucher: Sendable, Equatable {
    var id: Int
    var code: String
    var programme: Int
    var isSingle: Bool
    var worthFen: Int64
    var goods = Goods()
    var window = Window()
    var lastDay: Int
    /// Only of a balance.
    var capFen: Int64?
    var spentTodayFen: Int64 = 0
    var isSpent = false
    var isBlocked = false
    var isWithHolder = true
    var refund = RefundPolicy.toProgramme
  }

  /// A voucher that pays.
  struct PlacedVoucher: Sendable, Equatable {
    var id: Int
    var programme: Int
    var refund: RefundPolicy
    var paidFen: Int64
    var forfeitedFen: Int64
    /// By line.
    var lineFen: [Int64]
  }

  /// Categories that no relief money pays for.
  static let deniedToRelief: Set<String> = ["酒", "烟草"]

  /// The first reason of RULES 3 why a voucher cannot be used.
  static func refusal(
    of voucher: Voucher, on lines: [PricedLine], at occasion: Occasion
  ) -> String? {
    if !voucher.isWithHolder {
      return "person"
    }
    var window = voucher.window
    window.lastDay = min(voucher.lastDay, window.lastDay ?? voucher.lastDay)
    if let closed = firstClosed(window, at: occasion) {
      return closed
    }
    if voucher.isSpent || voucher.worthFen == 0 {
      return "spent"
    }
    if voucher.isBlocked {
      return "blocked"
    }
    if !voucher.isSingle, let capFen = voucher.capFen, voucher.spentTodayFen >= capFen {
      return "cap"
    }
    return eligibleFen(voucher, lines) == 0 ? "goods" : nil
  }

  private static func mayPay(_ voucher: Voucher, _ line: PricedLine) -> Bool {
    !deniedToRelief.contains(line.category) && isFor(voucher.goods, line.category)
  }

  private static func eligibleFen(_ voucher: Voucher, _ lines: [PricedLine]) -> Int64 {
    var sumFen: Int64 = 0
    for line in lines where mayPay(voucher, line) {
      sumFen += line.netFen
    }
    return sumFen
  }

  /// What vouchers pay, in the order expiry, net of eligible goods, code; those that pay nothing
  /// are left out.
  static func place(
    _ vouchers: [Voucher], on lines: [PricedLine], at occasion: Occasion
  ) -> [PlacedVoucher] {
    let usable = vouchers.filter { refusal(of: $0, on: lines, at: occasion) == nil }
      .sorted { one, other in
        if one.lastDay != other.lastDay {
          return one.lastDay < other.lastDay
        }
        let (a, b) = (eligibleFen(one, lines), eligibleFen(other, lines))
        return a != b ? a < b : one.code < other.code
      }
    let problem = PlainPlacement(
      mostFen: usable.map { voucher in
        guard !voucher.isSingle, let capFen = voucher.capFen else { return voucher.worthFen }
        return min(voucher.worthFen, capFen - voucher.spentTodayFen)
      },
      isSingle: usable.map(\.isSingle),
      netFen: lines.map(\.netFen),
      mayPay: usable.map { voucher in lines.map { mayPay(voucher, $0) } })
    let amounts = problem.amountsByFlow()
    let cells = problem.cells(of: amounts)
    return usable.indices.filter { amounts[$0] > 0 }.map { index in
      let voucher = usable[index]
      return PlacedVoucher(
        id: voucher.id, programme: voucher.programme,
        refund: voucher.isSingle && voucher.refund == .toBalance ? .toProgramme : voucher.refund,
        paidFen: amounts[index],
        forfeitedFen: voucher.isSingle ? voucher.worthFen - amounts[index] : 0,
        lineFen: cells[index])
    }
  }
}
