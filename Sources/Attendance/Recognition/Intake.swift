/// What was read of one upload, push or file: all of it may be stored.
public struct Intake: Equatable, Sendable {
  /// People who passed, in the order sent. The same may stand twice.
  public internal(set) var recognitions: [Recognition] = []
  /// Refusals, doors, alarms: read well, and no recognition.
  public internal(set) var uncounted: [UncountedEvent] = []
  /// What happened to the terminal: clock set, rows deleted, faces enrolled.
  public internal(set) var evidence: [TerminalEvidence] = []
  /// Who is enrolled on the terminal, without names.
  public internal(set) var people: [TerminalPerson] = []
  /// What could not be read, redacted.
  public internal(set) var quarantined: [QuarantinedRow] = []
  /// Pictures, templates and identity cards that were sent and dropped unread.
  public internal(set) var droppedCount = 0
  /// Rows received, of whatever kind and however bad: the number a terminal wants to hear.
  public internal(set) var rowCount = 0

  /// Nothing.
  public init() {}

  mutating func quarantine(
    _ row: ArraySlice<UInt8>, _ kind: RowKind, _ reason: QuarantineReason,
    redacted: (ArraySlice<UInt8>) -> String = Redaction.columns
  ) {
    guard quarantined.count < AttendanceLimits.quarantinedRows else {
      countFurther(kind)
      return
    }
    quarantined.append(
      QuarantinedRow(
        kind: kind, rowNumber: rowCount, reason: reason, redacted: redacted(row), rowCount: 1))
  }

  /// Counts a bad row beyond those kept.
  private mutating func countFurther(_ kind: RowKind) {
    let last = quarantined.count - 1
    if quarantined[last].reason == .furtherRows {
      quarantined[last].rowCount += 1
    } else {
      quarantined.append(
        QuarantinedRow(
          kind: kind, rowNumber: rowCount, reason: .furtherRows, redacted: "", rowCount: 1))
    }
  }

  mutating func note(_ event: UncountedEvent) {
    if uncounted.count < AttendanceLimits.uncountedEvents { uncounted.append(event) }
  }
}

/// An event that was read well and is no recognition.
public struct UncountedEvent: Hashable, Sendable {
  /// Why it does not count.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The event is on no list of passes, though it names a person: not allowed in, unknown card,
    /// too soon, black list…
    case refused
    /// The event is of the device: door, alarm, start.
    case noPerson
  }

  public let terminal: TerminalSerial
  public let reason: Reason
  /// The event as the protocol numbers it, `20`, `5/76`.
  public let wireCode: String
  /// Who was refused, as the terminal numbers people.
  public let number: PersonNumber?
  public let time: TerminalTime
  public let recordNumber: Int64?
}

/// Someone enrolled on a terminal. Names, passwords and cards that came along are gone.
public struct TerminalPerson: Hashable, Sendable {
  public let number: PersonNumber
  /// Rights on the terminal: 0 is none, 14 all (A4). Who can enrol faces is worth knowing.
  public let privilege: Int?
}

/// A row that could not be read, with all that could be personal taken out.
///
/// A terminal sends a bad row again and again: `kind`, `reason` and `redacted` together tell
/// whether it is known.
public struct QuarantinedRow: Hashable, Sendable {
  public let kind: RowKind
  /// Its place in the upload, from 1.
  public let rowNumber: Int
  public let reason: QuarantineReason
  /// Its shape: short numbers and times as they are, lengths for all else.
  public let redacted: String
  /// More than one only for `.furtherRows`.
  public internal(set) var rowCount: Int
}

/// Which kind of row was bad.
public enum RowKind: String, Hashable, Sendable, CaseIterable {
  case attendance, identityCard, operation, security, hikvision, attendanceLog, exportedTable
  /// A table the codec does not know.
  case unknownTable
}

/// Why a row is in quarantine.
public enum QuarantineReason: String, Error, Hashable, Sendable, CaseIterable {
  case tooFewColumns, rowTooLong, badNumber, identityNumberAsNumber, badTime, badCode
  /// A status or verify code that is on no list.
  case codeNotAllowed
  /// No record number where the protocol has one, so that nothing tells it from another.
  case noRecordNumber
  /// No terminal is named, or one that is not known here.
  case noTerminal
  case unknownTable, notReadable, tooLarge
  /// Bad rows beyond those that are kept one by one.
  case furtherRows
}
