/// GB 18030 as Chinese devices have it: ASCII and the two-byte zone, both ways.
///
/// No second byte is below 40, so no text can hold a control byte, a tab or a line end of its own.
public enum GB18030 {
  /// Codes by scalar value, for the first plane; 0 is none. ASCII is itself without its controls.
  public static let codes: [UInt16] = makeCodes()

  /// The code of one scalar; 0 if it has none.
  @inlinable
  public static func code(of scalar: Unicode.Scalar) -> UInt16 {
    scalar.value < 0x10000 ? codes[Int(scalar.value)] : 0
  }

  /// The text that bytes are. What is no character of one or two bytes becomes U+FFFD, also the
  /// rare characters of four bytes. A lone first byte never swallows a comma, quote or line end.
  public static func text(decoding bytes: some Sequence<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    var lead: UInt8?
    for byte in bytes {
      if let first = lead {
        lead = nil
        scalars.append(character(first, byte))
        let isSwallowed = byte >= 0x40 || (0x30...0x39).contains(byte)
        if !isSwallowed { scalars.append(Unicode.Scalar(byte)) }
      } else if byte < 0x80 {
        scalars.append(Unicode.Scalar(byte))
      } else {
        lead = byte
      }
    }
    if lead != nil { scalars.append("\u{FFFD}") }
    return String(scalars)
  }

  /// The character of two bytes.
  private static func character(_ first: UInt8, _ second: UInt8) -> Unicode.Scalar {
    guard (0x81...0xFE).contains(first), (0x40...0xFE).contains(second), second != 0x7F else {
      return "\u{FFFD}"
    }
    let column = Int(second) - (second > 0x7F ? 0x41 : 0x40)
    return characters[(Int(first) - 0x81) * 190 + column]
  }

  /// Characters in the order of their codes.
  private static let characters: [Unicode.Scalar] = twoByteZone.unicodeScalars.map {
    $0 == "." ? "\u{FFFD}" : $0
  }

  private static func makeCodes() -> [UInt16] {
    var codes = [UInt16](repeating: 0, count: 0x10000)
    for code: UInt16 in 0x20...0x7E { codes[Int(code)] = code }
    var code: UInt16 = 0x8140
    for scalar in twoByteZone.unicodeScalars {
      if scalar != "." { codes[Int(scalar.value)] = code }
      code += code & 0xFF == 0x7E ? 2 : 1
      if code & 0xFF == 0xFF { code += 0x41 }
    }
    precondition(code == 0xFF40, "the table holds 126 rows of 190 codes")
    return codes
  }
}
