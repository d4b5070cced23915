/// `1_attlog.dat`, as ZKTeco terminals write it on a USB stick.
///
/// `PIN, padded with blanks␉time␉c3␉c4␉c5␉c6`, where what c3 to c6 mean differs by unit: the usual
/// order is device, status, verify, workcode; others put verify first. A mapping set for the
/// terminal goes first; a guess is made only where one column is 15, a face, in every row.
/// A row here and the same row by push have the same key. Source: terminals.md D (M).
public struct AttendanceLogFile: Sendable {
  /// Where status and verify code stand, counted from 1 with the number as the first column.
  public struct Columns: Hashable, Sendable {
    public let status: Int
    public let verify: Int

    /// A mapping; `nil` if a column is not one of 3 to 6 or both are one.
    public init?(status: Int, verify: Int) {
      guard (3...6).contains(status), (3...6).contains(verify), status != verify else {
        return nil
      }
      self.init(status: status, andVerify: verify)
    }

    /// Device, status, verify, workcode.
    public static let deviceFirst = Columns(status: 4, andVerify: 5)
    /// Verify, status.
    public static let verifyFirst = Columns(status: 4, andVerify: 3)
    /// Status, verify, as in pushed rows.
    public static let statusFirst = Columns(status: 3, andVerify: 4)

    private init(status: Int, andVerify verify: Int) {
      self.status = status
      self.verify = verify
    }
  }

  private let bytes: [UInt8]

  /// The content of a file.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads it as the rows of one terminal.
  ///
  /// Throws in this order: too large, no rows, columns unknown.
  public func intake(
    from terminal: TerminalSerial, zone: TerminalZone, columns: Columns?
  ) throws(AttendanceFileProblem) -> Intake {
    guard bytes.count <= AttendanceLimits.fileBytes else {
      throw .tooLarge(limitBytes: AttendanceLimits.fileBytes)
    }
    guard ByteRows(bytes[...]).first(where: { _ in true }) != nil else { throw .noRows }
    guard let columns = columns ?? guessedColumns() else { throw .columnsUnknown }
    var intake = Intake()
    for row in ByteRows(bytes[...]) {
      intake.rowCount += 1
      do {
        intake.recognitions.append(
          try recognition(of: row, on: terminal, zone: zone, columns: columns))
      } catch {
        intake.quarantine(row, .attendanceLog, error)
      }
    }
    return intake
  }

  private func recognition(
    of row: ArraySlice<UInt8>, on terminal: TerminalSerial, zone: TerminalZone, columns: Columns
  ) throws(QuarantineReason) -> Recognition {
    guard row.count <= AttendanceLimits.rowBytes else { throw .rowTooLong }
    let fields = row.columns(limit: 8).map(\.trimmed)
    guard fields.count >= max(columns.status, columns.verify) else { throw .tooFewColumns }
    let number = try AttendanceRow.number(fields[0])
    guard let time = TerminalTime(fields[1], in: zone) else { throw .badTime }
    guard let status = fields[columns.status - 1].wholeNumber(digits: 3),
      let verify = fields[columns.verify - 1].wholeNumber(digits: 3)
    else { throw .badCode }
    guard let pass = Pass.zktecoAttendance(status: status, verify: verify) else {
      throw .codeNotAllowed
    }
    return Recognition(
      pass, of: number, at: time, on: terminal,
      key: .zktecoAttendance(terminal, number, time, status: status, verify: verify),
      delivery: .stored)
  }

  /// The order in which the only column that is 15 in every good row is the verify code.
  private func guessedColumns() -> Columns? {
    var isFace = [true, true, true]
    var rowCount = 0
    for row in ByteRows(bytes[...]) where row.count <= AttendanceLimits.rowBytes {
      let fields = row.columns(limit: 8)
      guard fields.count >= 5 else { continue }
      rowCount += 1
      for index in 0..<3 where fields[index + 2].trimmed.wholeNumber(digits: 3) != 15 {
        isFace[index] = false
      }
    }
    guard rowCount > 0, isFace.filter({ $0 }).count == 1 else { return nil }
    if isFace[0] { return .verifyFirst }
    return isFace[1] ? .statusFirst : .deviceFirst
  }
}

/// Why a file is refused as a whole, in the order of the checks. Rows are refused one by one.
public enum AttendanceFileProblem: Error, Equatable, Sendable {
  case tooLarge(limitBytes: Int)
  case noRows
  /// The order of the columns is not set for this terminal, and cannot be guessed.
  case columnsUnknown
  /// The first row has no column for the number, or none for the time.
  case noHeader
}
