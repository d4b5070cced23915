import Attendance
import POS
import POSStore

// From what a codec read to what the store keeps: plain values, nothing personal in either.
extension Intake {
  /// The batch of one terminal.
  ///
  /// - Parameters:
  ///   - isLive: whether rows that do not say so themselves came as they happened.
  ///   - atMs: when it came, for events without a time of their own.
  func batch(
    of terminal: EnrolledTerminal, way: TerminalBatch.Way, isLive: Bool, atMs: Int64
  ) -> TerminalBatch {
    let serial = terminal.terminal.serial
    let today = terminal.terminal.localDate(atMs: atMs).description
    return TerminalBatch(
      terminalID: terminal.terminal.id, way: way,
      passes: recognitions.map { TerminalPass($0, isLive: isLive) },
      evidence: evidence.map { EvidenceRow($0, on: today) }
        + uncounted.compactMap(EvidenceRow.init)
        + people.compactMap { EvidenceRow($0, serial: serial) },
      quarantined: quarantined.map(QuarantineRow.init))
  }
}

extension TerminalPass {
  /// A recognition; `isLive` decides where the terminal does not say.
  init(_ seen: Recognition, isLive: Bool = false) {
    let wasLive =
      switch seen.delivery {
      case .live: true
      case .stored: false
      case .unknown: isLive
      }
    self.init(
      key: seen.key.text, number: seen.number.text, wireTime: seen.time.wireText,
      atMs: seen.time.atMs, method: seen.method.rawValue, recordNumber: seen.recordNumber,
      isLive: wasLive)
  }
}

extension EvidenceRow {
  fileprivate init(_ event: TerminalEvidence, on today: String) {
    let parts = [
      event.terminal.text, event.wireCode, event.time?.localText ?? today,
      event.operatorNumber?.text ?? "", event.subjectNumber?.text ?? "",
    ]
    self.init(
      key: "operation " + parts.joined(separator: "/"), meaning: event.meaning.rawValue,
      detail: event.wireCode, operatorNumber: event.operatorNumber?.text,
      subjectNumber: event.subjectNumber?.text, wireTime: event.time?.wireText,
      atMs: event.time?.atMs)
  }

  /// Someone who was refused; doors and starts are not kept.
  fileprivate init?(_ event: UncountedEvent) {
    guard event.reason == .refused, let number = event.number else { return nil }
    let parts = [
      event.terminal.text, event.wireCode, number.text, event.time.localText,
      event.recordNumber.map { "\($0)" } ?? "",
    ]
    self.init(
      key: "refused " + parts.joined(separator: "/"), meaning: "refused", detail: event.wireCode,
      subjectNumber: number.text, wireTime: event.time.wireText, atMs: event.time.atMs)
  }

  /// Someone who may change things on the terminal.
  fileprivate init?(_ person: TerminalPerson, serial: String) {
    guard let privilege = person.privilege, privilege > 0 else { return nil }
    self.init(
      key: "rights \(serial)/\(person.number.text)/\(privilege)", meaning: "hasRights",
      detail: "\(privilege)", subjectNumber: person.number.text)
  }
}

extension QuarantineRow {
  init(_ row: QuarantinedRow) {
    self.init(
      kind: row.kind.rawValue, reason: row.reason.rawValue, redacted: row.redacted,
      rowCount: Int64(row.rowCount))
  }
}

extension EnrolledTerminal {
  /// The terminal as the codecs of its family know it; `nil` for one of another family.
  var zkteco: ZKTecoTerminal? {
    let dialect: ZKTecoDialect
    switch terminal.family {
    case .zktecoAttendance: dialect = .attendance
    case .zktecoIdentityCard: dialect = .identityCard
    case .zktecoSecurity: dialect = .security
    case .hikvision: return nil
    }
    guard let serial = TerminalSerial(terminal.serial) else { return nil }
    return ZKTecoTerminal(serial: serial, dialect: dialect, zone: zone)
  }

  /// Its zone; an enrolment has no other.
  var zone: TerminalZone { TerminalZone(minutes: Int(terminal.zoneMinutes)) ?? .china }

  /// How it wants names.
  var names: NameEncoding { hasChineseNames ? .gb18030 : .utf8 }
}
