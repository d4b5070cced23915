import POS
import Testing

@testable import Attendance

/// `rtlog` and `transaction` (terminals.md A5 and trap 6).
@Suite struct SecurityRowTests {
  static let row =
    "time=2026-09-01 11:30:14␉pin=1002␉cardno=0␉sitecode=0␉linkid=0␉eventaddr=1␉event=0"
    + "␉inoutstatus=0␉verifytype=15␉index=1001␉maskflag=255␉temperature=255␉convtemperature=255"

  @Test func theRowOfTheManualIsRead() {
    let intake = read(.securityEvents, Self.row + "␍␊" + Self.row + "␍␊", dialect: .security)

    #expect(intake.rowCount == 2)
    #expect(intake.recognitions.map(\.number.text) == ["1002", "1002"])
    #expect(
      intake.recognitions.map(\.key.text)
        == Array(repeating: "zks/CGXH260000/1001/2026-09-01 11:30:14", count: 2))
    #expect(intake.recognitions[0].recordNumber == 1001)
    #expect(intake.recognitions[0].method == .face)
    #expect(ZKTecoAnswer.stored(.securityEvents, rowCount: 2).body == wire("OK"))
  }

  static let counted: Set<Int> = [0, 1, 2, 3, 14, 15, 16, 17, 18, 19, 203, 218, 222, 232]

  @Test func onlyEventsOnTheListCount() {
    for event in Array(0...300) + [4008, 5000, 6001, 9999] {
      let row = Self.row.replacing("␉event=0␉", with: "␉event=\(event)␉")

      let intake = read(.securityEvents, row, dialect: .security)

      #expect(intake.recognitions.isEmpty != Self.counted.contains(event), "event \(event)")
      #expect(intake.uncounted.isEmpty == Self.counted.contains(event), "event \(event)")
      #expect(intake.uncounted.allSatisfy { $0.reason == .refused && $0.number?.text == "1002" })
    }
  }

  @Test func anEventWithoutAPersonDoesNotCount() {
    let intake = read(
      .securityEvents, Self.row.replacing("pin=1002", with: "pin=0"), dialect: .security)

    #expect(intake.recognitions == [])
    #expect(intake.uncounted.map(\.reason) == [.noPerson])
  }

  @Test(arguments: [
    ("15", RecognitionMethod.face), ("0000000000000010", .face), ("0000000000000110", .faceAndMore),
    ("0000000000000100", .other), ("4", .card), ("", .other), ("xyz", .other),
  ])
  func theVerifyTypeIsACodeOrBits(text: String, method: RecognitionMethod) {
    let row = Self.row.replacing("verifytype=15", with: "verifytype=\(text)")

    #expect(read(.securityEvents, row, dialect: .security).recognitions.map(\.method) == [method])
  }

  @Test(arguments: [
    ("index=1001", "index=", QuarantineReason.noRecordNumber),
    ("time=2026-09-01 11:30:14", "time=soon", .badTime), ("event=0␉", "event=pass␉", .badCode),
    ("event=0␉", "event=0␉event=8␉", .badCode), ("pin=1002", "pin=王秀英", .badNumber),
    ("pin=1002", "pin=11010119900307721X", .identityNumberAsNumber),
  ])
  func aBadEventIsKeptRedacted(part: String, wrong: String, reason: QuarantineReason) {
    let intake = read(
      .securityEvents, Self.row.replacing(part, with: wrong), dialect: .security)

    #expect(intake.recognitions == [])
    #expect(intake.quarantined.map(\.reason) == [reason])
  }

  @Test func aRowAskedForLaterHasTheSameKey() {
    // ((26*12+8)*31+0)*86400 + 11:30:14 of 2026-09-01, by the manual's formula.
    let packed = (26 * 372 + 8 * 31) * 86_400 + 41_414
    let request = try? ZKTecoRequest(
      method: "POST", path: "/iclock/querydata",
      query: "SN=CGXH260000&type=tabledata&cmdid=7&tablename=transaction&count=1")
    guard case .upload(let table) = request?.kind else {
      Issue.record("not an upload")
      return
    }

    let intake = read(
      table,
      "transaction cardno=0␉pin=1002␉verified=15␉doorid=1␉eventtype=0␉inoutstate=0␉time_second=\(packed)␉index=1001␍␊",
      dialect: .security)

    #expect(intake.recognitions.map(\.key.text) == ["zks/CGXH260000/1001/2026-09-01 11:30:14"])
    #expect(ZKTecoAnswer.stored(table, rowCount: 1).body == wire("transaction=1"))
  }

  @Test func peopleOfATableComeWithoutNames() {
    let request = try? ZKTecoRequest(
      method: "POST", path: "/iclock/cdata",
      query: "SN=CGXH260000&table=tabledata&tablename=user&count=2")
    guard case .upload(let table) = request?.kind else {
      Issue.record("not an upload")
      return
    }

    let intake = read(
      table,
      "user uid=1␉cardno=␉pin=1␉password=4711␉name=王秀英␉privilege=14␍␊user uid=2␉pin=2␉privilege=0␍␊",
      dialect: .security)

    #expect(intake.people.map(\.number.text) == ["1", "2"])
    #expect(intake.people.map(\.privilege) == [14, 0])
    #expect(ZKTecoAnswer.stored(table, rowCount: 2).body == wire("user=2"))
  }
}
