import POS
import Testing

@Suite struct TerminalTests {
  private func pass(_ key: String, atMs: Int64 = 1_788_233_414_000) -> TerminalPass {
    TerminalPass(
      key: key, number: "0001764", wireTime: "2026-09-01 11:30:14", atMs: atMs, method: "face",
      recordNumber: nil, isLive: false)
  }

  private func id<Subject>() throws -> Identifier<Subject> {
    try #require(Identifier<Subject>("00000000-0000-4000-8000-000000000001"))
  }

  @Test func aPassHasTheIdOfItsKeyWhoeverBringsIt() {
    let key = "zk/CGXH260000/1002/2026-09-01 11:30:14/0/15"

    #expect(pass(key).id == pass(key, atMs: 5).id)
    #expect(pass(key).id != pass(key + "0").id)
    #expect(MealPassID(pass(key).id.text) == pass(key).id)
    // The first 16 bytes of the SHA-256 of "pass " and the key, with the marks of version 4.
    #expect(pass(key).id.text == "5c13b808-18a2-4329-a52e-8cd69dff0f8c")
  }

  @Test func theHashOfPassesIsThatOfTheirLines() {
    let one = pass("a")
    let numbered = TerminalPass(
      id: one.id, number: one.number, wireTime: one.wireTime, atMs: one.atMs,
      method: one.method, recordNumber: 7, isLive: true)

    #expect(TerminalPass.hash(of: [one]) != TerminalPass.hash(of: [numbered]))
    #expect(TerminalPass.hash(of: [one, numbered]) != TerminalPass.hash(of: [numbered, one]))
    #expect(
      TerminalPass.hash(of: [])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func aLargeBatchIsStoredInPartsThatLoseNothing() throws {
    let passes = (0..<600).map { pass("\($0)") }
    let evidence = (0..<300).map { EvidenceRow(key: "\($0)", meaning: "refused", detail: "20") }
    let bad = QuarantineRow(kind: "attendance", reason: "badTime", redacted: "", rowCount: 1)
    let batch = TerminalBatch(
      terminalID: try id(), way: .push, passes: passes, evidence: evidence, quarantined: [bad])

    let parts = batch.parts

    #expect(parts.map(\.passes.count) == [256, 256, 88])
    #expect(parts.flatMap(\.passes) == passes)
    #expect(parts.flatMap(\.evidence) == evidence)
    #expect(parts.flatMap(\.quarantined) == [bad])
    #expect(TerminalBatch(terminalID: try id(), way: .own).parts.count == 1)
  }

  @Test func aCommandIsReadAsItWasWritten() throws {
    let (from, through) = (
      BusinessDate(daysSince1970: 20_000), BusinessDate(daysSince1970: 20_007)
    )
    let kinds: [TerminalCommand.Kind] = [
      .check, .info, .reboot, .count(from: from, through: through),
      .fetch(from: from, through: through), .putPerson(number: "0017", try id()),
      .removePerson(number: "0017"),
    ]

    for kind in kinds { #expect(TerminalCommand.Kind(json: kind.json) == kind) }
    let backwards = TerminalCommand.Kind.count(from: through, through: from)
    #expect(TerminalCommand.Kind(json: backwards.json) == nil)
    #expect(TerminalCommand.Kind(json: .members(["kind": "clear"])) == nil)
  }

  @Test(arguments: [
    (480, 1_788_191_999_000, "2026-08-31"), (480, 1_788_192_000_000, "2026-09-01"),
    (0, 1_788_192_000_000, "2026-08-31"), (-60, 3_599_999, "1969-12-31"), (330, 0, "1970-01-01"),
  ]) func aDateIsThatOfTheTerminalsClock(zone: Int64, atMs: Int64, date: String) throws {
    let terminal = Terminal(
      id: try id(), serial: "A", family: .zktecoAttendance, centreID: try id(), model: "",
      zoneMinutes: zone)

    #expect(terminal.localDate(atMs: atMs).description == date)
  }
}
