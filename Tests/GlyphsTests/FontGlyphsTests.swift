import Glyphs
import Receipt
import Testing

@Suite struct FontGlyphsTests {
  private static let normal = GlyphCell(widthDots: 24, emDots: 24)

  @Test(arguments: [
    ("", FontProblem.unreadable("")), ("/nowhere/font.ttf", .unreadable("/nowhere/font.ttf")),
    (#filePath, .unreadable(#filePath)),
  ])
  func aFileThatIsNoFontIsRefused(path: String, problem: FontProblem) {
    #expect(throws: problem) { try FontGlyphs(path: path) }
  }

  @Test func theFirstUsableFontIsTaken() throws {
    let glyphs = try #require(FontGlyphs.first(of: ["/nowhere"] + FontGlyphs.usualPaths))

    #expect(FontGlyphs.usualPaths.contains(glyphs.path))
    #expect(FontGlyphs.first(of: ["/nowhere"]) == nil)
  }

  @Test(arguments: ["䶮", "㐂", "𠮷", "龍", "£", "ḿ", "葛\u{E0100}", "〓", "g"] as [Character])
  func aCharacterIsDrawnInItsCell(character: Character) throws {
    let glyphs = try #require(FontGlyphs.first())

    for em in [24, 48] {
      let width = character.isASCII ? em / 2 : em
      let cell = GlyphCell(widthDots: width, emDots: em)
      let glyph = try #require(glyphs.glyph(of: character, in: cell))

      #expect(glyph.widthDots == width && glyph.heightDots == em + 6)
      // Neither blank nor a block.
      #expect((em / 4...width * em / 2).contains(glyph.blackCount))
    }
  }

  @Test func aCharacterTheFontLacksHasNoGlyph() throws {
    let glyphs = try #require(FontGlyphs.first())

    #expect(glyphs.glyph(of: "\u{F0000}", in: Self.normal) == nil)
    #expect(glyphs.glyph(of: "\u{200D}", in: Self.normal) == nil)
  }

  @Test func differentHanziLookDifferentAndTheSameTheSame() throws {
    let glyphs = try #require(FontGlyphs.first())
    let draw = { (character: Character) in glyphs.glyph(of: character, in: Self.normal) }

    #expect(draw("𠮷") != draw("吉"))
    #expect(draw("𠮷") == draw("𠮷"))
  }

  @Test func boldHasMoreBlackAndStaysInItsCell() throws {
    let glyphs = try #require(FontGlyphs.first())
    let bold = GlyphCell(widthDots: 24, emDots: 24, isBold: true)

    let thin = try #require(glyphs.glyph(of: "𠮷", in: Self.normal))
    let thick = try #require(glyphs.glyph(of: "𠮷", in: bold))

    #expect(thick.blackCount > thin.blackCount)
    #expect(thick.widthDots == 24)
  }

  @Test func manyThreadsMayDrawAtOnce() async throws {
    let glyphs = try #require(FontGlyphs.first())
    let alone = glyphs.glyph(of: "㐂", in: Self.normal)

    await withTaskGroup(of: Bitmap?.self) { group in
      for width in 24..<40 {
        group.addTask {
          _ = glyphs.glyph(of: "䶮", in: GlyphCell(widthDots: width, emDots: 24))
          return glyphs.glyph(of: "㐂", in: Self.normal)
        }
      }
      for await glyph in group { #expect(glyph == alone) }
    }
  }
}

extension Bitmap {
  fileprivate var blackCount: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }
}
