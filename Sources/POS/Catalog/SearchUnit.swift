/// The smallest part of a text that a search word may begin at.
///
/// A hanzi (and every other letter of a script without cases) is a unit of its own; a run of Latin
/// letters is one, a run of digits is one: `AD钙奶220ml` is `ad` `钙` `奶` `220` `ml`.
struct SearchUnit: Equatable, Sendable {
  /// What the unit is made of.
  enum Kind: Equatable, Sendable {
    case letters
    case digits
    case character(Unicode.Scalar)
  }

  /// What stands between a unit and the one before it.
  enum Gap: Comparable, Sendable {
    case none
    case marks
    case space
  }

  let kind: Kind
  let gap: Gap
  /// Folded text: half width, lower case, Western letters without accents.
  fileprivate(set) var text: String

  /// Whether the unit is a run of letters or digits.
  var isRun: Bool { kind == .letters || kind == .digits }
}

extension SearchUnit {
  /// The units of a text in their order; marks and spaces are dropped.
  static func units(of text: String) -> [SearchUnit] {
    var units: [SearchUnit] = []
    var gap = Gap.none
    for original in text.unicodeScalars {
      let scalar = halfWidth(original)
      guard let kind = kind(of: scalar) else {
        gap = max(gap, Self.gap(for: scalar))
        continue
      }
      if gap == .none, let last = units.last, last.isRun, last.kind == kind {
        units[units.count - 1].text += plain(scalar)
      } else {
        units.append(SearchUnit(kind: kind, gap: gap, text: plain(scalar)))
      }
      gap = .none
    }
    return units
  }

  /// Full-width forms are half-width ones 0xFEE0 further on.
  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000: " "
    default: scalar
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind? {
    switch scalar.value {
    case 0x30...0x39: return .digits
    case 0x41...0x5A, 0x61...0x7A: return .letters
    case 0x00...0x7F: return nil
    case 0x4E00...0x9FFF: return .character(scalar)
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter: return .letters
    case .otherLetter, .letterNumber, .otherNumber: return .character(scalar)
    case .decimalNumber: return .digits
    default: return nil
    }
  }

  /// Accents written apart, and selectors that only choose a glyph, do not part a word.
  private static func gap(for scalar: Unicode.Scalar) -> Gap {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: .none
    default: scalar.properties.isWhitespace ? .space : .marks
    }
  }

  private static func plain(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x41...0x5A: String(UnicodeScalar(UInt8(scalar.value + 0x20)))
    case 0xC0...0xFF: String(western[Int(scalar.value - 0xC0)])
    case 0x4E00...0x9FFF: String(scalar)
    default: scalar.properties.lowercaseMapping
    }
  }

  /// U+00C0 … U+00FF without case and accents; × and ÷ are no letters and never asked for.
  private static let western = Array(
    "aaaaaaaceeeeiiiidnooooo×ouuuuytsaaaaaaaceeeeiiiidnooooo÷ouuuuyty")
}
