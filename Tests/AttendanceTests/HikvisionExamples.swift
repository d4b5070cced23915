import Attendance

/// Pushes of the reference (terminals.md B1), made from their parts.
enum HikvisionExamples {
  /// An event as the terminal prints it, with tabs.
  static func json(
    major: Int = 5, minor: Int = 75, number: String = "0001764", more: String = ""
  ) -> String {
    """
    {
    \t"ipAddress":\t"192.168.10.20",
    \t"macAddress":\t"a4:14:37:00:00:00",
    \t"dateTime":\t"2026-09-01T11:30:14+08:00",
    \t"activePostCount":\t1,
    \t"eventType":\t"AccessControllerEvent",
    \t"eventState":\t"active",
    \t"AccessControllerEvent":\t{
    \t\t"majorEventType":\t\(major),
    \t\t"subEventType":\t\(minor),
    \t\t"name":\t"王秀英",
    \t\t"employeeNoString":\t"\(number)",
    \t\t"serialNo":\t1001,
    \t\t"currentVerifyMode":\t"cardOrFaceOrFp",
    \t\t"currentEvent":\ttrue,
    \t\t"frontSerialNo":\t1000,
    \t\t"attendanceStatus":\t"undefined",
    \t\t"mask":\t"no",
    \t\t"currTemperature":\t36.5,\(more)
    \t\t"picturesNumber":\t1
    \t}
    }
    """
  }

  static func xml(minor: Int = 75) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- an event -->
    <EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
    <macAddress>a4:14:37:00:00:00</macAddress><dateTime>2026-09-01T11:30:14+08:00</dateTime>
    <eventType>AccessControllerEvent</eventType><eventState>active</eventState>
    <AccessControllerEvent><majorEventType>5</majorEventType><subEventType>\(minor)</subEventType>
    <name>王秀英 &amp; Co</name><employeeNoString>0001764</employeeNoString><serialNo>1001</serialNo>
    <frontSerialNo>1000</frontSerialNo><currentEvent>true</currentEvent><mask/>
    </AccessControllerEvent></EventNotificationAlert>
    """
  }

  static let key = "hik/a41437000000/1001/1788233414000"
  static let contentType = "multipart/form-data; boundary=MIME_boundary"

  /// One part of a multipart body with its headers.
  static func part(_ headers: [String], _ body: [UInt8]) -> [UInt8] {
    Array("--MIME_boundary\r\n".utf8) + headers.flatMap { Array("\($0)\r\n".utf8) }
      + Array("\r\n".utf8) + body + Array("\r\n".utf8)
  }

  static let end = Array("--MIME_boundary--\r\n".utf8)

  /// The event without type and length, as most firmware sends it.
  static func bareEvent(_ json: String) -> [UInt8] {
    part(["Content-Disposition: form-data; name=\"event_log\""], Array(json.utf8))
  }

  /// A picture with its length.
  static func picture(_ bytes: [UInt8]) -> [UInt8] {
    part(
      [
        "Content-Disposition: form-data; name=\"Picture\"; filename=\"Picture.jpg\"",
        "Content-Type: image/jpeg", "Content-Length: \(bytes.count)", "Content-ID: pictureImage",
      ], bytes)
  }

  /// A picture that holds the delimiter and an event of its own, as an attacker would make it.
  static let trap: [UInt8] =
    [0xFF, 0xD8, 0xFF, 0xE0] + Array("CANARYPICTURE\r\n".utf8)
    + bareEvent(json(number: "6666")) + [0xFF, 0xD9]

  static func notice(_ contentType: String, _ body: [UInt8]) -> HikvisionNotice {
    HikvisionPush(contentType: contentType, body: body).notice(from: nil, zone: .china)
  }
}
