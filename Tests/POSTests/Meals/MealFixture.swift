import POS

/// Meals as tests write them: minutes of a day, small numbers for people and centres.
enum MealFixture {
  static let date = BusinessDate(daysSince1970: 20_779)
  static let old = PersonFacts(
    name: "张英", birthDate: BusinessDate(daysSince1970: -10_000), isResident: true, categories: [],
    deceasedOn: nil)

  /// A moment of the day by the wall clock.
  static func at(_ hour: Int, _ minute: Int, _ second: Int = 0, dayAfter: Int = 0) -> Int64 {
    let days = Int64(date.daysSince1970 + dayAfter)
    return days * 86_400_000 - BusinessDate.offsetMs
      + Int64(hour * 3600 + minute * 60 + second) * 1000
  }

  static func pass(
    _ id: Int, centre: Int = 1, _ atMs: Int64, receivedAtMs: Int64? = nil, isLive: Bool = true,
    isClockDoubtful: Bool = false
  ) -> MealPass {
    MealPass(
      id: Fixture.id(1000 + id), key: "\(id)", centreID: Fixture.id(10 + centre),
      terminalID: Fixture.id(20 + centre), number: "0001764", personID: Fixture.id(500),
      atMs: atMs, receivedAtMs: receivedAtMs ?? atMs, isLive: isLive, way: .face,
      isClockDoubtful: isClockDoubtful)
  }

  static func event(
    _ pass: MealPass, isEnrolled: Bool = true, _ ruling: MealRuling? = nil,
    fixed: MealDecision? = nil
  ) -> MealEvent {
    MealEvent(
      pass, isEnrolled: isEnrolled, ruling: ruling.map { RulingInOrder($0, order: 1) }, fixed: fixed
    )
  }

  static func decide(
    _ events: [MealEvent], person: PersonFacts? = old, account: MealAccount = .empty,
    meals: MealPolicy = .erqi
  ) -> [MealDecision] {
    Meals.decide(
      events, of: Diner(person: person, carried: account),
      policies: PolicyTimeline(first: policy(meals)))
  }

  static func policy(_ meals: MealPolicy) -> CharityPolicy {
    CharityPolicy(
      id: "test", effectiveFrom: BusinessDate(daysSince1970: 0),
      concessionRate: BasisPoints(2000), concessionDestination: .toShopper,
      pledgeRate: BasisPoints(200), cashRounding: .none, refundLimit: Money(fen: 5000),
      dayCutMinutes: 0, meals: meals)
  }

  /// Lunch and dinner, and a repeat window as usual.
  static let twoPeriods = MealPolicy(
    periods: [
      MealPeriod(
        code: "lunch", name: "午餐", nameEn: "Lunch", fromMinute: 630, untilMinute: 810,
        price: Money(fen: 1000)),
      MealPeriod(
        code: "dinner", name: "晚餐", nameEn: "Dinner", fromMinute: 1020, untilMinute: 1140,
        price: Money(fen: 800)),
    ], subsidies: MealPolicy.erqi.subsidies, creditLimit: Money(fen: 2000))

  static let subsidised = MealCharge(
    price: Money(fen: 1000), subsidy: age70, way: .onAccount)
  static let age70 = MealSubsidy(rule: "age70", funder: "district", amount: Money(fen: 300))
  static let fullPrice = MealCharge(price: Money(fen: 1000), subsidy: nil, way: .onAccount)
}
