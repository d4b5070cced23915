import POS
import Testing

@Suite struct MealClaimCheckTests {
  private static let first = BusinessDate(daysSince1970: 20_000)

  private func meal(
    _ id: Int, centre: Int = 1, person: Int? = nil, day: Int = 0, second: Int64 = 0,
    isByFace: Bool = true, deceasedOn: BusinessDate? = nil
  ) -> ClaimedMeal {
    ClaimedMeal(
      id: Fixture.id(1000 + id), centreID: Fixture.id(centre),
      personID: Fixture.id(500 + (person ?? id)),
      date: BusinessDate(daysSince1970: Self.first.daysSince1970 + day), period: "lunch",
      atMs: 1_728_000_000_000 + Int64(day) * 86_400_000 + second * 1000, isByFace: isByFace,
      isByTerminal: true, deceasedOn: deceasedOn)
  }

  private func found(
    _ kind: MealClaimCheck.Kind, _ meals: [ClaimedMeal], enrolled: Int = 100, days: Int = 1
  ) -> MealClaimCheck? {
    let last = BusinessDate(daysSince1970: Self.first.daysSince1970 + days - 1)
    return MealClaimCheck.all(meals, days: Self.first...last) { _, _ in enrolled }
      .first { $0.kind == kind && $0.centreID == Fixture.id(1) }
  }

  @Test(arguments: [(3, true), (2, false)])
  func noMoreMealsThanPeopleEnrolled(enrolled: Int, isOK: Bool) {
    let meals = (1...3).map { meal($0, second: Int64($0) * 60) }

    #expect(found(.moreMealsThanEnrolled, meals, enrolled: enrolled)?.isOK == isOK)
  }

  @Test func aPersonAtTwoCentresIsFound() {
    let made = found(.twoCentres, [meal(1, person: 9), meal(2, centre: 2, person: 9), meal(3)])

    #expect(made?.meals == [Fixture.id(1001)])
  }

  @Test(arguments: [(2, true), (3, false)])
  func manyPeopleInOneSecondAreFound(count: Int, isOK: Bool) {
    let meals = (1...count).map { meal($0, second: 30) } + [meal(9, second: 31)]

    #expect(found(.burst, meals)?.isOK == isOK)
  }

  @Test(arguments: [(-1, false), (0, false), (1, true)])
  func mealsOfTheDeadAreFound(daysAfter: Int, isOK: Bool) {
    let died = BusinessDate(daysSince1970: Self.first.daysSince1970 + daysAfter)

    #expect(found(.deceased, [meal(1, deceasedOn: died)])?.isOK == isOK)
  }

  @Test(arguments: [(27, 27, true), (28, 28, false), (28, 27, true)])
  func aMonthWithoutABreakIsFound(days: Int, eaten: Int, isOK: Bool) {
    let meals = (0..<eaten).map { meal($0, person: 1, day: $0) }

    #expect(found(.everyDay, meals, days: days)?.isOK == isOK)
  }

  @Test(arguments: [(1, true), (2, false)])
  func oneInFiveMayBeWithoutAFace(faceless: Int, isOK: Bool) {
    let meals = (1...5).map { meal($0, second: Int64($0) * 60, isByFace: $0 > faceless) }

    #expect(found(.notByFace, meals)?.isOK == isOK)
  }
}
