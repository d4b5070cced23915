import FoundationEssentials
import POS
import POSStore

/// The meal centre of `posd demo`: a dozen people who do not exist, and the terminal they look into.
struct DemoMeals {
  /// Who comes to lunch, the oldest first; their numbers are 0000001 and on.
  private static let people: [(name: String, bornOn: String)] = [
    ("王秀英", "19380412"), ("李桂兰", "19410730"), ("张玉珍", "19430215"), ("刘德福", "19441108"),
    ("陈凤英", "19470903"), ("杨永康", "19490122"), ("赵淑华", "19510617"), ("黄建国", "19540805"),
    ("周春梅", "19580311"), ("吴海燕", "19620926"), ("徐志明", "19701214"), ("孙永福", "19850519"),
  ]
  private static let centreName = "康乐社区助餐点"

  /// As in Erqi, but there is something to eat at every hour, so that it can be tried at any.
  static let policy = CharityPolicy(
    id: "demo", effectiveFrom: BusinessDate(daysSince1970: 0), concessionRate: BasisPoints(2000),
    concessionDestination: .toShopper, pledgeRate: BasisPoints(200), cashRounding: .none,
    refundLimit: Money(fen: 5000), dayCutMinutes: 0,
    meals: MealPolicy(
      periods: [
        MealPeriod(
          code: "breakfast", name: "早餐", nameEn: "Breakfast", fromMinute: 0, untilMinute: 630,
          price: Money(fen: 600)),
        MealPeriod(
          code: "lunch", name: "午餐", nameEn: "Lunch", fromMinute: 630, untilMinute: 960,
          price: Money(fen: 1000)),
        MealPeriod(
          code: "dinner", name: "晚餐", nameEn: "Dinner", fromMinute: 960, untilMinute: 1440,
          price: Money(fen: 800)),
      ], subsidies: MealPolicy.erqi.subsidies, creditLimit: MealPolicy.erqi.creditLimit))

  /// Who has eaten before the demonstration begins, and comes once more.
  static let early = [number(1), number(4)]
  /// Who comes while one looks: everybody, somebody again, and one whom nobody knows.
  static let live = people.indices.map { number($0) } + [number(2), "0000099", number(5)]

  let desk: StationDesk

  /// Makes the centre, the people and the enrolments; the centre, for the demonstration's staff.
  func prepare(by manager: User) async throws -> CentreID {
    let centre = Centre(
      id: CentreID(UUID()), stationID: manager.stationID, name: Self.centreName,
      nameEn: "Kangle community centre")
    _ = try await desk.store.add(centre, by: manager, asked(centre.id, "centre"))
    for place in Self.people.indices { try await enrol(place, at: centre.id, by: manager) }
    let terminal = Terminal(
      id: TerminalID(UUID()), serial: DemoTerminal.serial, family: .zktecoAttendance,
      centreID: centre.id, model: "simulated", zoneMinutes: 480)
    _ = try await desk.store.enrol(
      NewTerminal(terminal: terminal, secretHash: nil), by: manager,
      asked(terminal.id, "terminal").request, atMs: desk.clock.nowMs)
    return centre.id
  }

  private func enrol(_ place: Int, at centreID: CentreID, by manager: User) async throws {
    let personID = PersonID(UUID())
    var details = PersonDetails()
    details.name = Self.people[place].name
    details.community = "示例康乐社区"
    details.isResident = true
    let identity = try IdentityNumber(Self.identityText(place))
    _ = try await desk.store.add(
      PersonRequest(
        id: personID, personID: personID, details: details, content: details.json.canonicalBytes()),
      number: identity, by: manager, atMs: desk.clock.nowMs)
    let enrolment = Enrolment(
      id: EnrolmentID(UUID()), centreID: centreID, number: Self.number(place),
      personID: personID, from: BusinessDate(daysSince1970: Self.firstDay(desk.clock.nowMs)),
      until: nil)
    _ = try await desk.store.enrol(enrolment, by: manager, asked(enrolment.id, "enrolment"))
  }

  /// A week before today, so that the lunch of yesterday counts.
  private static func firstDay(_ nowMs: Int64) -> Int {
    BusinessDate(atMs: nowMs).daysSince1970 - 7
  }

  private static func number(_ place: Int) -> String {
    String(repeating: "0", count: place < 9 ? 6 : 5) + "\(place + 1)"
  }

  /// An identity number of a district that there is not, with its check character (GB 11643).
  private static func identityText(_ place: Int) -> String {
    let digits = "000000" + people[place].bornOn + (place < 10 ? "00\(place)" : "0\(place)")
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
    return digits + String(Array("10X98765432")[sum % 11])
  }

  private func asked<Subject>(_ id: Identifier<Subject>, _ what: String) -> TillRequest {
    TillRequest(
      request: ClientRequest(
        id: id.uuid, contentHash: JSON.members([what: .string(id.text)]).contentHash),
      atMs: desk.clock.nowMs)
  }
}
