/// The rules of a voucher programme (救助代金券): restricted money that a fund pays back (RULES 3).
///
/// Invariants of this folder:
/// 1. A voucher pays for goods only, never a gift, and never becomes cash.
/// 2. What vouchers pay does not depend on the order they were scanned in.
/// 3. Worth is what was paid, what is left, and for a single visit what is forfeited; none is lost.
public struct VoucherTerms: Equatable, Sendable {
  public let programmeID: ProgrammeID
  public let kind: VoucherKind
  public let goods: GoodsSet
  /// Stations, weekdays and hours of all its vouchers, and the days of the programme.
  public let window: UseWindow
  /// What one code may pay on one business day; only for vouchers with a balance.
  public let dailyCap: Money?
  public let refundPolicy: VoucherRefundPolicy

  public init(
    programmeID: ProgrammeID, kind: VoucherKind, goods: GoodsSet = .all,
    window: UseWindow = .always, dailyCap: Money? = nil, refundPolicy: VoucherRefundPolicy
  ) {
    self.programmeID = programmeID
    self.kind = kind
    self.goods = goods
    self.window = window
    self.dailyCap = kind == .balance ? dailyCap : nil
    // A single visit is over: there is no balance to go back to.
    self.refundPolicy =
      kind == .singleUse && refundPolicy == .toBalance ? .toProgramme : refundPolicy
  }
}

/// How a voucher is used up.
public enum VoucherKind: String, CaseIterable, Sendable {
  /// One visit, no change: what is not used is forfeited.
  case singleUse
  /// Used in parts.
  case balance
}

/// Where the voucher's share of a return goes; never to cash.
public enum VoucherRefundPolicy: String, CaseIterable, Sendable {
  /// Back to the voucher; one that has expired stays expired. Only for vouchers with a balance.
  case toBalance
  /// Back to the programme.
  case toProgramme
  /// Lost to the holder; a forfeited part stays forfeited too.
  case lost
}

/// A voucher shown at the till, as it stands before this sale.
public struct VoucherOffer: Equatable, Sendable {
  public let id: VoucherID
  public let terms: VoucherTerms
  /// What is left on it.
  public let worth: Money
  /// What this code has paid on this business day already.
  public let spentToday: Money
  public let state: VoucherState
  /// The first day of this voucher; `nil` for the programme's.
  public let validFrom: BusinessDate?
  /// Its last day, included: what its place among others goes by first.
  public let expiry: BusinessDate
  /// Whether it is shown by whom it is for, as far as the station can know.
  public let isWithHolder: Bool
  /// What its place among others goes by last: the code, or what is ordered like codes.
  public let codeOrder: String

  public init(
    id: VoucherID, terms: VoucherTerms, worth: Money, spentToday: Money = .zero,
    state: VoucherState = .active, validFrom: BusinessDate? = nil, expiry: BusinessDate,
    isWithHolder: Bool = true, codeOrder: String
  ) {
    self.id = id
    self.terms = terms
    self.worth = worth
    self.spentToday = spentToday
    self.state = state
    self.validFrom = validFrom
    self.expiry = expiry
    self.isWithHolder = isWithHolder
    self.codeOrder = codeOrder
  }
}

/// What a voucher can still do.
public enum VoucherState: String, CaseIterable, Sendable {
  case active
  case spent
  /// Blocked by a manager, or replaced by another.
  case blocked
}

/// Why a voucher cannot be used. The checks are made in the order of the cases (RULES 3).
public enum VoucherRefusal: Equatable, Sendable {
  case notWithHolder
  case notYetValid(from: BusinessDate)
  case expired(until: BusinessDate)
  case notOnThisWeekday
  case notAtThisHour
  case notAtThisStation
  case spent
  case blocked
  case dailyCapReached(cap: Money)
  case noEligibleGoods
}
