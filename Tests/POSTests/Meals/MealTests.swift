import POS
import Testing

@Suite struct MealTests {
  private typealias F = MealFixture

  private func verdicts(_ decisions: [MealDecision]) -> [MealVerdict] { decisions.map(\.verdict) }

  @Test func aMealIsServedWithItsSubsidy() {
    let made = F.decide([F.event(F.pass(1, F.at(11, 30)))])

    #expect(verdicts(made) == [.served(period: "lunch")])
    #expect(made[0].charge == F.subsidised)
    #expect(made[0].date == F.date)
  }

  @Test(
    arguments: [(0, true), (1, true), (599, true), (600, true), (601, false), (1200, false)])
  func withinTenMinutesItIsTheSameMeal(seconds: Int, isSame: Bool) {
    let made = F.decide([
      F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, F.at(11, 30, seconds))),
    ])

    let expected: MealVerdict =
      isSame
      ? .repeated(of: Fixture.id(1001)) : .second(of: Fixture.id(1001), period: "lunch")
    #expect(made[1].verdict == expected)
    #expect(made[1].charge == nil)
    #expect(made[1].isWaiting == !isSame)
  }

  @Test func theWindowRunsFromTheRecordedMealNotFromTheLastRepeat() {
    let made = F.decide([
      F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, F.at(11, 39))),
      F.event(F.pass(3, F.at(11, 41))), F.event(F.pass(4, F.at(11, 45))),
    ])

    #expect(
      verdicts(made) == [
        .served(period: "lunch"), .repeated(of: Fixture.id(1001)),
        .second(of: Fixture.id(1001), period: "lunch"), .repeated(of: Fixture.id(1003)),
      ])
  }

  @Test func aRepeatIsLookedForBeforeMealHours() {
    let made = F.decide([
      F.event(F.pass(1, F.at(10, 29, 59))), F.event(F.pass(2, F.at(13, 25))),
      F.event(F.pass(3, F.at(13, 31))), F.event(F.pass(4, F.at(13, 36))),
    ])

    #expect(
      verdicts(made) == [
        .exception(.outsideHours), .served(period: "lunch"), .repeated(of: Fixture.id(1002)),
        .exception(.outsideHours),
      ])
  }

  @Test(arguments: [(10, 29, false), (10, 30, true), (13, 29, true), (13, 30, false)])
  func hoursIncludeTheStartNotTheEnd(hour: Int, minute: Int, isMeal: Bool) {
    let made = F.decide([F.event(F.pass(1, F.at(hour, minute)))])

    #expect((made[0].charge != nil) == isMeal)
  }

  @Test func aSecondMealIsChargedOnlyWhenConfirmedAndAtFullPrice() {
    func made(_ ruling: MealRuling?) -> MealDecision {
      F.decide([
        F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, F.at(12, 0)), ruling),
      ])[1]
    }

    #expect(made(nil).charge == nil && made(nil).isWaiting)
    #expect(made(.confirmed).charge == F.fullPrice)
    #expect(made(.settled).charge == nil)
    #expect(made(.dismissed).charge == nil && !made(.dismissed).isWaiting)
  }

  @Test func anotherCentreInTheSamePeriodIsAConflictChargedOnlyWhenSettled() {
    func made(_ ruling: MealRuling?) -> MealDecision {
      F.decide([
        F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, centre: 2, F.at(11, 31)), ruling),
      ])[1]
    }

    #expect(made(nil).verdict == .conflict(with: Fixture.id(1001), period: "lunch"))
    #expect(made(nil).charge == nil && made(nil).isWaiting)
    #expect(made(.confirmed).charge == nil)
    #expect(made(.settled).charge == F.fullPrice)
  }

  @Test func aWordOnARepeatIsAWordOnItsMeal() {
    let made = F.decide([
      F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, F.at(11, 55))),
      F.event(F.pass(3, F.at(12, 0)), .confirmed),
    ])

    #expect(made[1].charge == F.fullPrice)
    #expect(made[2].charge == nil)
  }

  @Test func whatIsDismissedIsAsIfItHadNotBeen() {
    let made = F.decide([
      F.event(F.pass(1, F.at(11, 30)), .dismissed), F.event(F.pass(2, F.at(11, 32))),
      F.event(F.pass(3, centre: 2, F.at(11, 50))),
    ])

    #expect(
      verdicts(made) == [
        .served(period: "lunch"), .repeated(of: Fixture.id(1001)), .served(period: "lunch"),
      ])
    #expect(made.map(\.charge) == [nil, nil, F.subsidised])
  }

  @Test func theSubsidyIsOnceADay() {
    let made = F.decide(
      [F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, centre: 2, F.at(17, 30)))],
      meals: F.twoPeriods)

    #expect(made.map { $0.charge?.subsidy } == [F.age70, nil])
    #expect(made.map { $0.charge?.price.fen } == [1000, 800])
  }

  @Test(
    arguments: [
      ("2056-11-22", 69), ("2056-11-21", 70), ("2056-11-20", 70), ("2055-11-22", 70),
    ])
  func theBirthdayCounts(birth: String, years: Int) throws {
    let birthDate = try #require(BusinessDate(birth))

    #expect(age(of: birthDate, on: try #require(BusinessDate("2126-11-21"))) == years)
  }

  @Test(
    arguments: [
      ("2026-02-28", 69), ("2026-03-01", 70), ("2028-02-28", 71), ("2028-02-29", 72),
    ])
  func bornOnALeapDayIsOlderFromTheFirstOfMarch(on: String, years: Int) throws {
    // 29 February 1956 is 5,055 days before 1970.
    let birth = BusinessDate(daysSince1970: -5055)
    #expect(birth.description == "1956-02-29")

    #expect(age(of: birth, on: try #require(BusinessDate(on))) == years)
  }

  @Test func ofSeveralSubsidiesTheGreatestAppliesAndNeverMoreThanThePrice() {
    let rules = [
      SubsidyRule(code: "a", amount: Money(fen: 300), funder: "x"),
      SubsidyRule(code: "b", amount: Money(fen: 5000), funder: "y", category: "lowIncome"),
      SubsidyRule(code: "c", amount: Money(fen: 5000), funder: "z"),
      SubsidyRule(code: "d", amount: Money(fen: 100), funder: "w", isOnceADay: false),
    ]
    let policy = MealPolicy(
      periods: F.twoPeriods.periods, subsidies: rules, creditLimit: Money(fen: 5000))

    let made = F.decide(
      [F.event(F.pass(1, F.at(11, 30))), F.event(F.pass(2, F.at(17, 30)))], meals: policy)

    let whole = MealSubsidy(rule: "c", funder: "z", amount: Money(fen: 1000))
    #expect(made[0].charge == MealCharge(price: Money(fen: 1000), subsidy: whole, way: .free))
    #expect(made[1].charge?.subsidy?.rule == "d")
  }

  @Test func onlyResidentsAndOnlyFromSeventyOn() {
    func subsidy(_ birthDays: Int, resident: Bool) -> MealSubsidy? {
      let person = PersonFacts(
        name: "", birthDate: BusinessDate(daysSince1970: birthDays), isResident: resident,
        categories: [], deceasedOn: nil)
      return F.decide([F.event(F.pass(1, F.at(11, 30)))], person: person)[0].charge?.subsidy
    }

    #expect(subsidy(-10_000, resident: true) == F.age70)
    #expect(subsidy(-10_000, resident: false) == nil)
    #expect(subsidy(0, resident: true) == nil)
  }

  @Test(
    arguments: [
      (0, 0, MealCharge.Way.onAccount), (699, 0, .onAccount), (700, 0, .account),
      (0, 4300, .onAccount), (0, 4301, .atTill), (699, 4301, .atTill), (700, 9999, .account),
    ])
  func theRestIsPaidWhollyOneWay(balance: Int64, owed: Int64, way: MealCharge.Way) {
    let made = F.decide(
      [F.event(F.pass(1, F.at(11, 30)))],
      account: MealAccount(balance: Money(fen: balance), owed: Money(fen: owed)))

    #expect(made[0].charge == MealCharge(price: Money(fen: 1000), subsidy: F.age70, way: way))
  }

  @Test func anEntrySumsToZeroAndItsOppositeTakesItBack() {
    let charge = MealCharge(price: Money(fen: 1000), subsidy: F.age70, way: .account)

    let made = Entry(mealChanges: [(was: nil, now: charge)])
    let back = Entry(mealChanges: [(was: charge, now: nil), (was: nil, now: charge)])

    #expect(
      made.json == [
        ["income:meals", -10_000_000], ["assets:meal-subsidy:district", 3_000_000],
        ["liabilities:meal-accounts", 7_000_000],
      ])
    #expect(back.postings.isEmpty)
  }
}
