/// Pictures of characters that a printer's own font lacks.
///
/// Two exist: `FontGlyphs` of the target `Glyphs` reads a font file, the tests draw by hand.
public protocol GlyphSource: Sendable {
  /// The picture of a character, `cell.widthDots` × `cell.heightDots`; `nil` if there is none.
  func glyph(of character: Character, in cell: GlyphCell) -> Bitmap?
}

/// The room a character is drawn in.
public struct GlyphCell: Hashable, Sendable {
  /// One half-width cell or two, times the size of the text.
  public var widthDots: Int
  /// The size of the font: dots of the square that a hanzi fills.
  public var emDots: Int
  /// Whether strokes are thicker.
  public var isBold: Bool

  /// Room for a character.
  public init(widthDots: Int, emDots: Int, isBold: Bool = false) {
    self.widthDots = widthDots
    self.emDots = emDots
    self.isBold = isBold
  }

  /// Rows from the top to the line that letters stand on: seven eighths of the square.
  public var baselineDots: Int { emDots * 7 / 8 }
  /// Rows of the whole line: the square, and room below for the tails of letters, as printers
  /// leave it between lines.
  public var heightDots: Int { emDots + Self.leadingDots }

  private static let leadingDots = 6
}
