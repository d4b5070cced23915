import POS

/// A line of text as dots, on the same columns as printed text.
struct LineDrawing {
  let line: ReceiptLayout.Line
  /// Dots of one column.
  let cellDots: Int
  /// Dots of the paper.
  let widthDots: Int
  let glyphs: any GlyphSource

  /// Dots of a hanzi at normal size, as in printers' own fonts.
  private static let emDots = 24

  /// Whether there is a character that the printer lacks and the font has.
  func helps(_ encoding: PrinterEncoding) -> Bool {
    line.pieces.contains { piece in
      piece.text.string.contains { character in
        encoding.code(of: character) == 0
          && glyphs.glyph(of: character, in: cell(of: character, piece.style)) != nil
      }
    }
  }

  /// The line as wide as the paper.
  var bitmap: Bitmap {
    let scale = line.pieces.lazy.map(\.style.size.rawValue).max() ?? 1
    let tallest = GlyphCell(widthDots: cellDots, emDots: Self.emDots * scale)
    var bitmap = Bitmap(widthDots: widthDots, heightDots: tallest.heightDots)
    for piece in line.pieces { draw(piece, on: &bitmap, baseline: tallest.baselineDots) }
    return bitmap
  }

  private func draw(_ piece: ReceiptLayout.Piece, on bitmap: inout Bitmap, baseline: Int) {
    var x = left(of: piece)
    for character in piece.text.string {
      let cell = cell(of: character, piece.style)
      guard cell.widthDots > 0 else { continue }
      if character != " " {
        let glyph =
          glyphs.glyph(of: character, in: cell) ?? glyphs.glyph(of: "〓", in: cell)
          ?? substitute(in: cell)
        bitmap.draw(glyph, x: x, y: baseline - cell.baselineDots)
      }
      x += cell.widthDots
    }
  }

  /// A centred line stands in the middle to the dot, as printers centre text.
  private func left(of piece: ReceiptLayout.Piece) -> Int {
    guard line.pieces.count == 1, piece.alignment == .centre else { return piece.column * cellDots }
    return (widthDots - piece.width * cellDots) / 2
  }

  private func cell(of character: Character, _ style: TextStyle) -> GlyphCell {
    let scale = style.size.rawValue
    return GlyphCell(
      widthDots: GB18030.width(of: character) * cellDots * scale, emDots: Self.emDots * scale,
      isBold: style.emphasis == .strong)
  }

  /// Two bars, where not even the font has `〓`.
  private func substitute(in cell: GlyphCell) -> Bitmap {
    var bitmap = Bitmap(widthDots: cell.widthDots, heightDots: cell.heightDots)
    let unit = cell.emDots / 8
    let columns = 1..<max(2, cell.widthDots - 1)
    bitmap.fill(x: columns, y: 2 * unit..<3 * unit)
    bitmap.fill(x: columns, y: 5 * unit..<6 * unit)
    return bitmap
  }
}
