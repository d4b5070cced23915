/// A person a meal terminal let pass, once: what a meal is later made of.
///
/// This folder says what is known of a recognition; the folders beside it read the bytes of one
/// family of terminals each. All of it is pure: bytes and settings in, values out.
///
/// Invariants:
/// 1. A recognition can only be made with a `Pass`, and a pass only from an event on the
///    allow-list of its protocol. A refusal that carries a person's number is an `UncountedEvent`.
/// 2. Two readings of one stored event of a terminal have the same `key`, also when one came by
///    push and the other by file; two events have different ones.
/// 3. Nothing that leaves a codec holds an identity number, a password, a name, a card number, a
///    picture or a template. What could not be read is kept as a `QuarantinedRow`, redacted.
/// 4. A bad row never costs its neighbours, and no input makes a codec stop, throw for a row, or
///    use time or memory beyond a small multiple of the input, which is itself bounded
///    (`AttendanceLimits`).
public struct Recognition: Equatable, Sendable {
  /// What makes it count once.
  public let key: RecognitionKey
  /// Who saw the person, as the terminal names itself.
  public let terminal: TerminalSerial
  /// Who was seen, as the terminal numbers people.
  public let number: PersonNumber
  /// When, by the terminal's clock.
  public let time: TerminalTime
  /// How the person was recognised.
  public let method: RecognitionMethod
  /// Which protocol brought it.
  public let source: RecognitionSource
  /// The terminal's own number of the event, where the protocol has one.
  public let recordNumber: Int64?
  /// Whether it is of this moment, as far as the terminal says.
  public let delivery: Delivery

  init(
    _ pass: Pass, of number: PersonNumber, at time: TerminalTime, on terminal: TerminalSerial,
    key: RecognitionKey, recordNumber: Int64? = nil, delivery: Delivery = .unknown
  ) {
    self.key = key
    self.terminal = terminal
    self.number = number
    self.time = time
    self.recordNumber = recordNumber
    self.delivery = delivery
    method = pass.method
    source = pass.source
  }
}

/// Which protocol an event came by.
public enum RecognitionSource: String, Hashable, Sendable, CaseIterable {
  /// ZKTeco attendance firmware, by push or from its `attlog.dat`.
  case zktecoAttendance
  /// ZKTeco ID-card firmware.
  case zktecoIdentityCard
  /// ZKTeco security firmware.
  case zktecoSecurity
  /// Hikvision, by push or by search.
  case hikvision
  /// A table exported by attendance software.
  case exportedTable
}

/// Whether an event was sent as it happened.
public enum Delivery: String, Hashable, Sendable, CaseIterable {
  case live, stored, unknown
}

/// The exactly-once key of a recognition, as one text for a unique index.
///
/// - ZKTeco attendance, push and file: terminal, number, local time, status, verify code. Rows
///   have no number of their own (terminals.md 0.1; H).
/// - ZKTeco security: terminal, record number, local time (A5; M). The time is part of it because
///   a factory reset starts the numbers again.
/// - Hikvision: terminal, record number, moment (B3; M).
/// - Exported tables: terminal, number, local time. They have no status, so a person's row from a
///   table and from the terminal are two keys; the repeat window of the meal rules joins them.
public struct RecognitionKey: Hashable, Sendable {
  /// Parts joined by `/`, which no part can hold.
  public let text: String

  private init(_ text: String) { self.text = text }

  static func zktecoAttendance(
    _ terminal: TerminalSerial, _ number: PersonNumber, _ time: TerminalTime, status: Int,
    verify: Int
  ) -> RecognitionKey {
    RecognitionKey(
      "zk/\(terminal.text)/\(number.text)/\(time.localText)/\(status)/\(verify)")
  }

  static func zktecoSecurity(
    _ terminal: TerminalSerial, recordNumber: Int64, _ time: TerminalTime
  ) -> RecognitionKey {
    RecognitionKey("zks/\(terminal.text)/\(recordNumber)/\(time.localText)")
  }

  static func hikvision(
    _ terminal: TerminalSerial, recordNumber: Int64, _ time: TerminalTime
  ) -> RecognitionKey {
    RecognitionKey("hik/\(terminal.text)/\(recordNumber)/\(time.atMs)")
  }

  static func exportedTable(
    _ terminal: TerminalSerial, _ number: PersonNumber, _ time: TerminalTime
  ) -> RecognitionKey {
    RecognitionKey("table/\(terminal.text)/\(number.text)/\(time.localText)")
  }
}
