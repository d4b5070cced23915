import POS
import Testing

@testable import Attendance

/// What a terminal asks for, and what it is answered to the byte (terminals.md A1, A4, A5).
@Suite struct ZKTecoRequestTests {
  private func kind(_ method: String, _ path: String, _ query: String) throws -> ZKTecoRequest.Kind
  {
    try ZKTecoRequest(method: method, path: path, query: query).kind
  }

  @Test func theHandshakeOfTheManualIsRead() throws {
    let request = try ZKTecoRequest(
      method: "GET", path: "/iclock/cdata",
      query:
        "SN=CGXH260000&options=all&pushver=2.4.1&language=83&pushcommkey=4a9594af&DeviceType=pid")

    guard case .handshake(let handshake) = request.kind else {
      Issue.record("no handshake")
      return
    }
    #expect(request.serial == serial)
    #expect(handshake.dialect == .identityCard)
    #expect(handshake.protocolVersion == "2.4.1")
    #expect(handshake.names == .gb18030)
    #expect(handshake.communicationKey == "4a9594af")
  }

  @Test func theHandshakeIsAnsweredWithTheOptions() throws {
    var options = try #require(ZKTecoOptions(zone: .china))
    options.delaySeconds = 5

    let answer = options.answer(to: serial)

    #expect(answer.status == 200)
    #expect(
      answer.body
        == wire(
          """
          GET OPTION FROM: CGXH260000␊ATTLOGStamp=None␊OPERLOGStamp=None␊ATTPHOTOStamp=None␊\
          ErrorDelay=30␊Delay=5␊TransTimes=00:00;14:05␊TransInterval=1␊\
          TransFlag=TransData AttLog␉OpLog␊TimeZone=8␊Realtime=1␊Encrypt=None␊ServerVer=2.4.1␊\
          PushProtVer=2.4.1␊
          """))
  }

  @Test(arguments: [(480, "8"), (0, "0"), (-60, "-1"), (330, "330"), (-570, "-570"), (765, "765")])
  func aZoneIsWholeHoursOrMinutes(minutes: Int, text: String) throws {
    let zone = try #require(TerminalZone(minutes: minutes))
    let options = try #require(ZKTecoOptions(zone: zone))

    #expect(
      String(decoding: options.answer(to: serial).body, as: UTF8.self).contains(
        "\nTimeZone=\(text)\n"))
  }

  @Test func aZoneTheProtocolCannotNameIsRefused() {
    #expect(TerminalZone(minutes: 30).flatMap { ZKTecoOptions(zone: $0) } == nil)
    #expect(TerminalZone(minutes: 841) == nil)
  }

  @Test(arguments: [
    ("GET", "/iclock/getrequest", "SN=A1", ZKTecoRequest.Kind.poll(nil)),
    ("GET", "/iclock/getrequest.aspx", "sn=A1", .poll(nil)),
    ("GET", "/shop/iclock/ping", "SN=A1", .ping),
    ("POST", "/iclock/iclock/cdata", "SN=A1&table=ATTLOG&Stamp=9999", .upload(.attendance)),
    ("POST", "/ICLOCK/CDATA.ASPX", "SN=A1&table=attlog", .upload(.attendance)),
    ("POST", "/iclock/fdata", "SN=A1&table=ATTPHOTO", .upload(.attendancePhotos)),
    ("POST", "/iclock/cdata", "SN=A1&table=OPERLOG", .upload(.operations)),
    ("POST", "/iclock/cdata", "SN=A1&table=BIODATA", .upload(.biometricData)),
    ("POST", "/iclock/cdata", "SN=A1&table=IDCARD", .upload(.identityCards)),
    ("POST", "/iclock/cdata", "SN=A1&table=ERRORLOG", .upload(.errors)),
    ("POST", "/iclock/cdata", "SN=A1&table=options", .upload(.options)),
    ("POST", "/iclock/cdata", "SN=A1&table=rtlog", .upload(.securityEvents)),
    ("POST", "/iclock/cdata", "SN=A1&table=rtstate", .upload(.securityState)),
    ("POST", "/iclock/cdata", "SN=A1&table=new", .upload(.unknown)),
    ("POST", "/iclock/cdata", "SN=A1", .upload(.unknown)),
    ("POST", "/iclock/cdata", "SN=A1&table=ATTLOG&table=OPERLOG", .upload(.unknown)),
    ("POST", "/iclock/cdata", "SN=A1&AuthType=device", .permission),
    ("POST", "/iclock/devicecmd", "SN=A1", .results),
    ("POST", "/iclock/registry", "SN=A1", .registration),
    ("POST", "/iclock/push", "SN=A1", .parameters),
    ("GET", "/iclock/rtdata", "SN=A1&type=time", .clock),
    ("POST", "/iclock/exchange", "SN=A1&type=publickey", .keyExchange),
  ])
  func aPathSaysWhatIsAskedFor(
    method: String, path: String, query: String, expected: ZKTecoRequest.Kind
  ) throws {
    #expect(try kind(method, path, query) == expected)
  }

  @Test func aPollTellsHowManyRowsThereAre() throws {
    let poll = try kind(
      "GET", "/iclock/getrequest",
      "SN=A1&INFO=Ver%208.0.4,3846,0,132212,192.168.1.7,10,7,15,3846,111")

    guard case .poll(let status) = poll else {
      Issue.record("no poll")
      return
    }
    #expect(status?.userCount == 3846)
    #expect(status?.attendanceCount == 132_212)
  }

  @Test(arguments: [
    ("GET", "/", "", ZKTecoRequest.Problem.unknownPath),
    ("GET", "/api/v1/sales", "SN=A1", .unknownPath),
    ("GET", "/iclock/cdata", String(repeating: "a", count: 4097), .queryTooLong),
    ("GET", "/iclock/cdata", "options=all", .noSerial), ("GET", "/iclock/cdata", "SN=", .noSerial),
    ("GET", "/iclock/cdata", "SN=A%2F1", .noSerial),
    ("GET", "/iclock/cdata", "SN=A1&SN=B2", .noSerial),
    ("GET", "/iclock/cdata", "SN=" + String(repeating: "A", count: 65), .noSerial),
    ("DELETE", "/iclock/cdata", "SN=A1", .unknownRequest),
    ("GET", "/iclock/shell", "SN=A1", .unknownRequest),
  ])
  func aWrongRequestSaysWhy(
    method: String, path: String, query: String, problem: ZKTecoRequest.Problem
  ) {
    #expect(throws: problem) { try ZKTecoRequest(method: method, path: path, query: query) }
    #expect((400...414).contains(ZKTecoAnswer.refused(problem).status))
  }

  @Test func everyTableIsAnsweredAsItWants() throws {
    let expected: [(ZKTecoTable, String)] = [
      (.attendance, "OK: 7"), (.operations, "OK: 7"), (.biometricData, "OK: 7"),
      (.identityCards, "OK: 7"), (.errors, "OK: 7"), (.unknown, "OK: 7"),
      (.attendancePhotos, "OK"), (.options, "OK"), (.securityEvents, "OK"), (.securityState, "OK"),
    ]

    for (table, text) in expected {
      #expect(ZKTecoAnswer.stored(table, rowCount: 7).body == wire(text))
    }
    let user = try #require(ZKTecoTableName("user"))
    let transaction = try #require(ZKTecoTableName("transaction"))
    #expect(
      ZKTecoAnswer.stored(.named(user, announcedCount: 9), rowCount: 7).body == wire("user=9"))
    #expect(
      ZKTecoAnswer.stored(.named(transaction, announcedCount: 9), rowCount: 7).body
        == wire("transaction=7"))
    #expect(ZKTecoTableName("user\r\nX") == nil)
  }

  @Test func whatIsNotStoredIsNotConfirmed() {
    for answer in [
      ZKTecoAnswer.withheld, .unavailable, .lengthRequired, .badRequest, .notFound, .tooLarge,
    ] {
      #expect(answer.status >= 400)
      #expect(answer.body == [])
    }
  }

  @Test func aSecurityTerminalIsRegisteredStepByStep() throws {
    let session = try #require(
      ZKTecoSecuritySession(registryCode: "Uy47fxftP3", sessionID: "S1"))
    let parameters = """
      ServerVersion=3.1.2␊ServerName=posd␊PushProtVer=3.1.2␊ErrorDelay=30␊RequestDelay=10␊\
      TransTimes=00:00;14:05␊TransInterval=1␊TransTables=User␉Transaction␊Realtime=1␊SessionID=S1␊\
      TimeoutSec=10␊
      """

    #expect(
      session.handshakeAnswer.body == wire("registry=ok␊RegistryCode=Uy47fxftP3␊" + parameters))
    #expect(session.registrationAnswer.body == wire("RegistryCode=Uy47fxftP3"))
    #expect(session.parametersAnswer.body == wire(parameters))
    #expect(session.tokenBytes(of: serial) == wire("Uy47fxftP3CGXH260000S1"))
    #expect(ZKTecoSecuritySession(registryCode: "a b", sessionID: "S1") == nil)
    #expect(ZKTecoAnswer.registrationRefused.status == 406)
  }

  @Test func theTokenIsFoundInItsCookie() {
    let token = "AF65A75608CF5B80FBB3B48F0B4DF95A"

    #expect(
      ZKTecoSecuritySession.token(inCookie: "token=\(token), timestamp=1505204400")
        == token.lowercased())
    #expect(ZKTecoSecuritySession.token(inCookie: "timestamp=1505204400") == nil)
    #expect(ZKTecoSecuritySession.token(inCookie: "token=af65") == nil)
  }

  @Test func theDateIsThatOfHTTP() {
    // 2026-11-21 04:00:00 UTC, a Saturday; 2000-02-29 was a Tuesday.
    #expect(ZKTecoAnswer.dateHeader(atMs: 1_795_233_600_000) == "Sat, 21 Nov 2026 04:00:00 GMT")
    #expect(ZKTecoAnswer.dateHeader(atMs: 951_782_400_999) == "Tue, 29 Feb 2000 00:00:00 GMT")
    #expect(ZKTecoAnswer.dateHeader(atMs: 0) == "Thu, 01 Jan 1970 00:00:00 GMT")
  }

  @Test func theClockOfASecurityTerminalIsPackedSeconds() {
    // ((26*372)+(10*31)+20)*86400 + 4*3600 for 2026-11-21 04:00:00.
    let packed = (26 * 372 + 10 * 31 + 20) * 86_400 + 4 * 3600

    #expect(
      ZKTecoAnswer.clock(atMs: 1_795_233_600_000, zone: .china).body
        == wire("DateTime=\(packed),ServerTZ=+0800"))
  }
}
