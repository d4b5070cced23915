internal import CFreeType
internal import Receipt

/// One face of a font file, open in FreeType. Not to be used by two threads at once.
///
/// `@unchecked`: the handles are this object's own, and `FontGlyphs` lets one thread in at a time.
final class FontFace: @unchecked Sendable {
  private let library: FT_Library
  private let face: FT_Face

  /// Opens the face that suits a Chinese receipt best.
  init(path: String) throws(FontProblem) {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { throw .noLibrary }
    do throws(FontProblem) {
      face = try Self.bestFace(library, path)
      self.library = library
    } catch {
      FT_Done_FreeType(library)
      throw error
    }
  }

  deinit {
    FT_Done_Face(face)
    FT_Done_FreeType(library)
  }

  /// The name of the family, for the log.
  var name: String { Self.name(of: face) }

  /// Whether the font has a character of its own for a scalar.
  func has(_ scalar: Unicode.Scalar) -> Bool { Self.has(face, scalar) }

  /// A character in its cell; `nil` if the font lacks any of its scalars.
  func glyph(of scalars: [Unicode.Scalar], in cell: GlyphCell) -> Bitmap? {
    let glyphs = scalars.map { FT_Get_Char_Index(face, FT_ULong($0.value)) }
    guard !glyphs.isEmpty, !glyphs.contains(0) else { return nil }
    guard let (bitmap, advance) = draw(glyphs, in: cell, widthPixels: cell.emDots) else {
      return nil
    }
    if advance <= cell.widthDots { return bitmap }
    // A letter of a font without fixed widths is made narrower.
    return draw(glyphs, in: cell, widthPixels: cell.emDots * cell.widthDots / advance)?.bitmap
  }

  /// Draws glyphs over one another, the first in the middle of the cell.
  private func draw(
    _ glyphs: [FT_UInt], in cell: GlyphCell, widthPixels: Int
  ) -> (bitmap: Bitmap, advance: Int)? {
    guard FT_Set_Pixel_Sizes(face, FT_UInt(max(1, widthPixels)), FT_UInt(cell.emDots)) == 0 else {
      return nil
    }
    var bitmap = Bitmap(widthDots: cell.widthDots, heightDots: cell.heightDots)
    var pen = 0
    var advance = 0
    for (index, glyph) in glyphs.enumerated() {
      guard posd_draw_glyph(face, glyph) == 0, let slot = face.pointee.glyph else { return nil }
      let width = Int(slot.pointee.advance.x) >> 6
      if index == 0 {
        advance = width
        pen = (cell.widthDots - width) / 2
      }
      let x = pen + Int(slot.pointee.bitmap_left)
      let y = cell.baselineDots - Int(slot.pointee.bitmap_top)
      copy(slot.pointee.bitmap, to: &bitmap, x: x, y: y, cell)
      pen += width
    }
    return (bitmap, advance)
  }

  private func copy(_ source: FT_Bitmap, to bitmap: inout Bitmap, x: Int, y: Int, _ cell: GlyphCell)
  {
    guard let buffer = source.buffer, source.pitch > 0 else { return }
    // Bold is the same again beside itself, as printers do it.
    let smear = cell.isBold ? max(1, cell.emDots / 24) : 0
    for row in 0..<Int(source.rows) {
      for column in 0..<Int(source.width) {
        let byte = buffer[row * Int(source.pitch) + column / 8]
        guard byte & 0x80 >> UInt8(column % 8) != 0 else { continue }
        for shift in 0...smear { bitmap.blacken(x: x + column + shift, y: y + row) }
      }
    }
  }
}

extension FontFace {
  /// The face with the rare hanzi whose family is, in this order: of fixed width and for
  /// simplified Chinese, for simplified Chinese, any.
  private static func bestFace(
    _ library: FT_Library, _ path: String
  ) throws(FontProblem) -> FT_Face {
    var count = 1
    var index = 0
    var best: (face: FT_Face, rank: Int)?
    while index < count {
      var opened: FT_Face?
      guard FT_New_Face(library, path, FT_Long(index), &opened) == 0, let face = opened else {
        break
      }
      count = Int(face.pointee.num_faces)
      index += 1
      let isUsable =
        face.pointee.face_flags & FT_Long(FT_FACE_FLAG_SCALABLE) != 0
        && FontGlyphs.rareHanzi.unicodeScalars.allSatisfy { has(face, $0) }
      let rank = rank(name(of: face))
      if isUsable, rank > best?.rank ?? -1 {
        if let worse = best { FT_Done_Face(worse.face) }
        best = (face, rank)
      } else {
        FT_Done_Face(face)
      }
    }
    guard index > 0 else { throw .unreadable(path) }
    guard let best else { throw .lacksRareHanzi(path) }
    return best.face
  }

  private static func rank(_ name: String) -> Int {
    (name.contains("SC") ? 2 : 0) + (name.contains("Mono") ? 1 : 0)
  }

  private static func has(_ face: FT_Face, _ scalar: Unicode.Scalar) -> Bool {
    FT_Get_Char_Index(face, FT_ULong(scalar.value)) != 0
  }

  private static func name(of face: FT_Face) -> String {
    face.pointee.family_name.map { String(cString: $0) } ?? ""
  }
}
