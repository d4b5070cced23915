import POS

/// GB 18030 as receipt printers have it.
///
/// On paper a one-byte code is one column wide and a two-byte code two columns. That is the only
/// width that counts here; it is not Unicode's East Asian Width (`·`, `×`, `“` take two columns).
///
/// No second byte is below 40, so no text can hold a control byte of the printer.
extension GB18030 {
  /// The mark that is printed for what can be neither written nor drawn: A1 FE `〓`, two columns.
  static let substitute: UInt16 = 0xA1FE

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
}
