import POS

/// The query parameters of a request: each known to the operation, none repeated.
struct QueryValues: Sendable {
  private var values: [String: String] = [:]

  /// Reads `text`, what stands after the `?`.
  ///
  /// Throws `unknown_parameter`, `bad_parameter` (repeated, or not percent-encoded UTF-8) from the
  /// left; then `bad_parameter` for the first required one that is missing.
  init(_ text: String?, known: [QueryParameter]) throws {
    for pair in (text ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentCoding.decoded(parts[0], plus: .space),
        known.contains(where: { $0.name == name })
      else { throw Problem(.unknownParameter, ["parameter": .string(String(parts[0]))]) }
      guard let value = PercentCoding.decoded(parts.count > 1 ? parts[1] : "", plus: .space),
        values.updateValue(value, forKey: name) == nil
      else { throw Self.refusal(of: name, expected: "once, percent-encoded UTF-8") }
    }
    for parameter in known where parameter.need == .required && values[parameter.name] == nil {
      throw Self.refusal(of: parameter.name, expected: "a value")
    }
  }

  /// A parameter as text of so many characters without control characters; `nil` if absent.
  func text(_ name: String, count: ClosedRange<Int>) throws -> String? {
    guard let value = values[name] else { return nil }
    guard count.contains(value.unicodeScalars.count), PlainText.isPlain(value) else {
      throw Self.refusal(of: name, expected: "\(count.lowerBound)…\(count.upperBound) characters")
    }
    return value
  }

  /// A parameter as a whole number; `nil` if absent.
  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let value = values[name] else { return nil }
    guard value.utf8.count <= 19, let number = Int(value), range.contains(number),
      String(number) == value
    else {
      throw Self.refusal(
        of: name, expected: "whole number \(range.lowerBound)…\(range.upperBound)")
    }
    return number
  }

  /// The parameter `limit` of every list: 1…200, 50 if absent.
  func limit() throws -> Int { try integer("limit", in: 1...200) ?? 50 }

  /// The refusal of a parameter's value.
  static func refusal(of name: String, expected: String) -> Problem {
    Problem(.badParameter, ["parameter": .string(name), "expected": .string(expected)])
  }
}

/// Percent-encoding of URLs (RFC 3986, section 2.1).
enum PercentCoding {
  enum Plus {
    case space
    case plus
  }

  /// The text without encoding; `nil` if it is malformed, not UTF-8 or has a NUL.
  static func decoded(_ text: some StringProtocol, plus: Plus) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexDigit),
          let low = rest.popFirst().flatMap(hexDigit), high | low != 0
        else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plus == .space: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The text with every byte but letters and digits encoded.
  static func encoded(_ text: String) -> String {
    text.utf8.reduce(into: "") { encoded, byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      encoded += isPlain ? String(scalar) : "%" + hexText([byte])
    }
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
  }
}
