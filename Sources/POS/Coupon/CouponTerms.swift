/// A coupon: a right to pay less for goods, with its conditions and who bears it (RULES 2.4).
///
/// Invariants of this folder:
/// 1. Coupons are applied in one order, whatever the order they were shown in: member percentages,
///    then amounts; each by priority, then code.
/// 2. A coupon that does not apply says why, takes no place in its group and blocks nothing.
/// 3. What a coupon takes off is stored line by line; no line goes below zero.
public struct CouponTerms: Equatable, Sendable {
  public let id: CouponID
  /// What is typed or scanned: upper-case letters and digits.
  public let code: String
  public let name: String
  public let nameEn: String
  public let kind: CouponKind
  public let payer: AdjustmentPayer
  /// For whom it is.
  public let holder: CouponHolder
  /// What its goods must come to after the coupons before it, without gifts; zero for any.
  public let minimumSpend: Money
  public let goods: GoodsSet
  public let window: UseWindow
  /// How often one member may use it; `nil` for any number.
  public let usesPerPerson: Int?
  /// How often it may be used by all together; `nil` for any number.
  public let usesInAll: Int?
  /// Of the coupons of one group only the first that applies takes effect.
  public let stackGroup: String?
  /// Lower comes first.
  public let priority: Int
  /// Whether the use is given back when all goods of the sale come back.
  public let returnsOnFullReturn: Bool
  /// What its adjustments say of it.
  let source: AdjustmentSource

  public init(
    id: CouponID, code: String, name: String, nameEn: String, kind: CouponKind,
    payer: AdjustmentPayer, holder: CouponHolder = .anyone, minimumSpend: Money = .zero,
    goods: GoodsSet = .all, window: UseWindow = .always, usesPerPerson: Int? = nil,
    usesInAll: Int? = nil, stackGroup: String? = nil, priority: Int = 0,
    returnsOnFullReturn: Bool = false
  ) {
    self.id = id
    self.code = code
    self.name = name
    self.nameEn = nameEn
    self.kind = kind
    self.payer = payer
    self.holder = holder
    self.minimumSpend = minimumSpend
    self.goods = goods
    self.window = window
    self.usesPerPerson = usesPerPerson
    self.usesInAll = usesInAll
    self.stackGroup = stackGroup
    self.priority = priority
    self.returnsOnFullReturn = returnsOnFullReturn
    source = .coupon(id.text)
  }
}

/// What a coupon takes off.
public enum CouponKind: Equatable, Sendable {
  /// A share of each line's net, off (会员折扣券): 1,000 basis points take a tenth off.
  case memberPercent(BasisPoints)
  /// An amount off its goods together (电子券).
  case amountOff(Money)
}

/// For whom a coupon is.
public enum CouponHolder: Equatable, Sendable {
  case anyone
  /// Any member who is named at the sale.
  case members
  case member(MemberID)
}

/// A coupon shown at the till, with how often it was used before.
public struct CouponOffer: Equatable, Sendable {
  public let terms: CouponTerms
  /// Uses so far, by everyone.
  public let usesInAll: Int
  /// Uses so far by the member of the sale; zero without one.
  public let usesByMember: Int
  /// Whether a manager ended it before its time.
  public let isEnded: Bool

  public init(
    terms: CouponTerms, usesInAll: Int = 0, usesByMember: Int = 0, isEnded: Bool = false
  ) {
    self.terms = terms
    self.usesInAll = usesInAll
    self.usesByMember = usesByMember
    self.isEnded = isEnded
  }
}

/// Why a coupon does not apply. The checks are made in the order of the cases.
public enum CouponRefusal: Equatable, Sendable {
  case ended
  /// It is for a member, and none or another was named.
  case memberNeeded
  case notYetValid(from: BusinessDate)
  case expired(until: BusinessDate)
  case notOnThisWeekday
  case notAtThisHour
  case notAtThisStation
  /// It was used as often as it may be, by everyone together.
  case usedUp
  /// This member has used it as often as one may.
  case usedUpByMember
  /// A coupon of its group applied before it.
  case groupTaken(String)
  case noEligibleGoods
  case belowMinimumSpend(needed: Money, spent: Money)
  /// It would take nothing off.
  case nothingOff
}

/// What became of a coupon that was shown: what it took off, or why it did not apply.
public struct CouponOutcome: Equatable, Sendable {
  /// All that were shown: one array is held quicker than the many parts of one coupon's terms.
  private let shown: [CouponOffer]
  private let index: Int
  /// What it took off, above zero; zero if it did not apply.
  public let amount: Money
  /// `nil` if it applied.
  public let refusal: CouponRefusal?

  init(of index: Int, in shown: [CouponOffer], amount: Money, refusal: CouponRefusal?) {
    self.shown = shown
    self.index = index
    self.amount = amount
    self.refusal = refusal
  }

  public var terms: CouponTerms { shown[index].terms }

  public static func == (one: CouponOutcome, other: CouponOutcome) -> Bool {
    one.terms == other.terms && one.amount == other.amount && one.refusal == other.refusal
  }
}

/// A coupon that a sale used, as the sale keeps it; its shares are adjustments of the lines.
public struct AppliedCoupon: Equatable, Sendable {
  public let id: CouponID
  /// What it took off, above zero.
  public let amount: Money
  /// Whether the use is given back when all goods of the sale come back.
  public let returnsOnFullReturn: Bool

  public init(id: CouponID, amount: Money, returnsOnFullReturn: Bool) {
    self.id = id
    self.amount = amount
    self.returnsOnFullReturn = returnsOnFullReturn
  }

  init(_ outcome: CouponOutcome) {
    self.init(
      id: outcome.terms.id, amount: outcome.amount,
      returnsOnFullReturn: outcome.terms.returnsOnFullReturn)
  }
}
