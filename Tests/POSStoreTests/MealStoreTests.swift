import FoundationEssentials
import POS
import Testing

@testable import POSStore

@Suite struct MealStoreTests {
  static let centres: [CentreID] = [StoreFixture.id(30), StoreFixture.id(31)]
  static let person: PersonID = StoreFixture.id(70)
  static let noon = StoreFixture.atMs + 2 * 3_600_000
  let fixture: StoreFixture

  init() async throws {
    fixture = try await StoreFixture()
    for (place, id) in Self.centres.enumerated() {
      _ = try await fixture.store.add(
        Centre(id: id, stationID: StoreFixture.stationID, name: "助餐点\(place)", nameEn: ""),
        by: fixture.manager, request(id.uuid))
    }
    var details = PersonDetails()
    details.name = "王秀英"
    details.isResident = true
    _ = try await fixture.store.add(
      PersonRequest(id: Self.person, personID: Self.person, details: details, content: [1]),
      number: try IdentityNumber("000000193603010018"), by: fixture.manager, atMs: 1)
    for (place, id) in Self.centres.enumerated() {
      try await enrol(40 + place, at: id, number: "0001764")
    }
  }

  private func request(_ id: UUID, atMs: Int64 = noon) -> TillRequest {
    TillRequest(
      request: ClientRequest(id: id, contentHash: fixture.hash(1)), atMs: atMs)
  }

  private func enrol(
    _ id: Int, at centreID: CentreID, number: String, _ person: PersonID = Self.person
  ) async throws {
    let enrolment = Enrolment(
      id: StoreFixture.id(id), centreID: centreID, number: number, personID: person,
      from: try #require(BusinessDate("2026-11-01")), until: nil)
    _ = try await fixture.store.enrol(
      enrolment, by: fixture.manager, request(enrolment.id.uuid))
  }

  private func pass(
    _ id: Int, centre: Int = 0, minutes: Int64, number: String = "0001764", live: Bool = false,
    receivedAtMs: Int64 = noon + 7_200_000
  ) -> MealPass {
    MealPass(
      id: StoreFixture.id(1000 + id), key: "\(id)", centreID: Self.centres[centre],
      terminalID: StoreFixture.id(50), number: number, atMs: Self.noon + minutes * 60_000,
      receivedAtMs: receivedAtMs, isLive: live, way: .face)
  }

  private func judge(_ passes: [MealPass]) async throws -> [MealDecision] {
    try await fixture.store.write { unit in try unit.judge(passes).map(\.decision) }
  }

  private func account() async throws -> MealAccount {
    try #require(try await fixture.store.mealAccount(of: Self.person)).account
  }

  private func row(_ id: Int) async throws -> RecordedMeal {
    try #require(
      try await fixture.store.meal(StoreFixture.id(1000 + id), at: StoreFixture.stationID))
  }

  private func verify() throws { _ = try Verifier(folder: fixture.folder).verify() }

  private func rule(_ ruling: MealRuling, _ id: Int, _ request: Int) async throws {
    let asked: ApprovalID = StoreFixture.id(request)
    _ = try await fixture.store.rule(
      ruling, on: StoreFixture.id(1000 + id), by: fixture.manager, self.request(asked.uuid))
  }

  @Test func aPassIsAMealOnceHoweverOftenItIsSent() async throws {
    let first = try await judge([pass(1, minutes: 0), pass(1, minutes: 0)])
    let again = try await judge([pass(1, minutes: 0)])

    #expect(first[0].charge?.rest == Money(fen: 700))
    #expect(again == [first[0]])
    #expect(try await account() == MealAccount(balance: .zero, owed: Money(fen: 700)))
    try verify()
  }

  @Test func aLatePassOfAnotherCentreTakesTheMealBack() async throws {
    _ = try await judge([pass(1, minutes: 10)])
    let late = try await judge([pass(2, centre: 1, minutes: 0)])

    #expect(late[0].verdict == .served(period: "lunch"))
    #expect(try await row(1).decision.verdict.word == "conflict")
    #expect(try await account() == MealAccount(balance: .zero, owed: Money(fen: 700)))
    try await rule(.settled, 1, 700)
    #expect(try await account() == MealAccount(balance: .zero, owed: Money(fen: 1700)))
    try verify()
  }

