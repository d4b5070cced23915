/// The rules that may differ from one district to the next, as data with an effective date.
///
/// A policy is stored once and never changed; every sale names the one it was priced with, and a
/// return uses that of its sale.
public struct CharityPolicy: Equatable, Sendable {
  /// A short name, unique: `erqi-2026`.
  public let id: String
  /// The first business day it is for.
  public let effectiveFrom: BusinessDate
  /// How far the station price is below the list price (让利).
  public let concessionRate: BasisPoints
  public let concessionDestination: ConcessionDestination
  /// The share of what was paid for goods that goes to the charity fund.
  public let pledgeRate: BasisPoints
  public let cashRounding: CashRounding
  /// What a cashier may refund in one return without a manager.
  public let refundLimit: Money
  /// Minutes after midnight that still count for the day before.
  public let dayCutMinutes: Int
  /// What a drawer may be over or short at its count without a manager.
  public let overShortTolerance: Money
  /// What is about meals.
  public let meals: MealPolicy
  /// Categories that no relief money pays for, whatever a programme allows (RULES 3).
  public var reliefDeniedCategories: Set<String> { reliefDenied.words }
  let reliefDenied: CategorySet

  /// Alcohol and tobacco, as catalogues call them, where a policy does not say.
  public static let standardReliefDenied: Set<String> = [
    "烟", "酒", "烟酒", "烟草", "香烟", "卷烟", "酒类", "白酒", "啤酒", "葡萄酒", "黄酒",
  ]
  /// The tolerance where a policy does not say: 5.00.
  public static let standardTolerance = Money(fen: 500)

  public init(
    id: String, effectiveFrom: BusinessDate, concessionRate: BasisPoints,
    concessionDestination: ConcessionDestination, pledgeRate: BasisPoints,
    cashRounding: CashRounding, refundLimit: Money, dayCutMinutes: Int,
    overShortTolerance: Money = standardTolerance, meals: MealPolicy = .erqi,
    reliefDeniedCategories: Set<String> = standardReliefDenied
  ) {
    self.id = id
    self.effectiveFrom = effectiveFrom
    self.concessionRate = concessionRate
    self.concessionDestination = concessionDestination
    self.pledgeRate = pledgeRate
    self.cashRounding = cashRounding
    self.refundLimit = refundLimit
    self.dayCutMinutes = dayCutMinutes
    self.overShortTolerance = overShortTolerance
    self.meals = meals
    reliefDenied = CategorySet(reliefDeniedCategories)
  }

  /// The defaults of the Erqi charity stations: 20 % concession to the shopper, 2 % pledge, no
  /// cash rounding, refunds up to 50.00 without a manager, the day ends at midnight, a drawer may be
  /// off by 5.00, no relief money for alcohol and tobacco.
  public static let erqi = CharityPolicy(
    id: "erqi-default", effectiveFrom: BusinessDate(daysSince1970: 0),
    concessionRate: BasisPoints(2000), concessionDestination: .toShopper,
    pledgeRate: BasisPoints(200), cashRounding: .none, refundLimit: Money(fen: 5000),
    dayCutMinutes: 0)

  /// The business day of a moment: the local date less the cut (RULES 1).
  public func date(atMs: Int64) -> BusinessDate {
    BusinessDate(atMs: atMs, cutMinutes: dayCutMinutes)
  }

  /// The price on the shelf label: `halfUp(list × (1 − concession))`, per unit (RULES 2).
  public func stationPrice(of listPrice: Money) -> Money {
    listPrice.rated(concessionRate.complement, .halfUp)
  }

  /// What a paid amount gives to the fund.
  public func pledge(on paid: Money) -> MicroYuan { MicroYuan(share: pledgeRate, of: paid) }
}

/// Where the concession goes (RULES 2).
public enum ConcessionDestination: String, CaseIterable, Sendable {
  /// The shopper pays the station price.
  case toShopper
  /// The shopper pays the list price, and the concession is owed to the relief fund.
  case toReliefFund
}

/// How the cash part of a bill is rounded (抹零, RULES 3).
public enum CashRounding: String, CaseIterable, Sendable {
  case none
  case downToJiao
  case downToYuan
  case nearestJiao

  /// The smallest coin this policy leaves in use, in fen.
  public var smallestCoinFen: Int64 {
    switch self {
    case .none: 1
    case .downToJiao, .nearestJiao: 10
    case .downToYuan: 100
    }
  }

  /// The cash to pay for this part of a bill; never zero unless the part is.
  public func rounded(_ part: Money) -> Money {
    let direction: Rounding = self == .nearestJiao ? .halfUp : .down
    let fen = direction.multiple(of: smallestCoinFen, near: part.fen)
    return fen == 0 ? part : Money(fen: fen)
  }
}
