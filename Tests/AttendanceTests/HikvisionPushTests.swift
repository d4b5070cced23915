import POS
import Testing

@testable import Attendance

/// Pushes of Hikvision terminals (terminals.md B1 and traps 6, 7, 8, 10).
@Suite struct HikvisionPushTests {
  typealias Examples = HikvisionExamples

  private func json(_ text: String) -> HikvisionNotice {
    Examples.notice("application/json; charset=\"UTF-8\"", Array(text.utf8))
  }

  @Test func oneEventHasOneKeyHoweverItIsSent() {
    let event = Array(Examples.json().utf8)
    let typed = Examples.part(
      [
        "Content-Disposition: form-data; name=\"AccessControllerEvent\"",
        "Content-Type: application/json", "Content-Length: \(event.count)",
      ], event)
    let picture = Examples.picture([0xFF, 0xD8, 0x7B, 0x0D, 0x0A, 0xFF, 0xD9])
    let forms: [(String, [UInt8])] = [
      ("application/json", event), ("", event), ("application/json", [0xEF, 0xBB, 0xBF] + event),
      ("application/json", Array("{\"EventNotificationAlert\":\(Examples.json())}\r\n\0".utf8)),
      ("application/xml; charset=UTF-8", Array(Examples.xml().utf8)),
      (Examples.contentType, Examples.bareEvent(Examples.json()) + picture + Examples.end),
      (Examples.contentType, typed + picture + Examples.end),
      ("multipart/form-data; boundary=\"MIME_boundary\"", picture + typed + Examples.end),
      ("Multipart/Mixed;boundary=MIME_boundary", Examples.bareEvent(Examples.xml()) + Examples.end),
    ]

    for (contentType, body) in forms {
      let notice = Examples.notice(contentType, body)

      #expect(notice.intake.recognitions.map(\.key.text) == [Examples.key], "\(contentType)")
      #expect(notice.intake.recognitions.map(\.number.text) == ["0001764"])
      #expect(notice.intake.recognitions.map(\.method) == [.face])
      #expect(notice.intake.recognitions.map(\.delivery) == [.live])
      #expect(notice.intake.quarantined == [])
      #expect(notice.terminal?.text == "a41437000000")
      #expect(notice.recordNumber == 1001)
      #expect(notice.previousRecordNumber == 1000)
    }
  }

  static let counted: Set<Int> = [1, 2, 38, 75, 77, 104, 105, 0x9C, 0xB5]

