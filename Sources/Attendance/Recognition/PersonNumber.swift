/// The number of a person on a terminal (PIN, `employeeNoString`): a text, with its leading zeros
/// (terminals.md 0.10; H).
///
/// It can never be an identity number, not even when a centre has entered one as the number: 15
/// digits in a row, and separators between them, are refused.
public struct PersonNumber: Hashable, Sendable {
  /// Letters, digits, `-`, `_` and `.`; at most 32.
  public let text: String

  /// Hikvision allows 32 bytes, ZKTeco 24.
  public static let maximumBytes = 32

  /// Why a text is no number of a person, in the order of the checks.
  public enum Problem: Error, Equatable, Sendable {
    /// Nothing, or `0`: an event of the device itself.
    case none
    case malformed
    case identityNumber
  }

  /// Reads a number as a terminal sends it.
  public init(_ text: String) throws(Problem) { try self.init(bytes: Array(text.utf8)[...]) }

  init(bytes: ArraySlice<UInt8>) throws(Problem) {
    guard !bytes.isEmpty, !(bytes.count == 1 && bytes.first == 0x30) else { throw .none }
    guard bytes.count <= 4 * Self.maximumBytes else { throw .malformed }
    guard !IdentityNumber.isLikely(in: bytes) else { throw .identityNumber }
    guard bytes.count <= Self.maximumBytes, bytes.allSatisfy(Self.isAllowed) else {
      throw .malformed
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}

/// What an identity number looks like (GB 11643: 17 digits and a digit or X; 15 digits before 1999).
enum IdentityNumber {
  /// Fewest digits in a row that may be one.
  static let fewestDigits = 15

  /// Whether text holds so many digits in a row, with at most one byte that is no letter and no
  /// digit between two of them.
  static func isLikely(in text: some Sequence<UInt8>) -> Bool {
    var digits = 0
    var gap = 0
    for byte in text {
      if (0x30...0x39).contains(byte) {
        digits += 1
        gap = 0
        if digits >= fewestDigits { return true }
      } else {
        gap += 1
        if gap > 1 || (byte | 0x20) >= UInt8(ascii: "a") { digits = 0 }
      }
    }
    return false
  }
}
