/// One upload of a ZKTeco terminal.
///
/// The body is read by rows, each good or bad on its own; every row received is counted, because
/// a terminal sends the whole batch again until it hears the count, and with it whatever one bad
/// row spoiled (terminals.md 0.2, 0.3; H, M).
public struct ZKTecoUpload: Sendable {
  public let table: ZKTecoTable
  private let body: [UInt8]

  /// An upload by its table and body, without transfer coding.
  public init(_ table: ZKTecoTable, body: [UInt8]) {
    self.table = table
    self.body = body
  }

  /// Reads it. A body beyond `AttendanceLimits.uploadBytes` is one bad row; it should have been
  /// refused before it was taken in.
  public func intake(from terminal: ZKTecoTerminal) -> Intake {
    var intake = Intake()
    guard body.count <= AttendanceLimits.uploadBytes else {
      intake.quarantine(body[...], .unknownTable, .tooLarge, redacted: Redaction.length)
      return intake
    }
    switch table {
    case .attendance:
      forEachRow(&intake) { AttendanceRow.read($0, from: terminal, into: &$1) }
    case .operations:
      forEachRow(&intake) { OperationRow.read($0, from: terminal, into: &$1) }
    case .errors: forEachRow(&intake) { ErrorRow.read($0, from: terminal, into: &$1) }
    case .securityEvents:
      forEachRow(&intake) { SecurityRow.read($0, from: terminal, into: &$1) }
    case .named(let name, _) where name.text.lowercased() == "transaction":
      forEachRow(&intake) { SecurityRow.read($0, from: terminal, into: &$1) }
    case .named(let name, _) where name.text.lowercased() == "user":
      forEachRow(&intake) { OperationRow.readPerson($0, into: &$1) }
    case .attendancePhotos:
      intake.rowCount = 1
      intake.droppedCount = 1
    case .biometricData, .identityCards, .named: forEachRow(&intake) { $1.droppedCount += 1 }
    case .options, .securityState: forEachRow(&intake) { _, _ in }
    case .unknown: readUnknown(into: &intake)
    }
    return intake
  }

  private func forEachRow(
    _ intake: inout Intake, _ read: (ArraySlice<UInt8>, inout Intake) -> Void
  ) {
    for row in ByteRows(body[...]) {
      intake.rowCount += 1
      read(row, &intake)
    }
  }

  /// Nobody knows what is in it: one entry says how much there was.
  private func readUnknown(into intake: inout Intake) {
    intake.quarantine(body[...], .unknownTable, .unknownTable, redacted: Redaction.length)
    for _ in ByteRows(body[...]) { intake.rowCount += 1 }
  }
}
