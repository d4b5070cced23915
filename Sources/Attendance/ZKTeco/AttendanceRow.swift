/// A row of `ATTLOG`:
/// `PIN␉time␉status␉verify␉workcode␉reserved␉reserved[␉mask␉temperature␉converted[␉offset␉data]]`,
/// on ID-card terminals `…␉reserved␉reserved␉identity number␉type`.
///
/// Source: terminals.md A2 (H for 7 and 10 columns, M for 12 and for ID cards).
enum AttendanceRow {
  static func read(
    _ row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal, into intake: inout Intake
  ) {
    do {
      intake.recognitions.append(try recognition(of: row, from: terminal))
    } catch {
      let kind: RowKind = terminal.dialect == .identityCard ? .identityCard : .attendance
      intake.quarantine(row, kind, error)
    }
  }

  private static func recognition(
    of row: ArraySlice<UInt8>, from terminal: ZKTecoTerminal
  ) throws(QuarantineReason) -> Recognition {
    guard row.count <= AttendanceLimits.rowBytes else { throw .rowTooLong }
    let columns = row.columns(limit: AttendanceLimits.columns).map(\.trimmed)
    guard columns.count >= 4 else { throw .tooFewColumns }
    let number = try number(columns[0])
    guard let time = TerminalTime(columns[1], in: terminal.zone) else { throw .badTime }
    guard let status = columns[2].wholeNumber(digits: 3),
      let verify = columns[3].wholeNumber(digits: 3)
    else { throw .badCode }
    let pass =
      try isIdentityCardRow(columns, of: terminal)
      ? Pass.zktecoIdentityCard(type: type(columns), status: status, verify: verify)
      : Pass.zktecoAttendance(status: status, verify: verify)
    guard let pass else { throw .codeNotAllowed }
    return Recognition(
      pass, of: number, at: time, on: terminal.serial,
      key: .zktecoAttendance(terminal.serial, number, time, status: status, verify: verify))
  }

  static func number(_ column: ArraySlice<UInt8>) throws(QuarantineReason) -> PersonNumber {
    do {
      return try PersonNumber(bytes: column)
    } catch {
      throw error == .identityNumber ? .identityNumberAsNumber : .badNumber
    }
  }

  /// Whether columns 8 and 9 are those of an ID-card terminal. The row decides too: one that was
  /// enrolled as an attendance terminal must not have its failures counted.
  private static func isIdentityCardRow(
    _ columns: [ArraySlice<UInt8>], of terminal: ZKTecoTerminal
  ) -> Bool {
    if terminal.dialect == .identityCard { return true }
    let isNine = columns.count == 9 || (columns.count == 10 && columns[9].isEmpty)
    return isNine || (columns.count > 7 && IdentityNumber.isLikely(in: columns[7]))
  }

  /// The type of an ID-card row: attendance or verification.
  private static func type(_ columns: [ArraySlice<UInt8>]) throws(QuarantineReason) -> Int {
    guard columns.count > 8 else { throw .tooFewColumns }
    guard let type = columns[8].wholeNumber(digits: 2) else { throw .badCode }
    return type
  }
}