  @Test func whatPeopleSayIsBookedAndTakenBack() async throws {
    _ = try await judge([pass(1, minutes: 0), pass(2, minutes: 30)])
    try await rule(.confirmed, 2, 700)
    #expect(try await account().owed == Money(fen: 1700))
    try await rule(.dismissed, 2, 701)
    #expect(try await account().owed == Money(fen: 700))
    await #expect(throws: MealRefusal.rulingDoesNotFit(verdict: "second")) {
      try await rule(.settled, 2, 702)
    }
    try verify()
  }

  @Test func anUnknownNumberWaitsUntilItIsEnrolled() async throws {
    let first = try await judge([pass(1, minutes: 0, number: "77")])
    #expect(first[0].verdict == .exception(.unknownPerson))

    try await enrol(45, at: Self.centres[0], number: "77")

    #expect(try await row(1).decision.verdict == .served(period: "lunch"))
    try verify()
    await #expect(throws: MealRefusal.enrolmentOverlaps(StoreFixture.id(45))) {
      try await enrol(46, at: Self.centres[0], number: "77")
    }
  }

  @discardableResult private func take(
    _ id: Int, _ purpose: MealMoney.Kind, _ fen: Int64, minutes: Int64 = 1
  ) async throws -> StoredEvent {
    let asked: ApprovalID = StoreFixture.id(id)
    return try await fixture.store.take(
      MealDeposit(
        personID: Self.person, purpose: purpose, amount: Money(fen: fen), kind: .cash,
        given: Money(fen: fen), reference: nil), in: StoreFixture.sessionID,
      by: fixture.cashier, request(asked.uuid, atMs: Self.noon + minutes * 60_000)
    ).event
  }

  @discardableResult private func undo(
    _ money: Int, _ id: Int, by user: User? = nil, atMs: Int64 = noon + 3_600_000
  ) async throws -> StoredEvent {
    let asked: ApprovalID = StoreFixture.id(id)
    return try await fixture.store.undo(
      StoreFixture.id(money), by: user ?? fixture.cashier, request(asked.uuid, atMs: atMs)
    ).event
  }

  private func expectedCash() async throws -> Money? {
    try await fixture.store.tillReading(
      id: StoreFixture.sessionID, at: StoreFixture.stationID)?.expectedCash
  }

  @Test func moneyForMealsIsInTheDrawerAndPaysTheNextMeal() async throws {
    _ = try await judge([pass(1, minutes: 0)])
    await #expect(throws: MealRefusal.moreThanOwed(owed: Money(fen: 700))) {
      try await take(700, .payment, 701)
    }
    try await take(701, .payment, 700)
    try await take(702, .topUp, 2000)
    #expect(try await account() == MealAccount(balance: Money(fen: 2000), owed: .zero))
    #expect(try await expectedCash() == Money(fen: 22_700))

    _ = try await judge([pass(2, minutes: 30)])
    try await rule(.confirmed, 2, 703)

    #expect(try await account() == MealAccount(balance: Money(fen: 1000), owed: .zero))
    try verify()
  }

  @Test func whatWasTakenByMistakeIsGivenBackOnce() async throws {
    let taken = try await take(700, .topUp, 5000)
    let undone = try await undo(700, 701)
    #expect(try await undo(700, 701) == undone)
    await #expect(throws: MealRefusal.notToBeUndone) { try await undo(700, 702) }

    #expect(try await account() == .empty)
    #expect(try await expectedCash() == Money(fen: 20_000))
    let date = try #require(BusinessDate("2026-11-21"))
    let lines = try await fixture.store.mealStatement(of: Self.person, days: date...date)
    #expect(lines.map(\.kind) == ["topUp", "topUpUndone"])
    #expect(lines.map(\.change.balance.fen) == [5000, -5000])
    let listed = try await fixture.store.mealMoney(
      of: StoreFixture.sessionID, at: StoreFixture.stationID)
    #expect(listed.map(\.isUndone) == [true])
    #expect(listed.first?.event == taken)
    try verify()
  }

  @Test func aMealThatMistakenMoneyPaidIsJudgedAgain() async throws {
    try await take(700, .topUp, 5000)
    let paid = try await judge([pass(1, minutes: 20)])
    #expect(paid[0].charge?.way == .account)
    try await take(701, .topUp, 1000, minutes: 30)

    try await undo(700, 702)

    #expect(try await row(1).decision.charge?.way == .onAccount)
    #expect(
      try await account() == MealAccount(balance: Money(fen: 1000), owed: Money(fen: 700)))
    let late = try await judge([pass(2, minutes: 60)])
    #expect(late[0].verdict.word == "second")
    try verify()
  }

  @Test func moreThanACashierRefundsAloneNeedsAManager() async throws {
    try await take(700, .topUp, 5001)
    await #expect(throws: TillRefusal.approvalNeeded(.refund)) { try await undo(700, 701) }

    try await undo(700, 702, by: fixture.manager)

    #expect(try await account() == .empty)
    try verify()
  }

  @Test func moneyOfAnotherDayOrAnEndedSessionIsNotUndone() async throws {
    try await take(700, .topUp, 1000)
    await #expect(throws: MealRefusal.notToBeUndone) {
      try await undo(700, 701, atMs: Self.noon + 86_400_000)
    }
    _ = try await fixture.closeTill(atMs: Self.noon + 3_600_000)
    await #expect(throws: TillRefusal.sessionClosed) { try await undo(700, 702) }
    await #expect(throws: StoreRefusal.notFound) { try await undo(999, 703) }
    try verify()
  }

  @Test(arguments: [
    ("0001764", true), ("1764", true), ("01764", true), ("176", false), ("", false),
  ])
  func aCardIsFoundByItsNumberWithoutTheNoughts(number: String, isFound: Bool) async throws {
    let found = try await fixture.store.findDiners(
      .number(number, Self.centres[0]), by: fixture.cashier, atMs: Self.noon)

    #expect(found.map(\.personID) == (isFound ? [Self.person] : []))
    try verify()
  }

  @Test(arguments: [
    ("0018", "王秀英", true), ("0018", "王 秀英", true), ("0018", "王秀", false), ("0019", "王秀英", false),
  ])
  func withoutTheCardTheWholeNameIsNeeded(
    lastFour: String, name: String, isFound: Bool
  ) async throws {
    let found = try await fixture.store.findDiners(
      .lastFour(lastFour, name: name), by: fixture.cashier, atMs: Self.noon)

    #expect(found.map(\.personID) == (isFound ? [Self.person] : []))
  }

  @Test func whoEatsNowhereIsNotFoundByACashier() async throws {
    var details = PersonDetails()
    details.name = "王秀英"
    let other: PersonID = StoreFixture.id(71)
    _ = try await fixture.store.add(
      PersonRequest(id: other, personID: other, details: details, content: [2]),
      number: try IdentityNumber("000000193501030018"), by: fixture.manager, atMs: 1)

    let found = try await fixture.store.findDiners(
      .lastFour("0018", name: "王秀英"), by: fixture.cashier, atMs: Self.noon)

    #expect(found.map(\.personID) == [Self.person])
  }

  @Test func aClosedDayStaysAndALatePassCountsInTheOpenOne() async throws {
    _ = try await judge([pass(1, minutes: 20)])
    _ = try await fixture.closeTill(atMs: Self.noon + 3_600_000)
    let date = try #require(BusinessDate("2026-11-21"))
    let closing: ApprovalID = StoreFixture.id(800)
    let close = try await fixture.store.closeDay(
      date, by: fixture.manager, request(closing.uuid, atMs: Self.noon + 8 * 3_600_000))
    #expect(
      close.event.body["streams"]?.arrayValue?.contains { $0["stream"] == "mealSubsidy" } == true)

    let nextDay = Self.noon + 86_400_000
    let late = try await judge([pass(2, centre: 1, minutes: 0, receivedAtMs: nextDay)])

    #expect(late[0].verdict.word == "conflict")
    #expect(try await row(1).decision.verdict == .served(period: "lunch"))
    let asked: ApprovalID = StoreFixture.id(801)
    _ = try await fixture.store.rule(
      .settled, on: StoreFixture.id(1002), by: fixture.manager,
      request(asked.uuid, atMs: nextDay))
    let claims = try await fixture.store.mealClaims(
      MealClaimRange(stationID: StoreFixture.stationID, days: date...date.next))
    #expect(claims.map(\.total) == [Money(fen: 300)])
    let lines = try await fixture.store.mealStatement(of: Self.person, days: date.next...date.next)
    #expect(lines.map(\.change.owed) == [Money(fen: 1000)])
    try verify()
  }

  /// A person who does not exist, born in 1936.
  private func addPerson(_ place: Int) async throws -> PersonID {
    let digits = "0000001936030\(2000 + place)"
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
    let id: PersonID = StoreFixture.id(2000 + place)
    var details = PersonDetails()
    details.name = "样本"
    details.isResident = place % 2 == 0
    _ = try await fixture.store.add(
      PersonRequest(id: id, personID: id, details: details, content: [1]),
      number: try IdentityNumber(digits + Array("10X98765432")[sum % 11].description),
      by: fixture.manager, atMs: 1)
    try await enrol(3000 + place, at: Self.centres[0], number: "2\(place)", id)
    return id
  }

  /// More people than are looked up at once; each comes twice, and one is nobody.
  @Test func aBatchOfManyPeopleGivesEachTheirOwnMeal() async throws {
    var people: [PersonID] = []
    for place in 0..<70 { people.append(try await addPerson(place)) }
    let passes = people.indices.map { pass($0, minutes: 1, number: "2\($0)") }
    let again = people.indices.map { pass(100 + $0, minutes: 5, number: "2\($0)") }

    let decisions = try await judge(passes + again + [pass(99, minutes: 2, number: "7")])

    for (place, person) in people.enumerated() {
      let rest = Money(fen: place % 2 == 0 ? 700 : 1000)
      #expect(decisions[place].personID == person)
      #expect(decisions[place].charge?.rest == rest)
      #expect(decisions[70 + place].verdict == .repeated(of: passes[place].id))
      let account = try #require(try await fixture.store.mealAccount(of: person)).account
      #expect(account == MealAccount(balance: .zero, owed: rest))
    }
    #expect(decisions[140].verdict == .exception(.unknownPerson))
    #expect(try await judge(again) == Array(decisions[70..<140]))
    try verify()
  }

  /// Any order of arrival, in batches of any size, leaves the same rows and the same account.
  @Test(arguments: 0..<12)
  func anyOrderOfArrivalLeavesTheSameBooks(seed: Int) async throws {
    let minutes: [Int64] = [0, 4, 9, 15, 16, 30, 31, 55, -100, 80]
    let passes = minutes.enumerated().map { place, minute in
      pass(place, centre: (seed + place) % 3 == 0 ? 1 : 0, minutes: minute)
    }
    var left = passes
    var state = UInt64(seed &* 7919 + 1)
    while !left.isEmpty {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let size = min(left.count, Int(state >> 33) % 3 + 1)
      var batch: [MealPass] = []
      for _ in 0..<size {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        batch.append(left.remove(at: Int(state >> 33) % left.count))
      }
      _ = try await judge(batch)
    }

    let person = try await fixture.store.read { unit in try unit.personFacts(Self.person) }
    let expected = Meals.decide(
      passes.map { MealEvent($0, isEnrolled: true) }, of: Diner(person: person),
      policies: fixture.store.policies)
    var owed = Money.zero
    for decision in expected {
      let found = try await fixture.store.meal(decision.passID, at: StoreFixture.stationID)
      #expect(found?.decision.verdict == decision.verdict)
      #expect(found?.decision.charge == decision.charge)
      owed += decision.charge?.rest ?? .zero
    }
    #expect(try await account() == MealAccount(balance: .zero, owed: owed))
    try verify()
  }
}
