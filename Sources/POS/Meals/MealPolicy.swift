/// What meals cost, when, and who bears how much of them: the part of a policy that is about meals.
public struct MealPolicy: Equatable, Sendable {
  /// In the order of their hours, without overlap.
  public let periods: [MealPeriod]
  /// Of equal amounts the earlier one counts.
  public let subsidies: [SubsidyRule]
  /// From a recorded meal, both ends included: another pass is the same meal.
  public let repeatMinutes: Int
  /// What a terminal's clock may be off, both ways, and ahead of ours.
  public let clockToleranceMinutes: Int
  /// What a person may owe for meals.
  public let creditLimit: Money

  public init(
    periods: [MealPeriod], subsidies: [SubsidyRule], repeatMinutes: Int = 10,
    clockToleranceMinutes: Int = 5, creditLimit: Money
  ) {
    self.periods = periods
    self.subsidies = subsidies
    self.repeatMinutes = repeatMinutes
    self.clockToleranceMinutes = clockToleranceMinutes
    self.creditLimit = creditLimit
  }

  /// The defaults of Erqi: lunch at 10.00 from 10:30 to 13:30; 3.00 a day for residents from 70 on;
  /// up to 50.00 on account.
  public static let erqi = MealPolicy(
    periods: [
      MealPeriod(
        code: "lunch", name: "午餐", nameEn: "Lunch", fromMinute: 630, untilMinute: 810,
        price: Money(fen: 1000))
    ],
    subsidies: [
      SubsidyRule(
        code: "age70", amount: Money(fen: 300), funder: "district", minimumAge: 70,
        isForResidents: true)
    ],
    creditLimit: Money(fen: 5000))

  /// The period of a moment of the wall clock; `nil` outside meal hours.
  public func period(atMs: Int64) -> MealPeriod? {
    let minute = Self.minuteOfDay(atMs)
    return periods.first { ($0.fromMinute..<$0.untilMinute).contains(minute) }
  }

  private static func minuteOfDay(_ atMs: Int64) -> Int {
    let dayMs: Int64 = 86_400_000
    let localMs = (atMs + BusinessDate.offsetMs) % dayMs
    return Int((localMs + dayMs) % dayMs / 60_000)
  }

  /// The subsidy for a meal: the greatest that applies, never more than its price.
  ///
  /// - Parameter isGivenToday: whether a meal of the day has a subsidy already.
  public func subsidy(
    for person: PersonFacts, on date: BusinessDate, price: Money, isGivenToday: Bool
  ) -> MealSubsidy? {
    var best: MealSubsidy?
    for rule in subsidies where rule.applies(to: person, on: date) {
      if isGivenToday, rule.isOnceADay { continue }
      let amount = min(rule.amount, price)
      if amount > (best?.amount ?? .zero) {
        best = MealSubsidy(rule: rule.code, funder: rule.funder, amount: amount)
      }
    }
    return best
  }

  /// Whether its numbers can be: periods in order, and no day that ends within one (RULES 1).
  public func isValid(dayCutMinutes: Int) -> Bool {
    let inOrder = zip(periods, periods.dropFirst()).allSatisfy { $0.untilMinute <= $1.fromMinute }
    return inOrder && Set(periods.map(\.code)).count == periods.count
      && Set(subsidies.map(\.code)).count == subsidies.count
      && periods.allSatisfy {
        $0.isValid && !($0.fromMinute + 1..<$0.untilMinute).contains(dayCutMinutes)
      }
      && subsidies.allSatisfy(\.isValid) && (0...120).contains(repeatMinutes)
      && (0...120).contains(clockToleranceMinutes)
      && (0...Limits.tenderFen).contains(creditLimit.fen)
  }
}

/// A part of the day in which meals are given out, and their price.
public struct MealPeriod: Equatable, Sendable {
  /// A word: `breakfast`, `lunch`, `dinner`.
  public let code: String
  public let name: String
  public let nameEn: String
  /// Minutes after midnight, included.
  public let fromMinute: Int
  /// Minutes after midnight, not included.
  public let untilMinute: Int
  public let price: Money

  public init(
    code: String, name: String, nameEn: String, fromMinute: Int, untilMinute: Int, price: Money
  ) {
    self.code = code
    self.name = name
    self.nameEn = nameEn
    self.fromMinute = fromMinute
    self.untilMinute = untilMinute
    self.price = price
  }

  fileprivate var isValid: Bool {
    isWord(code) && !name.isEmpty && 0 <= fromMinute && fromMinute < untilMinute
      && untilMinute <= 1440 && (1...Limits.unitPriceFen).contains(price.fen)
  }
}

/// Who gets how much of a meal paid, and by whom.
public struct SubsidyRule: Equatable, Sendable {
  /// A word: `age70`.
  public let code: String
  public let amount: Money
  /// Whom it is claimed from, a word: `district`.
  public let funder: String
  /// From the day a person is this old; `nil` for any age.
  public let minimumAge: Int?
  /// Only for residents of the district.
  public let isForResidents: Bool
  /// Only for people of this category; `nil` for all.
  public let category: String?
  /// Not for a meal of a day that has a subsidised one; else for each meal.
  public let isOnceADay: Bool

  public init(
    code: String, amount: Money, funder: String, minimumAge: Int? = nil,
    isForResidents: Bool = false, category: String? = nil, isOnceADay: Bool = true
  ) {
    self.code = code
    self.amount = amount
    self.funder = funder
    self.minimumAge = minimumAge
    self.isForResidents = isForResidents
    self.category = category
    self.isOnceADay = isOnceADay
  }

  /// Whether a person fulfils its conditions on a day.
  public func applies(to person: PersonFacts, on date: BusinessDate) -> Bool {
    if let minimumAge, age(of: person.birthDate, on: date) < minimumAge { return false }
    if isForResidents, !person.isResident { return false }
    if let category, !person.categories.contains(category) { return false }
    return true
  }

  fileprivate var isValid: Bool {
    isWord(code) && isWord(funder) && (1...Limits.unitPriceFen).contains(amount.fen)
      && (minimumAge.map { (0...150).contains($0) } ?? true)
  }
}

/// Full years of age on a day: the birthday counts; of 29 February, in other years from 1 March.
public func age(of birthDate: BusinessDate, on date: BusinessDate) -> Int {
  let isBefore = (date.month, date.day) < (birthDate.month, birthDate.day)
  return date.year - birthDate.year - (isBefore ? 1 : 0)
}

/// A word of policy that may be part of an account's name.
private func isWord(_ text: String) -> Bool {
  (1...40).contains(text.utf8.count)
    && text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0)
        || $0 == UInt8(ascii: "-")
    }
}
