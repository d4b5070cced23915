import POS
import Testing

@testable import Attendance

/// Rows of `ATTLOG` (terminals.md A2 and traps 1, 2, 3, 5, 10).
@Suite struct AttendanceRowTests {
  @Test func rowsOfTheManualAreRead() {
    let intake = read(
      .attendance,
      """
      1002␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␉255␉0␉0␊\
      0001000␉2026-09-01 11:35:16␉0␉15␉0␉0␉0␉1␉36.2␉36.2␊
      """)

    #expect(intake.rowCount == 2)
    #expect(intake.quarantined == [])
    #expect(intake.recognitions.map(\.number.text) == ["1002", "0001000"])
    #expect(intake.recognitions.map(\.method) == [.face, .face])
    #expect(intake.recognitions[0].time.wireText == "2026-09-01 11:30:14")
    #expect(intake.recognitions[0].time.atMs == 1_788_233_414_000)
    #expect(intake.recognitions[0].key.text == "zk/CGXH260000/1002/2026-09-01 11:30:14/0/15")
    #expect(intake.recognitions[0].source == .zktecoAttendance)
  }

  @Test(arguments: [
    "7␉2026-09-01 11:30:14␉0␉15␊", "7␉2026-09-01 11:30:14␉0␉15␉0␊",
    "7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0", "7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␉␍␊",
    " 7 ␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␍␊␍␊", "7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␀",
    "7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␉255␉0␉0␉28800␉eyJsYXQiOjF9␊",
    "7␉2026-9-1 11:30:14␉0␉15␊", "7␉2026-09-01T11:30:14␉00␉15␊",
  ])
  func everyFirmwaresRowHasTheSameKey(row: String) {
    let intake = read(.attendance, row)

    #expect(intake.rowCount == 1)
    #expect(
      intake.recognitions.map(\.key.text) == ["zk/CGXH260000/7/2026-09-01 11:30:14/0/15"])
  }

  @Test func whatDiffersInTheKeyIsAnotherRecognition() {
    let rows = [
      "7␉2026-09-01 11:30:14␉0␉15", "07␉2026-09-01 11:30:14␉0␉15", "7␉2026-09-01 11:30:15␉0␉15",
      "7␉2026-09-01 11:30:14␉1␉15", "7␉2026-09-01 11:30:14␉0␉1",
    ]

    let intake = read(.attendance, rows.joined(separator: "␊"))

    #expect(Set(intake.recognitions.map(\.key)).count == rows.count)
  }

  @Test func aTimeIsReadInTheTerminalsZone() {
    let utc = read(
      .attendance, "7␉2026-09-01 11:30:14␉0␉15", zone: fixture(TerminalZone(minutes: 0)))

    #expect(utc.recognitions[0].time.atMs == 1_788_233_414_000 + 8 * 3_600_000)
  }

  @Test func aPoisonousRowCostsOnlyItself() {
    let good = "7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␊"

    let intake = read(.attendance, good + "��␉junk␉␉␊" + good)

    #expect(intake.rowCount == 3)
    #expect(intake.recognitions.count == 2)
    #expect(intake.quarantined.map(\.rowNumber) == [2])
    #expect(ZKTecoAnswer.stored(.attendance, rowCount: intake.rowCount).body == wire("OK: 3"))
  }

  @Test(arguments: [
    ("7", QuarantineReason.tooFewColumns), ("7␉2026-09-01 11:30:14␉0", .tooFewColumns),
    ("␉2026-09-01 11:30:14␉0␉15", .badNumber), ("0␉2026-09-01 11:30:14␉0␉15", .badNumber),
    ("王秀英␉2026-09-01 11:30:14␉0␉15", .badNumber), ("a b␉2026-09-01 11:30:14␉0␉15", .badNumber),
    ("11010119900307721X␉2026-09-01 11:30:14␉0␉15", .identityNumberAsNumber),
    ("110101900307721␉2026-09-01 11:30:14␉0␉15", .identityNumberAsNumber),
    ("110101-19900307-7219␉2026-09-01 11:30:14␉0␉15", .identityNumberAsNumber),
    ("7␉2026-02-30 11:30:14␉0␉15", .badTime), ("7␉2026-13-01 11:30:14␉0␉15", .badTime),
    ("7␉9026-09-01 08:00:00␉0␉15", .badTime), ("7␉2200-01-01 00:00:00␉0␉15", .badTime),
    ("7␉2026-09-01 24:00:00␉0␉15", .badTime), ("7␉2026-09-01 11:60:00␉0␉15", .badTime),
    ("7␉2026-09-01␉0␉15", .badTime), ("7␉1969-12-31 23:59:59␉0␉15", .badTime),
    ("7␉2026-09-01 11:30:14␉␉15", .badCode), ("7␉2026-09-01 11:30:14␉-1␉15", .badCode),
    ("7␉2026-09-01 11:30:14␉0␉face", .badCode), ("7␉2026-09-01 11:30:14␉0␉1500", .badCode),
    ("7␉2026-09-01 11:30:14␉6␉15", .codeNotAllowed),
    ("7␉2026-09-01 11:30:14␉254␉15", .codeNotAllowed),
    ("7␉2026-09-01 11:30:14␉0␉256", .codeNotAllowed),
  ])
  func aBadRowSaysWhy(row: String, reason: QuarantineReason) {
    let intake = read(.attendance, row)

    #expect(intake.recognitions == [])
    #expect(intake.quarantined.map(\.reason) == [reason])
    #expect(intake.rowCount == 1)
  }

  @Test func aRowBeyondTheLimitIsNotLookedInto() {
    let row = "7␉2026-09-01 11:30:14␉0␉15␉"
    let room = AttendanceLimits.rowBytes - wire(row).count

    #expect(read(.attendance, row + String(repeating: "x", count: room)).recognitions.count == 1)
    #expect(
      read(.attendance, row + String(repeating: "x", count: room + 1)).quarantined.map(\.reason)
        == [.rowTooLong])
  }

  @Test func aClockThatLostItsBatteryIsReadAsItIs() {
    let intake = read(.attendance, "7␉2000-01-01 00:00:07␉0␉15")

    #expect(intake.recognitions[0].time.localText == "2000-01-01 00:00:07")
  }

  @Test(arguments: [
    ("0", "0", true, RecognitionMethod.face), ("0", "1", true, .face),
    ("1", "0", true, .identityCard), ("1", "1", false, .face), ("1", "2", false, .face),
    ("2", "0", false, .face),
  ])
  func onAnIdentityCardTerminalTheTypeDecides(
    type: String, status: String, counts: Bool, method: RecognitionMethod
  ) {
    let row = "7␉2026-09-01 11:30:14␉\(status)␉15␉0␉0␉0␉11010119900307721X␉\(type)"

    for dialect in [ZKTecoDialect.identityCard, .attendance] {
      let intake = read(.attendance, row, dialect: dialect)

      #expect(intake.recognitions.map(\.method) == (counts ? [method] : []))
      #expect(intake.recognitions.allSatisfy { $0.source == .zktecoIdentityCard })
      #expect(intake.quarantined.map(\.reason) == (counts ? [] : [.codeNotAllowed]))
    }
  }

  @Test func anIdentityCardRowWithoutItsTypeDoesNotCount() {
    let rows = ["7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0", "7␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␉␉"]

    #expect(read(.attendance, rows[0], dialect: .identityCard).recognitions == [])
    #expect(read(.attendance, rows[1], dialect: .identityCard).recognitions == [])
  }

  @Test(arguments: [
    (15, RecognitionMethod.face), (16, .faceAndMore), (20, .faceAndMore), (27, .faceAndMore),
    (29, .faceAndMore), (28, .palm), (25, .palm), (1, .fingerprint), (21, .fingerprint),
    (4, .card), (3, .password), (2, .numberOnly), (0, .other), (200, .other), (77, .other),
  ])
  func theVerifyCodeSaysHow(verify: Int, method: RecognitionMethod) {
    let intake = read(.attendance, "7␉2026-09-01 11:30:14␉0␉\(verify)")

    #expect(intake.recognitions.map(\.method) == [method])
  }

  @Test func junkRowsAreCountedButNotAllKept() {
    let intake = read(.attendance, String(repeating: "x␊", count: 5000))

    #expect(intake.rowCount == 5000)
    #expect(intake.quarantined.count == AttendanceLimits.quarantinedRows + 1)
    #expect(intake.quarantined.reduce(0) { $0 + $1.rowCount } == 5000)
    #expect(intake.quarantined.last?.reason == .furtherRows)
  }
}
