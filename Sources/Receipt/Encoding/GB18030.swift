/// GB 18030 as receipt printers have it: ASCII and the two-byte zone.
///
/// On paper a one-byte code is one column wide and a two-byte code two columns. That is the only
/// width that counts here; it is not Unicode's East Asian Width (`·`, `×`, `“` take two columns).
///
/// No second byte is below 40, so no text can hold a control byte of the printer.
enum GB18030 {
  /// The mark that is printed for what the two-byte zone cannot write: A1 FE, two columns.
  static let substitute: UInt16 = 0xA1FE

  /// Codes by scalar value, for the first plane; 0 is none. ASCII is itself without its controls.
  static let codes: [UInt16] = makeCodes()

  /// The code of one scalar; 0 if it has none.
  static func code(of scalar: Unicode.Scalar) -> UInt16 {
    scalar.value < 0x10000 ? codes[Int(scalar.value)] : 0
  }

  /// The code that is printed for one character as a reader sees it; `nil` for one that takes no
  /// room, such as a joiner that joins nothing.
  static func printedCode(of character: Character) -> UInt16? {
    let scalars = character.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
    guard let first = scalars.first else { return nil }
    if scalars.count == 1 {
      let code = code(of: first)
      if code != 0 { return code }
    }
    return composed[character] ?? substitute(for: character)
  }

  /// What is printed for a character without a two-byte code. A printer profile with four-byte
  /// glyphs or rasters takes over here.
  static func substitute(for character: Character) -> UInt16 { substitute }

  /// Columns a code takes.
  static func width(of code: UInt16) -> Int { code < 0x80 ? 1 : 2 }

  /// Letters with accents, found also when they are written as a letter and a combining accent:
  /// characters compare by canonical equivalence.
  private static let composed: [Character: UInt16] = {
    let letters = codes.indices.lazy.filter { $0 >= 0x80 && codes[$0] >> 8 == 0xA8 }
    return Dictionary(
      letters.compactMap { value in
        Unicode.Scalar(value).map { (Character($0), codes[value]) }
      },
      uniquingKeysWith: { first, _ in first })
  }()

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
