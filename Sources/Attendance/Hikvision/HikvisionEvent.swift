/// An access event of a Hikvision terminal, as far as it is read.
///
/// The push and the history search name the same facts differently; both are made into this, so
/// that one event has one key however it came.
/// Source: terminals.md B1, B3 (H for the fields, M for which count).
struct HikvisionEvent {
  let major: Int64
  let minor: Int64
  let number: String?
  let time: String?
  let recordNumber: Int64?
  let userType: String?
  /// Whether a person must still agree on another screen.
  let isPending: Bool
  let delivery: Delivery

  /// Reads the members `AccessControllerEvent` of a push and `dateTime` beside it; `nil` if it has
  /// no types, or two of them.
  init?(pushed inner: LooseValue, time: String?) {
    guard let major = inner["majorEventType"]?.integerValue,
      let minor = inner["subEventType"]?.integerValue
    else { return nil }
    self.init(inner, major: major, minor: minor, time: time)
  }

  /// Reads one member of `InfoList` of a history search.
  init?(found record: LooseValue) {
    guard let major = record["major"]?.integerValue, let minor = record["minor"]?.integerValue
    else { return nil }
    self.init(record, major: major, minor: minor, time: record["time"]?.textValue)
  }

  private init?(_ facts: LooseValue, major: Int64, minor: Int64, time: String?) {
    let needed = ["employeeNoString", "serialNo", "userType", "remoteCheck", "currentEvent"]
    guard !needed.contains(where: facts.isAmbiguous) else { return nil }
    self.major = major
    self.minor = minor
    self.time = time
    number = facts["employeeNoString"]?.textValue ?? facts["employeeNo"]?.textValue
    recordNumber = facts["serialNo"]?.integerValue
    userType = facts["userType"]?.textValue
    isPending = facts["remoteCheck"]?.textValue == "true"
    delivery =
      switch facts["currentEvent"]?.textValue {
      case "true": .live
      case "false": .stored
      default: .unknown
      }
  }

  /// Puts the event where it belongs.
  func read(on terminal: TerminalSerial, in zone: TerminalZone, into intake: inout Intake) {
    do throws(QuarantineReason) {
      guard let text = time, let time = TerminalTime(Array(text.utf8)[...], in: zone) else {
        throw QuarantineReason.badTime
      }
      let number = try personNumber()
      let pass = Pass.hikvision(
        major: major, minor: minor, userType: userType, isPending: isPending)
      if let pass, let number {
        intake.recognitions.append(
          try recognition(pass, of: number, at: time, on: terminal))
      } else {
        intake.note(
          UncountedEvent(
            terminal: terminal, reason: number == nil ? .noPerson : .refused,
            wireCode: "\(major)/\(minor)", number: number, time: time,
            recordNumber: recordNumber))
      }
    } catch {
      intake.quarantine([], .hikvision, error) { _ in "\(major)/\(minor)" }
    }
  }

  private func recognition(
    _ pass: Pass, of number: PersonNumber, at time: TerminalTime, on terminal: TerminalSerial
  ) throws(QuarantineReason) -> Recognition {
    guard let recordNumber else { throw .noRecordNumber }
    return Recognition(
      pass, of: number, at: time, on: terminal,
      key: .hikvision(terminal, recordNumber: recordNumber, time), recordNumber: recordNumber,
      delivery: delivery)
  }

  /// The person; `nil` for an event of the device.
  private func personNumber() throws(QuarantineReason) -> PersonNumber? {
    guard let number else { return nil }
    do {
      return try PersonNumber(number)
    } catch {
      switch error {
      case .none: return nil
      case .malformed: throw .badNumber
      case .identityNumber: throw .identityNumberAsNumber
      }
    }
  }
}
