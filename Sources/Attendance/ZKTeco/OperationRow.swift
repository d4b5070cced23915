/// A row of `OPERLOG`: `OPLOG code␉operator␉time␉object␉…`, `USER PIN=…␉Name=…␉Passwd=…`, or a
/// template or picture. Of people only number and rights are taken; templates and pictures are
/// counted and dropped.
///
/// Source: terminals.md A3 (H for the form, M for the codes).
enum OperationRow {
  static func read(
    _ row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal, into intake: inout Intake
  ) {
    if row.hasPrefix("OPLOG") {
      readOperation(row.dropFirst(5).trimmed, from: terminal, into: &intake)
    } else if row.hasPrefix("USER ") || row.hasPrefix("USER\t") {
      readPerson(row, into: &intake)
    } else if biometricPrefixes.contains(where: { row.hasPrefix($0) }) {
      intake.droppedCount += 1
    } else {
      intake.quarantine(row, .operation, .notReadable, redacted: Redaction.length)
    }
  }

  private static let biometricPrefixes: [StaticString] = [
    "FP ", "FACE ", "USERPIC ", "BIOPHOTO ", "BIODATA ", "FVEIN ", "FP\t", "FACE\t", "BIODATA\t",
  ]

  private static func readOperation(
    _ row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal, into intake: inout Intake
  ) {
    let columns = row.prefix(AttendanceLimits.rowBytes).columns(limit: 8).map(\.trimmed)
    guard columns.count >= 3 else {
      intake.quarantine(row, .operation, .tooFewColumns)
      return
    }
    guard let code = columns[0].wholeNumber(digits: 4) else {
      intake.quarantine(row, .operation, .badCode)
      return
    }
    guard let time = TerminalTime(columns[2], in: terminal.zone) else {
      intake.quarantine(row, .operation, .badTime)
      return
    }
    intake.evidence.append(
      TerminalEvidence(
        terminal: terminal.serial, meaning: EvidenceMeaning(operation: code), wireCode: "\(code)",
        operatorNumber: number(columns[1]),
        subjectNumber: columns.count > 3 ? number(columns[3]) : nil, time: time))
  }

  /// A person's number in a log, if it is one. In a log it may be anything, so only digits are
  /// taken: a name can hide in letters.
  private static func number(_ column: ArraySlice<UInt8>) -> PersonNumber? {
    guard column.wholeNumber(digits: 14) != nil else { return nil }
    do {
      return try PersonNumber(bytes: column)
    } catch {
      return nil
    }
  }

  /// Reads `USER PIN=…␉Pri=…`, and `user uid=…␉pin=…␉privilege=…` of security firmware.
  static func readPerson(_ row: ArraySlice<UInt8>, into intake: inout Intake) {
    let head = row.prefix(AttendanceLimits.rowBytes)
    let start = head.hasPrefix("USER") || head.hasPrefix("user") ? head.dropFirst(4) : head
    let fields = ByteFields(start)
    do {
      let number = try AttendanceRow.number(fields["PIN"] ?? [])
      let privilege = (fields["Pri"] ?? fields["Privilege"])?.wholeNumber(digits: 2)
      intake.people.append(TerminalPerson(number: number, privilege: privilege))
    } catch {
      intake.quarantine(row, .operation, error, redacted: Redaction.length)
    }
  }
}

/// A row of `ERRORLOG`: `ErrCode=D01E0005␉ErrMsg=…` (A3; M). Messages are dropped.
enum ErrorRow {
  static func read(
    _ row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal, into intake: inout Intake
  ) {
    let head = row.prefix(AttendanceLimits.rowBytes).trimmed
    let start = head.hasPrefix("ERRORLOG ") ? head.dropFirst(9) : head
    guard let code = ByteFields(start)["ErrCode"], code.count == 8,
      code.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
    else {
      intake.quarantine(row, .operation, .notReadable, redacted: Redaction.length)
      return
    }
    let text = String(decoding: code, as: UTF8.self).uppercased()
    intake.evidence.append(
      TerminalEvidence(
        terminal: terminal.serial, meaning: EvidenceMeaning(error: text), wireCode: text,
        operatorNumber: nil, subjectNumber: nil, time: nil))
  }
}
