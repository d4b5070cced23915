/// What is decided about a pass.
public struct MealDecision: Equatable, Sendable {
  public let passID: MealPassID
  /// Whose meal it is; `nil` for an unknown person.
  public let personID: PersonID?
  public let centreID: CentreID
  public let atMs: Int64
  /// The business day it happened on.
  public let date: BusinessDate
  public let verdict: MealVerdict
  /// What people said of the meal last; `nil` if nobody did.
  public let ruling: MealRuling?
  /// What it costs; `nil` if nothing.
  public let charge: MealCharge?

  public init(
    passID: MealPassID, personID: PersonID?, centreID: CentreID, atMs: Int64, date: BusinessDate,
    verdict: MealVerdict, ruling: MealRuling?, charge: MealCharge?
  ) {
    self.passID = passID
    self.personID = personID
    self.centreID = centreID
    self.atMs = atMs
    self.date = date
    self.verdict = verdict
    self.ruling = ruling
    self.charge = charge
  }

  /// Whether somebody has to look at it: it is neither charged nor dismissed, nor part of a meal.
  public var isWaiting: Bool {
    switch verdict {
    case .served, .repeated: false
    case .second, .conflict: charge == nil && ruling != .dismissed
    case .exception: ruling != .dismissed
    }
  }
}

/// What a pass is.
public enum MealVerdict: Hashable, Sendable {
  /// A meal, in a period by its code.
  case served(period: String)
  /// The same meal as another pass of the same centre.
  case repeated(of: MealPassID)
  /// Another meal at the same centre in a period: full price, charged only when confirmed.
  case second(of: MealPassID, period: String)
  /// A meal at another centre in a period: charged only when settled.
  case conflict(with: MealPassID, period: String)
  /// No meal, for this reason.
  case exception(MealException)

  /// One word, as records and tables keep it.
  public var word: String {
    switch self {
    case .served: "served"
    case .repeated: "repeat"
    case .second: "second"
    case .conflict: "conflict"
    case .exception: "exception"
    }
  }

  /// The pass it is the same as, second to or in conflict with.
  public var otherPass: MealPassID? {
    switch self {
    case .repeated(let other), .second(let other, _), .conflict(let other, _): other
    case .served, .exception: nil
    }
  }

  /// The meal period, of those that are meals.
  public var period: String? {
    switch self {
    case .served(let period), .second(_, let period), .conflict(_, let period): period
    case .repeated, .exception: nil
    }
  }
}

/// Why a pass is no meal, in the order of the checks. A pass within the repeat window of a meal is
/// looked for before `outsideHours`.
public enum MealException: String, CaseIterable, Sendable {
  /// Nobody ever had this number at the centre.
  case unknownPerson
  /// The number's person is not enrolled on that day.
  case notEnrolled
  /// The person died on that day or before.
  case deceased
  /// The terminal's clock was off.
  case clockOff
  /// It says it happened later than now.
  case inFuture
  /// No meals are given out at that time.
  case outsideHours

  /// The reason in Chinese, as pages and reports show it.
  public var name: String {
    switch self {
    case .unknownPerson: "未登记的人员"
    case .notEnrolled: "当日不在登记有效期内"
    case .deceased: "人员已登记离世"
    case .clockOff: "终端时钟不准"
    case .inFuture: "时间晚于当前时间"
    case .outsideHours: "不在供餐时段"
    }
  }

  /// The reason in English.
  public var nameEn: String {
    switch self {
    case .unknownPerson: "unknown person"
    case .notEnrolled: "not enrolled on that day"
    case .deceased: "recorded as deceased"
    case .clockOff: "terminal clock is off"
    case .inFuture: "time is in the future"
    case .outsideHours: "outside meal hours"
    }
  }
}

/// What people say of a meal; the last word counts.
public enum MealRuling: String, CaseIterable, Sendable {
  /// A second meal was eaten, and is charged.
  case confirmed
  /// A meal in conflict was eaten, and is charged.
  case settled
  /// No meal of this person: charged nothing, and as if it had not been. An exception: looked at.
  case dismissed
}

/// What a meal costs, and who pays.
public struct MealCharge: Hashable, Sendable {
  /// How the person's part is paid.
  public enum Way: String, CaseIterable, Sendable {
    /// Nothing is left to pay.
    case free
    /// From the meal account.
    case account
    /// Owed, within the credit limit.
    case onAccount
    /// Owed beyond the limit: to be paid at the till now.
    case atTill
  }

  public let price: Money
  public let subsidy: MealSubsidy?
  public let way: Way

  public init(price: Money, subsidy: MealSubsidy?, way: Way) {
    self.price = price
    self.subsidy = subsidy
    self.way = way
  }

  /// The person's part.
  public var rest: Money { price - (subsidy?.amount ?? .zero) }
}

/// What a funder bears of a meal.
public struct MealSubsidy: Hashable, Sendable {
  /// The rule it follows from, by its code.
  public let rule: String
  public let funder: String
  public let amount: Money

  public init(rule: String, funder: String, amount: Money) {
    self.rule = rule
    self.funder = funder
    self.amount = amount
  }
}