  @Test func onlyEventsOnTheListCount() {
    for minor in 0...512 {
      let intake = json(Examples.json(minor: minor)).intake

      #expect(intake.recognitions.isEmpty != Self.counted.contains(minor), "event \(minor)")
      #expect(
        intake.uncounted.map(\.wireCode) == (Self.counted.contains(minor) ? [] : ["5/\(minor)"]))
      #expect(intake.quarantined == [])
    }
  }

  @Test func theRefusalThatACanteenBookedAsAMealDoesNotCount() {
    for minor in [6, 7, 8, 76, 0xB6, 0xB8, 0xB9] {
      let intake = json(Examples.json(minor: minor)).intake

      #expect(intake.recognitions == [])
      #expect(intake.uncounted.map(\.reason) == [.refused])
      #expect(intake.uncounted.map(\.number?.text) == ["0001764"])
    }
  }

  @Test func anotherMajorTypeDoesNotCount() {
    for major in [0, 1, 2, 3, 6] {
      #expect(json(Examples.json(major: major)).intake.recognitions == [])
    }
  }

  @Test(arguments: [
    "\n\t\t\"userType\":\t\"blackList\",", "\n\t\t\"remoteCheck\":\ttrue,",
  ])
  func whoIsOnTheBlackListOrStillWaitsHasNotPassed(more: String) {
    let intake = json(Examples.json(more: more)).intake

    #expect(intake.recognitions == [])
    #expect(intake.uncounted.map(\.reason) == [.refused])
  }

  @Test func theDoorThatOpensAfterASwipeIsNoPerson() {
    let intake = json(Examples.json(minor: 21, number: "")).intake

    #expect(intake.recognitions == [])
    #expect(intake.uncounted.map(\.reason) == [.noPerson])
  }

  @Test func aReplayedEventSaysSo() {
    let replayed = Examples.json().replacing(
      "\"currentEvent\":\ttrue", with: "\"currentEvent\":\tfalse")

    let intake = json(replayed).intake

    #expect(intake.recognitions.map(\.delivery) == [.stored])
    #expect(intake.recognitions.map(\.key.text) == [Examples.key])
  }

  @Test(arguments: [
    ("\n\t\t\"subEventType\":\t8,", QuarantineReason.notReadable),
    ("\n\t\t\"employeeNoString\":\t\"2\",", .notReadable),
    ("\n\t\t\"serialNo\":\t2,", .notReadable),
  ])
  func anEventThatTwoReadersTakeDifferentlyDoesNotCount(more: String, reason: QuarantineReason) {
    let intake = json(Examples.json(more: more)).intake

    #expect(intake.recognitions == [])
    #expect(intake.quarantined.map(\.reason) == [reason])
  }

  @Test(arguments: [
    ("\"serialNo\":\t1001,", "", QuarantineReason.noRecordNumber),
    ("2026-09-01T11:30:14+08:00", "now", .badTime),
    ("2026-09-01T11:30:14+08:00", "2026-09-01T11:30:14+99:00", .badTime),
    ("0001764", "11010119900307721X", .identityNumberAsNumber), ("0001764", "王秀英", .badNumber),
    ("a4:14:37:00:00:00", "unknown", .noTerminal),
    ("\"AccessControllerEvent\":", "\"Other\":", .notReadable),
    ("\t}\n}", "\t}\n", .notReadable), ("\t}\n}", "\t}\n} {}", .notReadable),
  ])
  func aBadEventIsKeptRedacted(part: String, wrong: String, reason: QuarantineReason) {
    let intake = json(Examples.json().replacing(part, with: wrong)).intake

    #expect(intake.recognitions == [])
    #expect(intake.quarantined.map(\.reason) == [reason])
  }

  @Test func aTimeHasItsOwnZoneOrThatOfTheTerminal() {
    let text = Examples.json()
    let bare = text.replacing("+08:00", with: "")
    let utc = text.replacing("T11:30:14+08:00", with: "T03:30:14Z")

    for form in [text, bare, utc] {
      #expect(json(form).intake.recognitions.map(\.time.atMs) == [1_788_233_414_000])
    }
  }

  @Test(arguments: [
    "{\"eventType\":\"heartBeat\",\"macAddress\":\"a4:14:37:00:00:00\"}",
    "{\"eventType\":\"videoloss\",\"eventState\":\"inactive\"}",
  ])
  func aHeartbeatIsNothingElse(text: String) {
    let notice = json(text)

    #expect(notice.isHeartbeat)
    #expect(notice.intake.recognitions == [])
    #expect(notice.intake.quarantined == [])
  }

  @Test func aPictureIsSteppedOverByItsLength() {
    for parts in [
      Examples.bareEvent(Examples.json()) + Examples.picture(Examples.trap),
      Examples.picture(Examples.trap) + Examples.bareEvent(Examples.json()),
      Examples.picture(Examples.trap) + Examples.bareEvent(Examples.json())
        + Examples.picture(Examples.trap),
    ] {
      let notice = Examples.notice(Examples.contentType, parts + Examples.end)

      #expect(notice.intake.recognitions.map(\.number.text) == ["0001764"])
      #expect(notice.intake.droppedCount > 0)
      #expect(!"\(notice)".contains("CANARY"))
    }
  }

  @Test(arguments: [
    ["Content-Disposition: form-data; name=\"Picture\""],
    ["Content-Disposition: form-data; name=\"x\"", "Content-Type: image/jpeg"],
    ["Content-Disposition: form-data; name=\"x\"; filename=\"a.jpg\""],
    ["Content-Disposition: form-data; name=\"x\""],
    ["Content-Disposition: form-data; name=\"Picture\"", "Content-Length: 4"],
    ["Content-Disposition: form-data; name=\"Picture\"", "Content-Length: 999999999"],
  ])
  func aPictureWithoutItsRightLengthEndsTheReading(headers: [String]) {
    let picture = Examples.part(headers, Examples.trap)

    let before = Examples.notice(
      Examples.contentType, Examples.bareEvent(Examples.json()) + picture + Examples.end)
    let alone = Examples.notice(Examples.contentType, picture + Examples.end)

    #expect(before.intake.recognitions.map(\.number.text) == ["0001764"])
    #expect(alone.intake.recognitions == [])
    #expect(alone.intake.quarantined.map(\.reason) == [.notReadable])
  }

  @Test func aNameInAnotherCharacterSetSpoilsNothing() {
    let parts = Examples.json().split(separator: "王秀英")
    let body = Array(parts[0].utf8) + gb("王秀英") + Array(parts[1].utf8)

    #expect(
      Examples.notice("application/json", body).intake.recognitions.map(\.key.text)
        == [Examples.key])
  }

  @Test func aDocumentTypeIsRefused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]>" + Examples.xml()

    #expect(Examples.notice("application/xml", Array(bomb.utf8)).intake.recognitions == [])
  }

  @Test func deepAndWideDocumentsAreRefusedEarly() {
    let documents = [
      String(repeating: "[", count: 60_000), String(repeating: "{\"a\":", count: 12_000),
      "[" + String(repeating: "1,", count: 30_000) + "1]", String(repeating: "<a>", count: 20_000),
      String(repeating: " ", count: 70_000) + "x", "\"" + String(repeating: "a", count: 70_000),
    ]

    for document in documents {
      let intake = json(document).intake

      #expect(intake.quarantined.count == 1)
      #expect(intake.recognitions == [])
    }
  }

  @Test func anEventOfTheHistoryHasTheKeyOfThePush() throws {
    let record = try LooseJSON.value(
      of: Array(
        """
        {"major":5,"minor":75,"time":"2026-09-01T11:30:14+08:00","cardNo":"","name":"王秀英",
        "employeeNoString":"0001764","serialNo":1001,"userType":"normal","mask":"no"}
        """.utf8)[...])
    var intake = Intake()

    try #require(HikvisionEvent(found: record)).read(
      on: try #require(TerminalSerial(macAddress: "A4-14-37-00-00-00")), in: .china, into: &intake)

    #expect(intake.recognitions.map(\.key.text) == [Examples.key])
  }
}
