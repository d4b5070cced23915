/// GB 18030 as receipt printers have it: ASCII and the two-byte zone.
///
/// On paper a one-byte code is one column wide and a two-byte code two columns. That is the only
/// width that counts here; it is not Unicode's East Asian Width (`·`, `×`, `“` take two columns).
///
/// No second byte is below 40, so no text can hold a control byte of the printer.
enum GB18030 {
  /// The mark that is printed for what can be neither written nor drawn: A1 FE `〓`, two columns.
  static let substitute: UInt16 = 0xA1FE

  /// Codes by scalar value, for the first plane; 0 is none. ASCII is itself without its controls.
  static let codes: [UInt16] = makeCodes()

  /// The code of one scalar; 0 if it has none.
  static func code(of scalar: Unicode.Scalar) -> UInt16 {
    scalar.value < 0x10000 ? codes[Int(scalar.value)] : 0
  }

  /// The scalars of a character that are seen; none in a joiner that joins nothing.
  static func visibleScalars(of character: Character) -> [Unicode.Scalar] {
    character.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
  }

  /// Columns a character takes on paper, printed as text or drawn: ASCII takes one, what cannot be
  /// seen none, all else two.
  static func width(of character: Character) -> Int {
    let scalars = visibleScalars(of: character)
    guard let first = scalars.first else { return 0 }
    return scalars.count == 1 && first.isASCII ? 1 : 2
  }

  /// Columns a code takes.
  static func width(of code: UInt16) -> Int { code < 0x80 ? 1 : 2 }

  /// Letters with accents, found also when they are written as a letter and a combining accent:
  /// characters compare by canonical equivalence.
  static let composed: [Character: UInt16] = {
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
