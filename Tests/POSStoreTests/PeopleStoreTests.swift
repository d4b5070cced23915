import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct PeopleStoreTests {
  static let wang = "000000193603010018"
  let fixture: StoreFixture
  let rules = BeneficiaryRules(
    categories: NeedCategory.defaults, communities: [], district: "二七区",
    today: BusinessDate(daysSince1970: 20_778))

  init() async throws { fixture = try await StoreFixture() }

  private func rows(_ text: String) throws -> [BeneficiaryRow] {
    let header = "姓名,身份证号,社区,类别,户籍,电话\n"
    let file = try BeneficiaryImport(csv: Array((header + text).utf8), rules: rules)
    try #require(file.problems.isEmpty)
    return file.rows
  }

  private func take(_ text: String, from source: String, atMs: Int64) async throws
    -> BeneficiaryReport
  {
    try await fixture.store.importPeople(try rows(text), from: source, atMs: atMs)
  }

  private func verify() throws { _ = try Verifier(folder: fixture.folder).verify() }

  private func search(_ lastFour: String, _ name: String) async throws -> [StoredPerson] {
    try await fixture.store.lookUp(
      .lastFour(lastFour, name: name), by: fixture.manager, atMs: StoreFixture.atMs)
  }

  @Test func peopleOfSeveralDepartmentsAreOneWithEverySource() async throws {
    let first = try await take(
      "王秀英,\(Self.wang),红旗社区,低保,二七区,0371-1000001\n", from: "民政局", atMs: 1)
    let second = try await take(
      "王秀英,\(Self.wang),兴华社区,残疾,,\n", from: "残联", atMs: 2)
    let again = try await take(
      "王秀英,\(Self.wang),兴华社区,残疾,,\n", from: "残联", atMs: 3)

    #expect([first.added, second.changed, again.unchanged] == [1, 1, 1])
    let found = try await search(String(Self.wang.suffix(4)), "王")
    let person = try #require(found.first)
    #expect(found.count == 1)
    #expect(person.details.community == "兴华社区")
    #expect(person.details.categories == ["minimumLiving", "disabled"])
    #expect(person.details.phone == "0371-1000001")
    #expect(person.sources.map(\.name) == ["残联", "民政局"])
    #expect(person.facts.birthDate.description == "1936-03-01")
    #expect(person.facts.isResident)
    try verify()
  }

  @Test func nothingOfAPersonStandsInTheFileOrTheJournal() async throws {
    _ = try await take(
      "王秀英,\(Self.wang),红旗社区,低保,二七区,0371-1000001\n", from: "民政局", atMs: 1)
    _ = try await search(String(Self.wang.suffix(4)), "王秀英")
    try await fixture.store.pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }

    let path = fixture.folder + "/" + Store.fileName
    let file = try #require(FileManager.default.contents(atPath: path))
    for canary in ["王秀英", Self.wang, String(Self.wang.suffix(4)) + "\"", "1000001", "1936-03-01"] {
      #expect(!file.has(Data(canary.utf8)))
    }
  }

  @Test func whoIsForgottenIsGoneAndTheBooksVerify() async throws {
    _ = try await take("王秀英,\(Self.wang),红旗社区,低保,,\n", from: "民政局", atMs: 1)
    let person = try #require(try await search(String(Self.wang.suffix(4)), "王秀英").first)
    let request = ClientRequest(id: UUID(), contentHash: fixture.hash(7))

    let isReplay = try await fixture.store.forget(
      person.id, by: fixture.manager, request: request, atMs: 2)

    #expect(!isReplay)
    #expect(try await search(String(Self.wang.suffix(4)), "王秀英").isEmpty)
    #expect(try await fixture.store.read { try $0.personFacts(person.id) } == nil)
    #expect(try fixture.store.forgotten().map(\.text) == [person.id.text])
    #expect(
      try await fixture.store.forget(person.id, by: fixture.manager, request: request, atMs: 3))
    await #expect(throws: StoreRefusal.notFound) {
      try await fixture.store.forget(
        person.id, by: fixture.manager,
        request: ClientRequest(id: UUID(), contentHash: fixture.hash(8)), atMs: 4)
    }
    #expect(try await fixture.store.forgetAgain([Identifier(person.id.uuid)], atMs: 5) == 0)
    try verify()
  }

  @Test func thePagesOfAForgottenPersonAreOverwritten() async throws {
    _ = try await take("王秀英,\(Self.wang),红旗社区,低保,,\n", from: "民政局", atMs: 1)
    let person = try #require(try await search(String(Self.wang.suffix(4)), "王秀英").first)
    let (wrapped, sealed) = try await fixture.store.pool.read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT wrappedKey, sealed FROM person WHERE id = ?", arguments: [person.id.data])
      return (row?["wrappedKey"] as Data? ?? Data(), row?["sealed"] as Data? ?? Data())
    }

    _ = try await fixture.store.forget(
      person.id, by: fixture.manager,
      request: ClientRequest(id: UUID(), contentHash: fixture.hash(7)), atMs: 2)

    for file in try FileManager.default.contentsOfDirectory(atPath: fixture.folder) {
      let content = FileManager.default.contents(atPath: fixture.folder + "/" + file) ?? Data()
      #expect(!content.has(wrapped))
      #expect(!content.has(sealed.suffix(40)))
    }
  }

  @Test func staffEnterAndChangeAPersonOnceForEachRequest() async throws {
    let number = try IdentityNumber(Self.wang)
    var details = PersonDetails()
    details.name = "王秀英"
    details.categories = ["elderly"]
    let id: PersonID = StoreFixture.id(70)
    let entry = PersonRequest(id: id, personID: id, details: details, content: [1])

    let added = try await fixture.store.add(entry, number: number, by: fixture.manager, atMs: 1)
    let again = try await fixture.store.add(entry, number: number, by: fixture.manager, atMs: 2)

    #expect(!added.isReplay)
    #expect(again.isReplay)
    #expect(again.person == added.person)
    await #expect(throws: StoreRefusal.idReused) {
      try await fixture.store.add(
        PersonRequest(id: id, personID: id, details: details, content: [2]), number: number,
        by: fixture.manager, atMs: 3)
    }
    let other: PersonID = StoreFixture.id(71)
    await #expect(throws: StoreRefusal.personKnown(id)) {
      try await fixture.store.add(
        PersonRequest(id: other, personID: other, details: details, content: [1]),
        number: number, by: fixture.manager, atMs: 3)
    }
    details.categories = ["none"]
    await #expect(throws: StoreRefusal.unknownCategory("none")) {
      try await fixture.store.change(
        PersonRequest(id: other, personID: id, details: details, content: [3]),
        by: fixture.manager, atMs: 4)
    }
    details.categories = []
    details.deceasedOn = BusinessDate(daysSince1970: 20_700)
    let changed = try await fixture.store.change(
      PersonRequest(id: other, personID: id, details: details, content: [3]),
      by: fixture.manager, atMs: 4)
    #expect(changed.person.facts.deceasedOn == BusinessDate(daysSince1970: 20_700))
    #expect(changed.person.facts.categories == [])
    try verify()
  }

  @Test(arguments: [
    "UPDATE person SET sealed = randomblob(60)", "UPDATE person SET communityID = NULL",
    "UPDATE person SET lastFourHash = randomblob(32)", "DELETE FROM personCategory",
    "UPDATE personSource SET sealed = randomblob(60)", "DELETE FROM personSource",
    "UPDATE community SET name = 'x'", "UPDATE needCategory SET name = name || 'x'",
    "UPDATE member SET number = '10000000'", "UPDATE member SET joinedAtMs = 5",
    "DELETE FROM member",
  ])
  func aForgeryIsFound(statement: String) async throws {
    _ = try await take("王秀英,\(Self.wang),红旗社区,低保,,\n", from: "民政局", atMs: 1)
    _ = try await fixture.store.join(
      StoreFixture.id(80), phone: "19900000000", content: [1], by: fixture.cashier, atMs: 2)
    try verify()

    try await fixture.store.pool.write { db in try db.execute(sql: statement) }

    #expect(throws: Finding.self) { try verify() }
  }

  @Test func aMemberJoinsByOnePhoneAndIsForgotten() async throws {
    let id: MemberID = StoreFixture.id(80)
    let joined = try await fixture.store.join(
      id, phone: "19900000000", content: [1], by: fixture.cashier, atMs: 2)
    let again = try await fixture.store.join(
      id, phone: "19900000000", content: [1], by: fixture.cashier, atMs: 3)

    #expect(again.isReplay)
    #expect(again.member == joined.member)
    let other: MemberID = StoreFixture.id(81)
    await #expect(throws: StoreRefusal.phoneKnown(id)) {
      try await fixture.store.join(
        other, phone: "19900000000", content: [1], by: fixture.cashier, atMs: 3)
    }
    let number = joined.member.member.number
    #expect(try await fixture.store.member(number: number) == joined.member)
    #expect(try await fixture.store.member(phone: "19900000000") == joined.member)
    #expect(try await fixture.store.members(after: "", limit: 5) == [joined.member])

    _ = try await fixture.store.forget(
      id, by: fixture.manager, request: ClientRequest(id: UUID(), contentHash: fixture.hash(9)),
      atMs: 4)
    #expect(try await fixture.store.member(phone: "19900000000") == nil)
    #expect(try await fixture.store.member(number: number) == nil)
    try verify()
  }
}

extension Data {
  /// Plain search: file by file a few hundred kilobytes.
  fileprivate func has(_ part: Data) -> Bool {
    let (whole, part) = (Array(self), Array(part))
    guard let first = part.first, whole.count >= part.count else { return false }
    return whole.indices.dropLast(part.count - 1).contains { place in
      whole[place] == first && whole[place..<place + part.count].elementsEqual(part)
    }
  }
}
