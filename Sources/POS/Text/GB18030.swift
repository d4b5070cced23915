/// GB 18030 as Chinese devices have it: ASCII and the two-byte zone, both ways; files are read in
/// the four-byte zone too, for rare characters of names.
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

  /// The text that bytes are. What is no character of one, two or four bytes becomes U+FFFD. A lone
  /// first byte never swallows a comma, quote or line end.
  public static func text(decoding bytes: some Sequence<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    var lead: UInt8?
    let bytes = Array(bytes)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if lead == nil, let scalar = fourByteCharacter(bytes[place...].prefix(4)) {
        scalars.append(scalar)
        place += 4
        continue
      }
      place += 1
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

  /// The character of four bytes, 81…FE 30…39 81…FE 30…39; `nil` where there is none.
  private static func fourByteCharacter(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let code = Array(bytes)
    guard code.count == 4, (0x81...0xFE).contains(code[0]), (0x30...0x39).contains(code[1]),
      (0x81...0xFE).contains(code[2]), (0x30...0x39).contains(code[3])
    else { return nil }
    let high = (Int(code[0]) - 0x81) * 10 + Int(code[1]) - 0x30
    let linear = (high * 126 + Int(code[2]) - 0x81) * 10 + Int(code[3]) - 0x30
    if linear < rare.count { return Unicode.Scalar(rare[linear]) }
    guard linear >= 189_000 else { return nil }
    return Unicode.Scalar(UInt32(linear - 189_000 + 0x10000))
  }

  /// The scalars below the surrogates that had no shorter code in the first edition, in order: so
  /// the zone begins. Nine of them got a code of two bytes later and kept their place.
  private static let rare: [UInt16] = (0x80..<0xD800).filter { value in
    codes[value] == 0 || value == 0x1E3F || (0x9FB4...0x9FBB).contains(value)
  }.map(UInt16.init)

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
