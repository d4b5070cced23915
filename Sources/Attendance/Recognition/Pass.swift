/// The right to make a recognition: an event that is on the allow-list of its protocol.
///
/// Every list of events that count is in this file, and a `Pass` can be made nowhere else. What is
/// on no list does not count, also when it carries a person's number (terminals.md 0.6; H, M).
public struct Pass: Equatable, Sendable {
  /// How the person was recognised.
  public let method: RecognitionMethod
  /// The protocol whose list it is.
  public let source: RecognitionSource

  private init(_ method: RecognitionMethod, _ source: RecognitionSource) {
    self.method = method
    self.source = source
  }
}

extension Pass {
  /// Status codes of an attendance row: in, out, break out and in, overtime in and out, undefined
  /// (A2; H, 255 L).
  private static let attendanceStatuses: Set<Int> = [0, 1, 2, 3, 4, 5, 255]

  /// A row of `ATTLOG`. The table holds only people who passed (A2; H), so any verify code counts;
  /// an unknown one is `.other`.
  static func zktecoAttendance(status: Int, verify: Int) -> Pass? {
    guard attendanceStatuses.contains(status), (0...255).contains(verify) else { return nil }
    return Pass(.zkteco(verify: verify), .zktecoAttendance)
  }

  /// A row of `ATTLOG` of an ID-card terminal: type 0 is attendance; type 1 compares a person with
  /// an identity card, where status 0 passed, 1 failed, 2 is on the black list (A2; M).
  static func zktecoIdentityCard(type: Int, status: Int, verify: Int) -> Pass? {
    guard (0...255).contains(verify) else { return nil }
    switch type {
    case 0:
      guard attendanceStatuses.contains(status) else { return nil }
      return Pass(.zkteco(verify: verify), .zktecoIdentityCard)
    case 1: return status == 0 ? Pass(.identityCard, .zktecoIdentityCard) : nil
    default: return nil
    }
  }

  /// Events of security firmware that are a person let in: 0 to 3 and 14 to 19 by a way of
  /// verifying, 203 several people, 218 ID card, 222 remote, 232 verified (A5; M, the choice is the
  /// reference's).
  private static let securityEvents: Set<Int> = [
    0, 1, 2, 3, 14, 15, 16, 17, 18, 19, 203, 218, 222, 232,
  ]

  /// A row of `rtlog` or of the table `transaction`.
  static func zktecoSecurity(event: Int, method: RecognitionMethod) -> Pass? {
    guard securityEvents.contains(event) else { return nil }
    return Pass(event == 218 ? .identityCard : method, .zktecoSecurity)
  }

  /// Events of major type 5 that are a person let in (B1; H for 75, M for the others).
  private static let hikvisionEvents: [Int64: RecognitionMethod] = [
    1: .card, 2: .card, 38: .fingerprint, 75: .face, 77: .faceAndMore, 104: .password,
    105: .identityCard, 0x9C: .code, 0xB5: .password,
  ]

  /// An access event. Someone on the terminal's black list, or who still waits for a person's
  /// consent, has not passed.
  static func hikvision(major: Int64, minor: Int64, userType: String?, isPending: Bool) -> Pass? {
    guard major == 5, userType?.lowercased() != "blacklist", !isPending else { return nil }
    return hikvisionEvents[minor].map { Pass($0, .hikvision) }
  }

  /// A row of an exported table. The words are those seen in exports (D; M); an empty cell or a
  /// table without the column says nothing about the way.
  static func exportedTable(method word: String?) -> Pass? {
    guard let word, !word.isEmpty else { return Pass(.other, .exportedTable) }
    return exportedMethods[word].map { Pass($0, .exportedTable) }
  }

  private static let exportedMethods: [String: RecognitionMethod] = [
    "人脸": .face, "面部": .face, "人脸识别": .face, "人脸验证": .face, "脸": .face, "15": .face,
    "指纹": .fingerprint, "1": .fingerprint, "掌纹": .palm, "掌静脉": .palm, "25": .palm,
    "卡": .card, "刷卡": .card, "感应卡": .card, "4": .card, "密码": .password, "3": .password,
    "身份证": .identityCard, "二维码": .code, "工号": .numberOnly, "其他": .other, "其它": .other,
  ]
}
