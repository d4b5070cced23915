import POS
import Testing

@testable import Attendance

/// Commands and their results (terminals.md A4).
@Suite struct ZKTecoCommandTests {
  private func bytes(_ command: ZKTecoCommand, _ names: NameEncoding = .utf8) throws -> [UInt8] {
    try #require(ZKTecoCommand.Numbered(id: "c1", command, names: names)).wireBytes
  }

  @Test func commandsAreWrittenAsTheManualHasThem() throws {
    let day = try #require(BusinessDate("2026-09-01"))
    let span = ClockSpan(from: day, through: day)
    let number = try PersonNumber("0001764")
    let spanText = "StartTime=2026-09-01 00:00:00␉EndTime=2026-09-01 23:59:59␊"

    #expect(try bytes(.queryAttendance(span)) == wire("C:c1:DATA QUERY ATTLOG " + spanText))
    #expect(try bytes(.countAttendance(span)) == wire("C:c1:VERIFY SUM ATTLOG " + spanText))
    #expect(try bytes(.check) == wire("C:c1:CHECK␊"))
    #expect(try bytes(.flush) == wire("C:c1:LOG␊"))
    #expect(try bytes(.info) == wire("C:c1:INFO␊"))
    #expect(try bytes(.queryPeople) == wire("C:c1:DATA QUERY USERINFO␊"))
    #expect(try bytes(.deletePerson(number)) == wire("C:c1:DATA DELETE USERINFO PIN=0001764␊"))
    #expect(try bytes(.reloadOptions) == wire("C:c1:RELOAD OPTIONS␊"))
    #expect(try bytes(.reboot) == wire("C:c1:REBOOT␊"))
    #expect(
      try bytes(.querySecurityEvents)
        == wire("C:c1:DATA QUERY tablename=transaction,fielddesc=*,filter=*␊"))
    #expect(
      try bytes(.updateSecurityPerson(number, name: "Li"))
        == wire("C:c1:DATA UPDATE user Pin=0001764␉Name=Li␊"))
    #expect(try bytes(.deleteSecurityPerson(number)) == wire("C:c1:DATA DELETE user Pin=0001764␊"))
  }

  @Test func aPersonIsNumberAndNameInTheTerminalsEncoding() throws {
    let number = try PersonNumber("0001764")
    let head = wire("C:c1:DATA UPDATE USERINFO PIN=0001764␉Name=")
    // 王 CD F5, 秀 D0 E3, 英 D3 A2 in GB 2312.
    let gb2312: [UInt8] = [0xCD, 0xF5, 0xD0, 0xE3, 0xD3, 0xA2, 0x0A]

    #expect(try bytes(.updatePerson(number, name: "王秀英"), .gb18030) == head + gb2312)
    #expect(try bytes(.updatePerson(number, name: "王秀英")) == head + wire("王秀英␊"))
  }

  @Test(arguments: [
    ("买买提·艾力·阿不都热合曼", NameEncoding.gb18030, 24), ("买买提·艾力·阿不都热合曼", .utf8, 24),
    ("王a秀b英c王d秀e英f王g秀h英", .gb18030, 24), (" 王秀英 ", .gb18030, 6), ("", .utf8, 0),
    ("𬭎", .gb18030, 1), ("a\tPasswd=1\nb\u{2028}\u{202E}", .utf8, 10),
  ])
  func aNameIsCutBetweenCharactersAndCannotCommand(
    name: String, encoding: NameEncoding, count: Int
  ) {
    let bytes = encoding.bytes(ofName: name)

    #expect(bytes.count <= NameEncoding.maximumBytes)
    #expect(bytes.count == count || bytes.count < count && count == 24)
    #expect(!bytes.contains { $0 < 0x20 })
    let text =
      encoding == .utf8 ? String(validating: bytes, as: UTF8.self) : GB18030.text(decoding: bytes)
    #expect(text?.contains("\u{FFFD}") == false)
  }

  @Test func severalCommandsAreSeveralLines() throws {
    let commands = try ["c1", "c2"].map {
      try #require(ZKTecoCommand.Numbered(id: $0, .check, names: .utf8))
    }

    #expect(ZKTecoAnswer.commands(commands).body == wire("C:c1:CHECK␊C:c2:CHECK␊"))
    #expect(ZKTecoAnswer.commands([]).body == wire("OK"))
  }

  @Test(arguments: ["", "c:1", "12345678901234567", "中"])
  func anIDIsPlainAndShort(id: String) {
    #expect(ZKTecoCommand.Numbered(id: id, .check, names: .utf8) == nil)
  }

  @Test func batchedResultsAreReadOneByOne() {
    let results = ZKTecoCommandResult.results(
      in: wire(
        """
        ID=c1&Return=0&CMD=DATA␊ID=c2&Return=-1002&CMD=USER␊\
        ID=c3&Return=0&CMD=VERIFY SUM&StartTime=2026-09-01 00:00:00&EndTime=2026-09-01 23:59:59&AttlogSum=312␊\
        ID=c4&Return=0&CMD=INFO␊~DeviceName=SpeedFace V5L␊FWVersion=Ver 8.0.4␊CommPwd=4711␊TransactionCount=132212␊\
        ID=c5&Return=-7777&CMD=X␊
        """))

    #expect(results.map(\.commandID) == ["c1", "c2", "c3", "c4", "c5"])
    #expect(
      results.map(\.outcome) == [.done, .failed(.unsupported), .done, .done, .failed(.other)])
    #expect(results.map(\.attendanceCount) == [nil, nil, 312, nil, nil])
    #expect(
      results[3].facts == [
        "~DeviceName": "SpeedFace V5L", "FWVersion": "Ver 8.0.4", "TransactionCount": "132212",
      ])
  }

  @Test(arguments: [
    "", "Return=0", "ID=&Return=0", "ID=c1", "ID=c1&Return=", "ID=c 1&Return=0", "CMD=DATA␊",
    "ID=c1&Return=99999999999999999999",
  ])
  func whatIsNoResultIsDropped(body: String) {
    #expect(ZKTecoCommandResult.results(in: wire(body)) == [])
  }

  @Test(arguments: [
    (-1, ZKTecoCommandResult.Failure.badParameter), (-2, .sizeMismatch), (-3, .inputOutput),
    (-10, .unknownPerson), (-1001, .full), (-1002, .unsupported), (-1003, .timeout),
    (-1004, .configuration), (-1005, .busy), (-1006, .tooLong), (-1007, .memory),
  ])
  func aFailureSaysWhy(code: Int, failure: ZKTecoCommandResult.Failure) {
    let results = ZKTecoCommandResult.results(in: wire("ID=c1&Return=\(code)&CMD=DATA"))

    #expect(results.map(\.outcome) == [.failed(failure)])
  }
}
