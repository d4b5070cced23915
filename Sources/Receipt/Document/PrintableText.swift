import POS

/// Text that cannot command a printer, a terminal or a page: whatever controls has been taken out
/// when it is made, and its width on paper is known.
///
/// Tabs, line ends and odd spaces become one space; other control characters (C0, C1, DEL,
/// changes of writing direction, noncharacters) are dropped; `¥` becomes the `￥` that Chinese
/// printers have. What a printer cannot print is kept: whether it is drawn or replaced is decided
/// when the bytes for that printer are made.
public struct PrintableText: Hashable, Sendable {
  /// The text, clean.
  public let string: String
  /// Columns at normal size.
  public let width: Int
  /// Each scalar is one character and has a code of its own, so that nothing needs a second look.
  let isDirect: Bool

  /// Cleans a text from anywhere.
  public init(_ text: String) {
    string = Self.isClean(text) ? text : Self.cleaned(text)
    var width = 0
    var isDirect = true
    let codes = GB18030.codes
    for scalar in string.unicodeScalars {
      let code = scalar.value < 0x10000 ? codes[Int(scalar.value)] : 0
      width += code < 0x80 ? 1 : 2
      if code == 0 { isDirect = false }
    }
    self.isDirect = isDirect
    self.width = isDirect ? width : Self.width(of: string)
  }

  /// Nothing at all.
  public static let empty = PrintableText("")

  private static func width(of string: String) -> Int {
    string.reduce(0) { $0 + GB18030.width(of: $1) }
  }
}

extension PrintableText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// Cleans a literal as any other text.
  public init(stringLiteral text: String) { self.init(text) }
}

extension PrintableText {
  private enum Cleaning {
    case keep, drop
    case replace(Unicode.Scalar)
  }

  private static func isClean(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if case .keep = cleaning(of: scalar) { true } else { false }
    }
  }

  private static func cleaned(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch cleaning(of: scalar) {
      case .keep: clean.append(scalar)
      case .drop: continue
      case .replace(" ") where clean.last == " ": continue
      case .replace(let other): clean.append(other)
      }
    }
    return String(clean)
  }

  private static func cleaning(of scalar: Unicode.Scalar) -> Cleaning {
    switch scalar.value {
    case 0x20...0x7E: .keep
    case 0x09, 0x0A, 0x0D, 0x85, 0xA0, 0x2028, 0x2029, 0x2000...0x200A, 0x202F, 0x205F:
      .replace(" ")
    case 0x00...0x1F, 0x7F...0x9F: .drop
    case 0xA5: .replace("￥")
    // Marks that change the direction of writing, and the soft hyphen.
    case 0xAD, 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F: .drop
    case 0xFEFF, 0xFFF9...0xFFFB, 0xFDD0...0xFDEF, 0xE0000...0xE007F: .drop
    default: scalar.value & 0xFFFE == 0xFFFE ? .drop : .keep
    }
  }
}
