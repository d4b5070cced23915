/// The firmware family of a ZKTeco terminal: `DeviceType` of its handshake (A1, A5; H).
public enum ZKTecoDialect: String, Hashable, Sendable, CaseIterable {
  /// Attendance; also what says nothing.
  case attendance = "att"
  /// Attendance and ID cards: rows of `ATTLOG` have other columns (0.5; M).
  case identityCard = "pid"
  /// Security: events are `rtlog`, with refusals among them.
  case security = "acc"

  /// The dialect a terminal names; an information screen (`ins`) and unknown ones speak as
  /// attendance does.
  init(wire text: String?) {
    self = text.flatMap { ZKTecoDialect(rawValue: $0.lowercased()) } ?? .attendance
  }
}

/// What must be known of an enrolled terminal to read what it sends.
public struct ZKTecoTerminal: Hashable, Sendable {
  public let serial: TerminalSerial
  public let dialect: ZKTecoDialect
  /// Its rows have no zone (0.1; H).
  public let zone: TerminalZone

  /// An enrolled terminal.
  public init(
    serial: TerminalSerial, dialect: ZKTecoDialect = .attendance, zone: TerminalZone = .china
  ) {
    self.serial = serial
    self.dialect = dialect
    self.zone = zone
  }
}
