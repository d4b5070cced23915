/// What became of a voucher that was shown: what it pays of each line, or why it cannot be used.
public struct VoucherPlacement: Equatable, Sendable {
  public let offer: VoucherOffer
  /// What it pays, by line of the basket; nothing of a gift.
  public let cells: [Money]
  /// `nil` for a voucher that can be used, even if others leave it nothing to pay.
  public let refusal: VoucherRefusal?
  /// Lines it does not pay for that are not paid by other vouchers, and why.
  public let uncovered: [UncoveredLine]

  public init(
    offer: VoucherOffer, cells: [Money], refusal: VoucherRefusal?, uncovered: [UncoveredLine]
  ) {
    self.offer = offer
    self.cells = cells
    self.refusal = refusal
    self.uncovered = uncovered
  }

  /// What it pays in all.
  public var paid: Money { cells.total }

  /// What is lost of a single visit; an untouched voucher stays unspent.
  public var forfeited: Money {
    offer.terms.kind == .singleUse && paid > .zero ? offer.worth - paid : .zero
  }

  /// What is left on it afterwards.
  public var left: Money { offer.worth - paid - forfeited }
}

/// A line that a voucher leaves to other tenders, at least in part.
public struct UncoveredLine: Equatable, Sendable {
  /// The index of the line in the basket.
  public let line: Int
  public let reason: UncoveredReason

  public init(line: Int, reason: UncoveredReason) {
    self.line = line
    self.reason = reason
  }
}

/// Why a voucher leaves a line to other tenders. The checks are made in the order of the cases.
public enum UncoveredReason: String, CaseIterable, Sendable {
  /// Policy denies these goods to all relief money.
  case deniedToRelief
  /// The programme denies these goods.
  case categoryDenied
  /// The programme is for other goods.
  case categoryNotAllowed
  /// The day's cap is reached.
  case dailyCapReached
  /// What it is worth pays for other goods, or for a part of these.
  case worthUsed
}

/// A voucher that paid a part of a sale, as the sale keeps it.
///
/// All that a return needs is here, so that a programme may change afterwards.
public struct PlacedVoucher: Equatable, Sendable {
  public let id: VoucherID
  public let programmeID: ProgrammeID
  public let kind: VoucherKind
  public let refundPolicy: VoucherRefundPolicy
  /// What was left on it before the sale.
  public let worth: Money
  /// What it paid, above zero.
  public let paid: Money

  public init(
    id: VoucherID, programmeID: ProgrammeID, kind: VoucherKind,
    refundPolicy: VoucherRefundPolicy, worth: Money, paid: Money
  ) {
    self.id = id
    self.programmeID = programmeID
    self.kind = kind
    self.refundPolicy = refundPolicy
    self.worth = worth
    self.paid = paid
  }

  init(_ placement: VoucherPlacement) {
    let offer = placement.offer
    self.init(
      id: offer.id, programmeID: offer.terms.programmeID, kind: offer.terms.kind,
      refundPolicy: offer.terms.refundPolicy, worth: offer.worth, paid: placement.paid)
  }

  /// What was lost of a single visit.
  public var forfeited: Money { kind == .singleUse ? worth - paid : .zero }

  /// What was left on it after the sale.
  public var left: Money { worth - paid - forfeited }
}
