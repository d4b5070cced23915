/// How a terminal recognised a person.
public enum RecognitionMethod: String, Hashable, Sendable, CaseIterable {
  /// The face by itself.
  case face
  /// The face together with a card, finger, palm or number.
  case faceAndMore
  case fingerprint, palm, card, password
  /// The face compared with the picture of an identity card.
  case identityCard
  /// A QR code.
  case code
  /// The number typed, nothing else.
  case numberOnly
  /// Any other way, or one the terminal does not tell.
  case other

  /// Whether a face was looked at.
  public var hasFace: Bool {
    switch self {
    case .face, .faceAndMore, .identityCard: true
    case .fingerprint, .palm, .card, .password, .code, .numberOnly, .other: false
    }
  }

  /// The verify code of ZKTeco firmware (A2; H).
  static func zkteco(verify: Int) -> RecognitionMethod {
    switch verify {
    case 15: .face
    case 16...20, 27, 29: .faceAndMore
    case 1, 8, 9, 13, 21...24: .fingerprint
    case 2: .numberOnly
    case 3: .password
    case 4, 10, 11: .card
    case 25, 26, 28: .palm
    default: .other
    }
  }

  /// The verify type of security firmware: the old code, or sixteen bits as text of which the
  /// second from the right is the face (A5; M).
  static func zktecoSecurity(_ text: ArraySlice<UInt8>) -> RecognitionMethod {
    let isBits = text.count == 16 && text.allSatisfy { $0 == 0x30 || $0 == 0x31 }
    guard isBits else { return zkteco(verify: text.wholeNumber(digits: 3) ?? -1) }
    let bits = text.reduce(0) { $0 << 1 | Int($1 - 0x30) }
    guard bits & 2 != 0 else { return .other }
    return bits == 2 ? .face : .faceAndMore
  }
}
