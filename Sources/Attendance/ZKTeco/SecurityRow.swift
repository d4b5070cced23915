/// An event of security firmware: `time=…␉pin=…␉event=…␉verifytype=…␉index=…` as it happens, or a
/// row of the table `transaction`, asked for later, with other names and packed seconds.
///
/// Source: terminals.md A5 (M); names of the table `transaction` from public servers (L).
enum SecurityRow {
  static func read(
    _ row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal, into intake: inout Intake
  ) {
    do {
      switch try event(of: row, from: terminal) {
      case .passed(let recognition): intake.recognitions.append(recognition)
      case .uncounted(let event): intake.note(event)
      }
    } catch {
      intake.quarantine(row, .security, error, redacted: Redaction.fields)
    }
  }

  private enum Event {
    case passed(Recognition)
    case uncounted(UncountedEvent)
  }

  private static func event(
    of row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal
  ) throws(QuarantineReason) -> Event {
    guard row.count <= AttendanceLimits.rowBytes else { throw .rowTooLong }
    let fields = ByteFields(row.hasPrefix("transaction ") ? row.dropFirst(12) : row)
    guard let code = (fields["event"] ?? fields["eventtype"])?.wholeNumber(digits: 4) else {
      throw .badCode
    }
    guard let time = time(fields, in: terminal.zone) else { throw .badTime }
    let number = try number(fields["pin"])
    let recordNumber = fields["index"]?.wholeNumber(digits: 15).map { Int64($0) }
    let method = RecognitionMethod.zktecoSecurity(
      fields["verifytype"] ?? fields["verified"] ?? [])
    guard let number, let pass = Pass.zktecoSecurity(event: code, method: method) else {
      return .uncounted(
        UncountedEvent(
          terminal: terminal.serial, reason: number == nil ? .noPerson : .refused,
          wireCode: "\(code)", number: number, time: time, recordNumber: recordNumber))
    }
    guard let recordNumber else { throw .noRecordNumber }
    return .passed(
      Recognition(
        pass, of: number, at: time, on: terminal.serial,
        key: .zktecoSecurity(terminal.serial, recordNumber: recordNumber, time),
        recordNumber: recordNumber))
  }

  /// The person; `nil` for an event of the device, which has number 0.
  private static func number(
    _ column: ArraySlice<UInt8>?
  ) throws(QuarantineReason) -> PersonNumber? {
    do {
      return try PersonNumber(bytes: column ?? [])
    } catch {
      switch error {
      case .none: return nil
      case .malformed: throw .badNumber
      case .identityNumber: throw .identityNumberAsNumber
      }
    }
  }

  private static func time(_ fields: ByteFields, in zone: TerminalZone) -> TerminalTime? {
    if let text = fields["time"] { return TerminalTime(text, in: zone) }
    return fields["time_second"]?.wholeNumber(digits: 11).flatMap {
      TerminalTime(packedSeconds: $0, in: zone)
    }
  }
}
