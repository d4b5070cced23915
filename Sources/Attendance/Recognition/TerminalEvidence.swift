/// Something that happened to a terminal and may matter when meals are checked.
public struct TerminalEvidence: Hashable, Sendable {
  public let terminal: TerminalSerial
  public let meaning: EvidenceMeaning
  /// The code as sent: a number of the operation log, or eight characters of the error log.
  public let wireCode: String
  /// Who did it, as the terminal numbers people.
  public let operatorNumber: PersonNumber?
  /// Whom or what it was done to, as the terminal numbers it.
  public let subjectNumber: PersonNumber?
  /// When; the error log does not say.
  public let time: TerminalTime?
}

/// What an entry of the operation or error log means (A3; M).
public enum EvidenceMeaning: String, Hashable, Sendable, CaseIterable {
  case powerOn, powerOff, verifyFailed, alarm, menuEntered, settingChanged, userDeleted
  case dataCleared, clockSet, factoryReset, attendanceDeleted, userAdded, userChanged
  case copiedToUSB, deletedAfterCopy, rightsChanged, serverChanged, faceEnrolled
  case accessRowsDeleted, faceDeleted, faceChanged
  /// The face was not alive: a picture was held up.
  case livenessFailed
  case other

  /// The operation of this code.
  init(operation code: Int) {
    self = Self.operations[code] ?? .other
  }

  /// The error of this code.
  init(error code: String) {
    self = code == "D01E0005" ? .livenessFailed : .other
  }

  private static let operations: [Int: EvidenceMeaning] = [
    0: .powerOn, 1: .powerOff, 2: .verifyFailed, 3: .alarm, 4: .menuEntered, 5: .settingChanged,
    9: .userDeleted, 13: .dataCleared, 21: .clockSet, 22: .factoryReset, 23: .attendanceDeleted,
    30: .userAdded, 36: .userChanged, 39: .copiedToUSB, 40: .copiedToUSB, 41: .copiedToUSB,
    43: .deletedAfterCopy, 71: .rightsChanged, 82: .serverChanged, 83: .serverChanged,
    101: .faceEnrolled, 105: .accessRowsDeleted, 106: .faceDeleted, 114: .faceChanged,
  ]
}
