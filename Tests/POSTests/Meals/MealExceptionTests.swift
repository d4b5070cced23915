import POS
import Testing

@Suite struct MealExceptionTests {
  private typealias F = MealFixture

  private func verdict(
    _ pass: MealPass, isEnrolled: Bool = true, person: PersonFacts? = F.old
  ) -> MealVerdict {
    F.decide([F.event(pass, isEnrolled: isEnrolled)], person: person)[0].verdict
  }

  @Test func aPersonNobodyKnowsIsAnException() {
    let made = verdict(F.pass(1, F.at(11, 30)), isEnrolled: false, person: nil)

    #expect(made == .exception(.unknownPerson))
  }

  @Test func aPersonNotEnrolledOnThatDayIsAnException() {
    #expect(verdict(F.pass(1, F.at(11, 30)), isEnrolled: false) == .exception(.notEnrolled))
  }

  @Test(arguments: [(-1, true), (0, true), (1, false)])
  func theDayOfDeathIsIncluded(daysAfter: Int, isDeceased: Bool) {
    let person = PersonFacts(
      name: "", birthDate: F.old.birthDate, isResident: true, categories: [],
      deceasedOn: BusinessDate(daysSince1970: F.date.daysSince1970 + daysAfter))

    let made = verdict(F.pass(1, F.at(11, 30)), person: person)

    #expect((made == .exception(.deceased)) == isDeceased)
  }

  @Test(
    arguments: [
      (-300, true, nil), (-301, true, .clockOff), (300, true, nil), (301, true, .clockOff),
      (-86_400, false, nil), (300, false, nil), (301, false, .inFuture),
    ] as [(Int, Bool, MealException?)])
  func aClockIsOffByMoreThanFiveMinutes(
    seconds: Int, isLive: Bool, exception: MealException?
  ) {
    let receivedAtMs = F.at(11, 30)
    let pass = F.pass(
      1, receivedAtMs + Int64(seconds) * 1000, receivedAtMs: receivedAtMs, isLive: isLive)

    let made = verdict(pass)

    if let exception {
      #expect(made == .exception(exception))
    } else {
      #expect(made.word == "served")
    }
  }

  @Test func aDoubtfulClockIsAnException() {
    let pass = F.pass(1, F.at(11, 30), isLive: false, isClockDoubtful: true)

    #expect(verdict(pass) == .exception(.clockOff))
  }

  @Test func anExceptionStartsNoWindow() {
    let made = F.decide([
      F.event(F.pass(1, F.at(10, 25))), F.event(F.pass(2, F.at(10, 31))),
    ])

    #expect(made.map(\.verdict.word) == ["exception", "served"])
  }

  @Test func whatAClosedDayDecidedStays() {
    let closed = F.decide([F.event(F.pass(1, F.at(12, 0)))])[0]

    let made = F.decide([
      F.event(F.pass(1, F.at(12, 0)), fixed: closed),
      F.event(F.pass(2, F.at(11, 30), receivedAtMs: F.at(9, 0, dayAfter: 2), isLive: false)),
      F.event(F.pass(3, F.at(11, 55), receivedAtMs: F.at(9, 0, dayAfter: 2), isLive: false)),
      F.event(
        F.pass(4, centre: 2, F.at(11, 0), receivedAtMs: F.at(9, 0, dayAfter: 2), isLive: false)),
    ])

    let of = Fixture.id(1001) as MealPassID
    #expect(made.map(\.passID) == [4, 2, 3, 1].map { Fixture.id(1000 + $0) })
    #expect(
      made.map(\.verdict) == [
        .conflict(with: of, period: "lunch"), .second(of: of, period: "lunch"),
        .repeated(of: of), .served(period: "lunch"),
      ])
    #expect(made.map(\.charge) == [nil, nil, nil, F.subsidised])
  }

  @Test func aMealOfAClosedDayCanStillBeDismissed() {
    let closed = F.decide([F.event(F.pass(1, F.at(12, 0)))])[0]

    let made = F.decide([
      F.event(F.pass(1, F.at(12, 0)), .dismissed, fixed: closed),
      F.event(F.pass(2, F.at(11, 30), receivedAtMs: F.at(9, 0, dayAfter: 2), isLive: false)),
    ])

    #expect(made.map(\.charge) == [F.subsidised, nil])
  }

  @Test func aMealOfAClosedDayIsChargedAsItWasOnceItIsConfirmed() {
    let events = [F.event(F.pass(1, F.at(11, 0))), F.event(F.pass(2, F.at(12, 0)))]
    let closed = F.decide(events)

    let made = F.decide([
      F.event(F.pass(1, F.at(11, 0)), fixed: closed[0]),
      F.event(F.pass(2, F.at(12, 0)), .confirmed, fixed: closed[1]),
    ])

    #expect(made.map(\.charge) == [F.subsidised, F.fullPrice])
  }

  @Test func aDayDoesNotEndWithinAMealPeriod() {
    let early = MealPolicy(
      periods: [
        MealPeriod(
          code: "night", name: "夜宵", nameEn: "Night", fromMinute: 0, untilMinute: 120,
          price: Money(fen: 500))
      ], subsidies: [], creditLimit: .zero)
    #expect(early.isValid(dayCutMinutes: 0) && early.isValid(dayCutMinutes: 120))
    #expect(!early.isValid(dayCutMinutes: 1) && !early.isValid(dayCutMinutes: 119))
  }

  @Test func aPolicyOfMealsIsReadAsItWasWritten() throws {
    let policy = F.policy(F.twoPeriods)

    let read = try #require(CharityPolicy(json: try JSON(parsing: policy.json.canonicalBytes())))

    #expect(read == policy)
    #expect(CharityPolicy.erqi.json["meals"] == nil)
    #expect(CharityPolicy(json: .members(["meals": ["x"]])) == nil)
  }
}
