import POS
import Testing

@testable import Attendance

/// `attlog.dat` and exported tables (terminals.md D).
@Suite struct AttendanceFileTests {
  private func log(
    _ text: String, _ columns: AttendanceLogFile.Columns? = nil
  ) throws(AttendanceFileProblem) -> Intake {
    try AttendanceLogFile(wire(text)).intake(from: serial, zone: .china, columns: columns)
  }

  @Test func aRowOfAFileHasTheKeyOfThePushedRow() throws {
    let pushed = read(.attendance, "0001764␉2026-09-01 11:30:14␉0␉15␉0␉0␉0")

    for file in [
      "  0001764␉2026-09-01 11:30:14␉1␉0␉15␉0␍␊", "  0001764␉2026-09-01 11:30:14␉15␉0␉1␉0␊",
      "  0001764␉2026-09-01 11:30:14␉0␉15␉1␉0",
    ] {
      let intake = try log(file)

      #expect(intake.recognitions.map(\.key) == pushed.recognitions.map(\.key))
      #expect(intake.recognitions.map(\.delivery) == [.stored])
    }
  }

  @Test func aMappingGoesBeforeAGuess() throws {
    // Device 15: a guess would take it for the verify code.
    let intake = try log("  7␉2026-09-01 11:30:14␉15␉0␉1␉0␊", .deviceFirst)

    #expect(intake.recognitions.map(\.method) == [.fingerprint])
  }

  @Test(arguments: [
    "  7␉2026-09-01 11:30:14␉1␉0␉1␉0␊", "  7␉2026-09-01 11:30:14␉15␉0␉15␉0␊",
    "  7␉2026-09-01 11:30:14␉1␉0␉15␉0␊  8␉2026-09-01 11:30:15␉1␉0␉1␉0␊", "7␊",
  ])
  func withoutAColumnOfFacesThereIsNoGuess(file: String) {
    #expect(throws: AttendanceFileProblem.columnsUnknown) { try log(file) }
  }

  @Test func aBadRowCostsOnlyItself() throws {
    let intake = try log(
      "  7␉2026-09-01 11:30:14␉1␉0␉15␉0␊junk␊  8␉yesterday␉1␉0␉15␉0␊  9␉2026-09-01 11:31:14␉1␉0␉15␉0␊"
    )

    #expect(intake.recognitions.map(\.number.text) == ["7", "9"])
    #expect(intake.quarantined.map(\.reason) == [.tooFewColumns, .badTime])
    #expect(intake.rowCount == 4)
  }

  @Test func anEmptyOrHugeFileIsRefused() {
    #expect(throws: AttendanceFileProblem.noRows) { try log("␊␍␊ ␊") }
    let huge = AttendanceLogFile([UInt8](repeating: 0x0A, count: AttendanceLimits.fileBytes + 1))
    #expect(throws: AttendanceFileProblem.tooLarge(limitBytes: AttendanceLimits.fileBytes)) {
      try huge.intake(from: serial, zone: .china, columns: nil)
    }
  }

  private static let table = """
    部门,姓名,考勤号码,日期时间,机器号,比对方式,卡号
    社区中心,王秀英,0001764,2026/9/1 11:30:14,1,人脸,
    社区中心,"张,三",1002,2026-09-01 11:31:00,2,指纹,0102030405
    """

  private func tableIntake(_ bytes: [UInt8]) throws(AttendanceFileProblem) -> Intake {
    try AttendanceTable(bytes).intake(
      machines: ["1": serial], otherwise: serial, zone: .china)
  }

  @Test func aTableIsReadInGBKAndInUTF8() throws {
    for bytes in [
      gb(Self.table), Array(Self.table.utf8), [0xEF, 0xBB, 0xBF] + Array(Self.table.utf8),
      gb(Self.table.replacing("\n", with: "\r\n")),
      gb(Self.table.replacing("1002", with: "\t1002")),
    ] {
      let intake = try tableIntake(bytes)

      #expect(intake.recognitions.map(\.number.text) == ["0001764"])
      #expect(intake.recognitions.map(\.time.atMs) == [1_788_233_414_000])
      #expect(intake.recognitions.map(\.method) == [.face])
      #expect(intake.quarantined.map(\.reason) == [.noTerminal])
      #expect(intake.rowCount == 2)
    }
  }

  @Test func dateAndTimeMayBeTwoColumns() throws {
    let intake = try tableIntake(gb("工号,日期,时间\n7,2026/9/1,7:05\n8,2026/9/1,\n"))

    #expect(intake.recognitions.map(\.time.localText) == ["2026-09-01 07:05:00"])
    #expect(intake.recognitions.map(\.key.text) == ["table/CGXH260000/7/2026-09-01 07:05:00"])
    #expect(intake.quarantined.map(\.reason) == [.badTime])
  }

  @Test(arguments: [
    ("7,2026/9/1 11:30:14,验证失败", QuarantineReason.codeNotAllowed),
    ("11010119900307721X,2026/9/1 11:30:14,人脸", .identityNumberAsNumber),
    ("1.10101E+17,2026/9/1 11:30:14,人脸", .badNumber), ("王秀英,2026/9/1 11:30:14,人脸", .badNumber),
    ("7", .tooFewColumns), ("7,\"2026/9/1 11:30:14,人脸", .notReadable),
  ])
  func aBadRowSaysWhy(row: String, reason: QuarantineReason) throws {
    let intake = try tableIntake(gb("考勤号码,日期时间,比对方式\n\(row)\n9,2026/9/1 11:30:14,\n"))

    #expect(intake.quarantined.map(\.reason) == [reason])
    #expect(intake.recognitions.map(\.number.text) == ["9"])
  }

  @Test(arguments: ["姓名,日期时间\n王秀英,2026/9/1 11:30:14\n", "考勤号码,姓名\n7,王秀英\n", "\"a"])
  func aTableWithoutNumberOrTimeIsRefused(text: String) {
    #expect(throws: AttendanceFileProblem.noHeader) { try tableIntake(gb(text)) }
  }

  @Test func textOfGB18030IsRead() {
    #expect(GB18030.text(decoding: gb("王秀英·abc")) == "王秀英·abc")
    #expect(GB18030.text(decoding: [0xCD]) == "\u{FFFD}")
    #expect(GB18030.text(decoding: [0xCD, 0x2C, 0x41]) == "\u{FFFD},A")
    #expect(GB18030.text(decoding: [0xFF, 0x41]) == "\u{FFFD}")
    #expect(GB18030.text(decoding: [0x81, 0x30, 0x81, 0x30]) == "\u{80}")
    #expect(GB18030.text(decoding: [0x81, 0x30, 0x81]) == "\u{FFFD}\u{FFFD}")
  }
}
