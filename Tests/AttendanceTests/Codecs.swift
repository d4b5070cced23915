import Attendance

/// Every codec as one function, with an example it reads: for the tests that want all of them.
struct Codec: Sendable, CustomStringConvertible {
  let description: String
  let example: [UInt8]
  /// All that comes out, as text.
  let output: @Sendable ([UInt8]) -> String

  static let all: [Codec] = zkteco + hikvision + files

  /// What must never come out again: in examples and in all that is made from them.
  static let secrets = [
    "11010119900307721", "4711", "CANARY", "QUJDREVG", "王秀英", "0102030405", "18611112222",
  ]

  private static let secretRow =
    "王秀英␉11010119900307721X␉CANARYPASSWORD␉QUJDREVG␉18611112222␊"

  private static let zkteco: [Codec] = [
    zkteco(
      "ATTLOG", .attendance,
      "1002␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␉255␉0␉0␊11010119900307721X␉2026-09-01 11:30:14␉0␉15␊"
        + secretRow),
    zkteco(
      "ATTLOG pid", .attendance,
      "1002␉2026-09-01 11:30:14␉0␉15␉0␉0␉0␉11010119900307721X␉1␊"
        + "1002␉2026-09-01 11:30:14␉1␉15␉0␉0␉0␉11010119900307721X␉1␊" + secretRow,
      dialect: .identityCard),
    zkteco(
      "OPERLOG", .operations,
      "USER PIN=1002␉Name=王秀英␉Pri=0␉Passwd=CANARYPASSWORD␉Card=0102030405␊"
        + "FACE PIN=1002␉FID=0␉TMP=QUJDREVG␊OPLOG 101␉0␉2026-09-01 08:00:00␉1002␉0␉0␉0␊"
        + "OPLOG 30␉王秀英␉2026-09-01 08:00:00␉11010119900307721X␉0␉0␉0␊" + secretRow),
    zkteco(
      "ATTPHOTO", .attendancePhotos, "PIN=王秀英-11010119900307721X.jpg␊CMD=uploadphoto␀CANARYPICTURE"),
    zkteco("BIODATA", .biometricData, "BIODATA Pin=1␉Tmp=QUJDREVG␊" + secretRow),
    zkteco("IDCARD", .identityCards, "PIN=1␉IDNum=11010119900307721X␉Name=王秀英␊" + secretRow),
    zkteco("ERRORLOG", .errors, "ErrCode=D01E0005␉ErrMsg=王秀英␊" + secretRow),
    zkteco("options", .options, "~DeviceName=A,CommPwd=CANARYPASSWORD␊"),
    zkteco(
      "rtlog", .securityEvents,
      "time=2026-09-01 11:30:14␉pin=1002␉cardno=0102030405␉event=0␉verifytype=15␉index=1001␍␊"
        + "time=2026-09-01 11:30:14␉pin=王秀英␉cardno=0102030405␉event=27␉index=1002␍␊" + secretRow,
      dialect: .security),
    zkteco("unknown", .unknown, secretRow),
    Codec(
      description: "devicecmd",
      example: wire(
        "ID=c1&Return=0&CMD=INFO␊~DeviceName=11010119900307721X␊Pwd=CANARYPASSWORD␊FirmVer=王秀英␊"
          + "ID=c2&Return=0&CMD=VERIFY SUM&AttlogSum=3␊" + secretRow),
      output: { "\(ZKTecoCommandResult.results(in: $0))" }),
  ]

  private static let hikvision: [Codec] = [
    ("JSON", "application/json", Array(HikvisionExamples.json().utf8)),
    (
      "JSON refused", "application/json",
      Array(HikvisionExamples.json(number: "11010119900307721X").utf8)
    ),
    ("XML", "application/xml", Array(HikvisionExamples.xml().utf8)),
    (
      "multipart", HikvisionExamples.contentType,
      HikvisionExamples.bareEvent(HikvisionExamples.json())
        + HikvisionExamples.picture(HikvisionExamples.trap) + HikvisionExamples.end
    ),
  ].map { name, contentType, body in
    Codec(
      description: "Hikvision \(name)", example: body,
      output: { "\(HikvisionExamples.notice(contentType, $0))" })
  }

  private static let files: [Codec] = [
    Codec(
      description: "attlog.dat",
      example: wire(
        "  1002␉2026-09-01 11:30:14␉1␉0␉15␉0␍␊11010119900307721X␉2026-09-01 11:30:14␉1␉0␉15␉0␍␊"
          + secretRow),
      output: { bytes in
        let file = AttendanceLogFile(bytes)
        let outcome = Result { try file.intake(from: serial, zone: .china, columns: nil) }
        let mapped = Result { try file.intake(from: serial, zone: .china, columns: .deviceFirst) }
        return "\(outcome) \(mapped)"
      }),
    Codec(
      description: "CSV",
      example: gb(
        "姓名,考勤号码,日期时间,比对方式,卡号\n王秀英,1002,2026/9/1 11:30:14,人脸,0102030405\n"
          + "王秀英,11010119900307721X,2026/9/1 11:30:14,人脸,\n\"王秀英,7,CANARY\n"),
      output: { bytes in
        "\(Result { try AttendanceTable(bytes).intake(machines: [:], otherwise: serial, zone: .china) })"
      }),
  ]

  private static func zkteco(
    _ name: String, _ table: ZKTecoTable, _ text: String, dialect: ZKTecoDialect = .attendance
  ) -> Codec {
    Codec(
      description: "ZKTeco \(name)", example: wire(text),
      output: { bytes in
        let terminal = ZKTecoTerminal(serial: serial, dialect: dialect)
        return "\(ZKTecoUpload(table, body: bytes).intake(from: terminal))"
      })
  }
}
