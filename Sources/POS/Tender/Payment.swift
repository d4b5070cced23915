/// How an amount due is met by what was tendered.
///
/// Invariants:
/// 1. `voucherTotal + codeTotal + cashPart` is the amount due when nothing remains.
/// 2. `cashKept = cashPart + rounding`, and `change = cash given − cashKept`.
/// 3. Change comes from cash only.
public struct Payment: Equatable, Sendable {
  public let tendering: Tendering
  /// The part of the bill that cash pays, before rounding.
  public let cashPart: Money
  /// The cash that stays in the till.
  public let cashKept: Money
  public let change: Money
  /// What is still to be paid; above zero for an offer that does not suffice.
  public let remaining: Money

  /// What rounding added to the cash part (below zero: it took away).
  public var rounding: Money { cashKept - cashPart }

  /// Splits a bill over what is offered.
  ///
  /// - Throws: `.codePaymentsExceedDue` if more than the bill is paid by code.
  public init(
    due: Money, tendering: Tendering, rounding: CashRounding
  ) throws(CheckoutRefusal) {
    let rest = due - tendering.voucherTotal - tendering.codeTotal
    guard rest >= .zero else { throw .codePaymentsExceedDue(excess: -rest) }
    self.tendering = tendering
    guard let given = tendering.cashGiven else {
      (cashPart, cashKept, change, remaining) = (.zero, .zero, .zero, rest)
      return
    }
    let toPay = rounding.rounded(rest)
    let suffices = given >= toPay
    cashPart = suffices ? rest : .zero
    cashKept = suffices ? toPay : .zero
    change = suffices ? given - toPay : .zero
    remaining = suffices ? .zero : toPay - given
  }

  init(tendering: Tendering, cashPart: Money, cashKept: Money) {
    self.tendering = tendering
    self.cashPart = cashPart
    self.cashKept = cashKept
    change = (tendering.cashGiven ?? .zero) - cashKept
    remaining = .zero
  }
}

/// Which tender paid how much of each line; the gift, if any, is the last row.
///
/// Columns are the vouchers as placed, the code payments in the order given, then cash, always
/// present.
/// Invariants: a row adds up to its line, a column to its tender, no cell is below zero.
public struct TenderMap: Equatable, Sendable {
  public let cells: [[Money]]

  public init(cells: [[Money]]) { self.cells = cells }

  /// Vouchers as placed; then each code payment over what remains of the rows, by largest remainder;
  /// cash takes the rest.
  ///
  /// - Parameter vouchers: what each pays, by row; rows after its last are none of its.
  public init(rows: [Money], vouchers: [[Money]] = [], codePayments: [CodePayment]) {
    var left = rows.map(\.fen)
    var columns = vouchers.map { cells in
      left.indices.map { $0 < cells.count ? cells[$0] : .zero }
    }
    for column in columns { for (row, share) in column.enumerated() { left[row] -= share.fen } }
    for payment in codePayments {
      let shares = payment.amount.allocated(by: left)
      for (row, share) in shares.enumerated() { left[row] -= share.fen }
      columns.append(shares)
    }
    columns.append(left.map(Money.init(fen:)))
    cells = rows.indices.map { row in columns.map { $0[row] } }
  }
}

/// Cash sums a shopper is likely to hand over, for at most five quick buttons: the sum itself, then
/// the next multiples of 5, 10, 50 and 100 yuan.
public func cashSuggestions(for toPay: Money) -> [Money] {
  guard toPay > .zero else { return [] }
  var suggestions = [toPay]
  for note: Int64 in [500, 1000, 5000, 10_000] {
    let sum = Money(fen: Rounding.up.multiple(of: note, near: toPay.fen))
    if sum > suggestions[suggestions.count - 1] { suggestions.append(sum) }
  }
  return suggestions
}
