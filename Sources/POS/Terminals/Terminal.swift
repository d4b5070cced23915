/// A face terminal at the counter of a meal centre, as it was enrolled.
///
/// This folder holds what the store knows of terminals, in plain values: the codecs that read
/// their bytes are another target. What a terminal sends is a `TerminalBatch`, stored whole in one
/// unit, once; what is to be done on a terminal is a `TerminalCommand`.
///
/// 1. One serial number has at most one enrolment in use; it never changes, but it ends. A terminal
///    that moves to another centre is enrolled anew.
/// 2. A pass is known by its identity key, whoever brings it and whenever (`TerminalPass`).
public struct Terminal: Hashable, Sendable {
  public let id: TerminalID
  /// What it calls itself: a serial number, or a hardware address without its colons.
  public let serial: String
  public let family: Family
  public let centreID: CentreID
  /// For people: maker and model. May be empty.
  public let model: String
  /// By how many minutes its clock is ahead of UTC.
  public let zoneMinutes: Int64

  /// The protocol a terminal speaks.
  public enum Family: String, CaseIterable, Sendable {
    /// ZKTeco attendance firmware.
    case zktecoAttendance
    /// ZKTeco ID-card firmware.
    case zktecoIdentityCard
    /// ZKTeco security firmware.
    case zktecoSecurity
    case hikvision

    /// Whether it can be asked how many rows it has of some days.
    public var countsRows: Bool { self == .zktecoAttendance || self == .zktecoIdentityCard }
    /// Whether it asks for commands.
    public var takesCommands: Bool { self != .hikvision }
  }

  /// An enrolment.
  public init(
    id: TerminalID, serial: String, family: Family, centreID: CentreID, model: String,
    zoneMinutes: Int64
  ) {
    self.id = id
    self.serial = serial
    self.family = family
    self.centreID = centreID
    self.model = model
    self.zoneMinutes = zoneMinutes
  }
}

/// A person's number on a new terminal, and the one by which the centre knows the person.
public struct TerminalNumber: Hashable, Sendable {
  public let wireNumber: String
  public let number: String

  /// A pair of numbers.
  public init(wireNumber: String, number: String) {
    self.wireNumber = wireNumber
    self.number = number
  }
}

extension Terminal {
  /// The date by its clock.
  public func localDate(atMs: Int64) -> BusinessDate {
    let localMs = atMs + zoneMinutes * 60_000
    let days = (localMs - ((localMs % 86_400_000) + 86_400_000) % 86_400_000) / 86_400_000
    return BusinessDate(daysSince1970: Int(days))
  }

  /// What the journal says of an enrolment.
  public var body: JSON {
    .members([
      "terminalID": .string(id.text), "serial": .string(serial),
      "family": .string(family.rawValue), "centreID": .string(centreID.text),
      "model": .string(model), "zoneMinutes": .integer(zoneMinutes),
    ])
  }
}
