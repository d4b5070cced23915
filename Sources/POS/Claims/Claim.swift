/// Who is to pay back what relief cost a station.
public enum ClaimParty: Hashable, Sendable {
  /// The funder of a programme of vouchers.
  case programme(ProgrammeID)
  /// The fund or a sponsor of coupons, by its id.
  case sponsor(String)

  /// The account that the claim is in.
  public var account: Account {
    switch self {
    case .programme(let id): .voucherClaims(id)
    case .sponsor(let id): .couponClaims(id)
    }
  }

  /// The id of the programme, or the name of the sponsor.
  public var text: String {
    switch self {
    case .programme(let id): id.text
    case .sponsor(let id): id
    }
  }
}

/// What one party owes for a business day, each line with the sale it comes from.
///
/// Invariants:
/// 1. `amount` is the sum of its lines, and what the ledger has of the day in the party's account,
///    or `checks` says that it is not.
/// 2. What was forfeited is told and not claimed.
public struct Claim: Equatable, Sendable {
  public let party: ClaimParty
  public let lines: [ClaimLine]
  public let checks: [ClaimCheck]

  /// What is claimed.
  public var amount: Money { lines.lazy.map(\.amount).total }

  /// What holders did not use.
  public var forfeited: Money { lines.lazy.map(\.forfeited).total }
}

/// What is claimed for one line of a sale or return.
public struct ClaimLine: Equatable, Sendable {
  /// The number on the receipt, and its series.
  public let number: Int64
  public let epoch: Int64
  /// Whether goods came back: the amount is then below zero.
  public let isReturn: Bool
  /// The index of the line in its sale; `nil` for what was forfeited of the whole.
  public let line: Int?
  public let goods: String
  public let category: String
  /// The voucher or coupon.
  public let subject: String
  public let amount: Money
  public let forfeited: Money
}

/// What is looked at before a claim goes out; each is good or not.
public struct ClaimCheck: Equatable, Sendable {
  /// What is looked at.
  public enum Kind: String, CaseIterable, Sendable {
    /// The lines come to what the ledger has of the day.
    case ledgerAgrees
    /// Returns did not take back more than was claimed.
    case notBelowZero
  }

  public let kind: Kind
  public let isGood: Bool
}

/// Gathers the claims of a day, record by record.
public struct ClaimBook {
  private var lines: [ClaimParty: [ClaimLine]] = [:]
  private var order: [ClaimParty] = []

  public init() {}

  /// What each voucher paid of each line, and each coupon of another payer took off.
  public mutating func add(_ sale: Sale, number: Int64, epoch: Int64) {
    for (column, voucher) in sale.vouchers.enumerated() {
      let party = ClaimParty.programme(voucher.programmeID)
      func line(_ index: Int?, _ amount: Money, _ forfeited: Money) -> ClaimLine {
        ClaimLine(
          number: number, epoch: epoch, isReturn: false, line: index,
          goods: index.map { sale.lines[$0].goods.name } ?? "",
          category: index.map { sale.lines[$0].goods.category } ?? "", subject: voucher.id.text,
          amount: amount, forfeited: forfeited)
      }
      for index in sale.lines.indices where sale.map.cells[index][column] != .zero {
        add(line(index, sale.map.cells[index][column], .zero), to: party)
      }
      if voucher.forfeited != .zero { add(line(nil, .zero, voucher.forfeited), to: party) }
    }
    for (index, line) in sale.lines.enumerated() {
      for adjustment in line.adjustments {
        add(
          adjustment, -adjustment.amount, ofLine: index, line.goods,
          number: (number, epoch), isReturn: false)
      }
    }
  }

  /// What a return takes back of it.
  public mutating func add(
    _ made: SaleReturn, of sale: Sale, number: Int64, epoch: Int64
  ) {
    for (column, voucher) in sale.vouchers.enumerated() {
      let party = ClaimParty.programme(voucher.programmeID)
      for line in made.lines where line.cells[column] != .zero {
        let goods = sale.lines[line.line].goods
        add(
          ClaimLine(
            number: number, epoch: epoch, isReturn: true, line: line.line, goods: goods.name,
            category: goods.category, subject: voucher.id.text, amount: -line.cells[column],
            forfeited: .zero), to: party)
      }
      let back = made.vouchers.first { $0.id == voucher.id }?.forfeitBack ?? .zero
      guard back != .zero else { continue }
      add(
        ClaimLine(
          number: number, epoch: epoch, isReturn: true, line: nil, goods: "", category: "",
          subject: voucher.id.text, amount: .zero, forfeited: -back), to: party)
    }
    for line in made.lines {
      let original = sale.lines[line.line]
      for (adjustment, share) in zip(original.adjustments, line.adjustments) {
        add(
          adjustment, share, ofLine: line.line, original.goods, number: (number, epoch),
          isReturn: true)
      }
    }
  }

  /// Every line with who is to pay it.
  public var all: [(party: ClaimParty, line: ClaimLine)] {
    order.flatMap { party in lines[party, default: []].map { (party, $0) } }
  }

  /// The claims, in the order in which their parties came up.
  public func claims(ledger: LedgerSums) -> [Claim] {
    order.map { party in
      let lines = lines[party, default: []]
      let amount = lines.lazy.map(\.amount).total
      return Claim(
        party: party, lines: lines,
        checks: [
          ClaimCheck(
            kind: .ledgerAgrees, isGood: ledger[party.account.name] == amount.microYuan),
          ClaimCheck(kind: .notBelowZero, isGood: amount >= .zero),
        ])
    }
  }

  private mutating func add(
    _ adjustment: Adjustment, _ amount: Money, ofLine index: Int, _ goods: Goods,
    number: (Int64, Int64), isReturn: Bool
  ) {
    guard case .coupon(let id) = adjustment.source, amount != .zero,
      let sponsor = adjustment.payer.claimed
    else { return }
    add(
      ClaimLine(
        number: number.0, epoch: number.1, isReturn: isReturn, line: index, goods: goods.name,
        category: goods.category, subject: id, amount: amount, forfeited: .zero),
      to: .sponsor(sponsor))
  }

  private mutating func add(_ line: ClaimLine, to party: ClaimParty) {
    if lines[party] == nil { order.append(party) }
    lines[party, default: []].append(line)
  }
}

extension AdjustmentPayer {
  /// Who is asked to pay; `nil` for the station itself.
  fileprivate var claimed: String? {
    switch self {
    case .station: nil
    case .fund: "fund"
    case .sponsor(let id): id
    }
  }
}
