/// A citizen's identity number of the People's Republic: 18 characters by GB 11643-1999 — six of the
/// region, eight of the birth date, three of the sequence, a check character by ISO 7064 MOD 11-2.
///
/// It is never kept: only `PersonalKeys.identityHash` of it, and `lastFour`, sealed. The region is
/// not looked up: codes come and go, and a person keeps the number of the day it was given.
public struct IdentityNumber: Hashable, Sendable {
  /// Why a text is no identity number, in the order of the checks; never with the text.
  public enum Problem: Error, Equatable, Sendable {
    case missing
    /// A number of before 1999, which is not valid any more.
    case fifteenDigits
    case length
    case characters
    case birthDate
    case checkCharacter
  }

  /// The 18 characters, the last `0`…`9` or `X`.
  public let text: String
  /// The birth date in it.
  public let birthDate: BusinessDate

  /// Reads a number as offices write it: spaces, a spreadsheet's apostrophe or back-tick before
  /// it, full-width digits and a small `x` do not matter.
  public init(_ written: some StringProtocol) throws(Problem) {
    let plain = written.unicodeScalars.compactMap(Self.plain)
    guard !plain.isEmpty else { throw .missing }
    let isAllDigits = plain.allSatisfy { (0x30...0x39).contains($0) }
    guard plain.count != 15 || !isAllDigits else { throw .fifteenDigits }
    guard plain.count == 18 else { throw .length }
    let digits = plain.dropLast().compactMap { (0x30...0x39).contains($0) ? Int($0) - 0x30 : nil }
    guard digits.count == 17, Self.checkCharacters.contains(plain[17]) else { throw .characters }
    let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
    guard
      let date = BusinessDate(
        birthYear: number(6..<10), month: number(10..<12), day: number(12..<14))
    else { throw .birthDate }
    let sum = zip(digits, Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
    guard plain[17] == Self.checkCharacters[sum % 11] else { throw .checkCharacter }
    text = String(decoding: plain, as: UTF8.self)
    birthDate = date
  }

  /// What is kept of the number to tell people of one name apart.
  public var lastFour: String { String(text.suffix(4)) }

  /// Weights of the first 17 digits: 2¹⁷ … 2¹ modulo 11.
  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  /// The check character for each remainder.
  private static let checkCharacters = Array("10X98765432".utf8)

  /// A character as ASCII in upper case; `nil` for what does not matter, NUL for what is wrong.
  private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x20, 0xA0, 0x3000, 0x27, 0x60, 0x2019, 0x09: nil
    case 0x30...0x39: UInt8(scalar.value)
    case 0x58, 0x78, 0xFF38, 0xFF58: UInt8(ascii: "X")
    case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10 + 0x30)
    default: 0
    }
  }
}

extension IdentityNumber: CustomStringConvertible, CustomDebugStringConvertible {
  /// Never the number, so that no log or failed test can show it.
  public var description: String { "identity number" }
  /// As `description`.
  public var debugDescription: String { description }
}
