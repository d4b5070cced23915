import Testing

@testable import Receipt

@Suite struct RareCharacterTests {
  @Test(arguments: PaperWidth.allCases)
  func aLineWithARareCharacterIsDrawnOnTheColumnsOfText(paper: PaperWidth) throws {
    let layout = ReceiptLayout(ReceiptDocument([.pair("𠮷野 a", "1.50")]), paper: paper)
    let profile = PrinterProfile(
      id: "test", name: "", paper: paper, widthDots: paper == .columns42 ? 512 : nil)

    let bytes = layout.escPosBytes(profile: profile, glyphs: BlockGlyphs())

    let band = try #require(try RasterReader.bands(Array(bytes.dropFirst(4))).first)
    // Four columns, a space, one column; the amount at the right edge.
    let columns = Array(0..<4) + [5] + Array(paper.columns - 4..<paper.columns)
    let dots = columns.flatMap { $0 * 12..<$0 * 12 + 12 }
    #expect(band.blackDots(row: 0) == dots)
    #expect(band.blackDots(row: 23) == dots)
    #expect(band.blackDots(row: 24) == [])
    #expect(band.rows == 30)
  }

  @Test func otherLinesStayText() throws {
    let layout = ReceiptLayout(
      ReceiptDocument([.text("前"), .text("𠮷"), .text("后"), .cut]), paper: .columns32)

    let bytes = layout.escPosBytes(glyphs: BlockGlyphs())

    // 前 LF, three bytes of thirty rows, 后 LF.
    #expect(bytes.starts(with: [0x1B, 0x40, 0x1C, 0x26, 0xC7, 0xB0, 0x0A]))
    #expect(Array(bytes[7..<15]) == [0x1D, 0x76, 0x30, 0x00, 3, 0, 30, 0])
    #expect(Array(bytes[(15 + 90)...]) == [0xBA, 0xF3, 0x0A, 0x1D, 0x56, 0x42, 0x00])
  }

  @Test func sizesAndBoldAreKept() throws {
    let layout = ReceiptLayout(
      ReceiptDocument([
        .columns([Column("㐂", .bold, width: .fixed(4)), Column("大", .large)])
      ]), paper: .columns32)

    let bytes = layout.escPosBytes(glyphs: BlockGlyphs())

    let band = try #require(try RasterReader.bands(Array(bytes.dropFirst(4))).first)
    #expect(band.rows == 54)
    // The small one stands on the line of the large one. Bold blocks have a white first row.
    #expect(band.blackDots(row: 0) == [])
    #expect(band.blackDots(row: 1) == Array(60..<108))
    #expect(band.blackDots(row: 21) == Array(60..<108))
    #expect(band.blackDots(row: 22) == Array(0..<24) + Array(60..<108))
    #expect(band.blackDots(row: 43) == Array(0..<24) + Array(60..<108))
    #expect(band.blackDots(row: 44) == Array(60..<108))
  }

  @Test func aCentredLineIsDrawnInTheMiddle() throws {
    let layout = ReceiptLayout(
      ReceiptDocument([.text("𠮷", .normal, .centre)]), paper: .columns42)
    let profile = PrinterProfile(id: "test", name: "", paper: .columns42, widthDots: 512)

    let bytes = layout.escPosBytes(profile: profile, glyphs: BlockGlyphs())

    let band = try #require(try RasterReader.bands(Array(bytes.dropFirst(4))).first)
    #expect(band.blackDots(row: 0) == Array(244..<268))
  }

  @Test func aCharacterTheFontLacksIsAMarkInTheDrawing() throws {
    let layout = ReceiptLayout(ReceiptDocument([.text("𠮷👍")]), paper: .columns32)

    let bytes = layout.escPosBytes(glyphs: BlockGlyphs())

    let band = try #require(try RasterReader.bands(Array(bytes.dropFirst(4))).first)
    // Without a glyph for `〓` too: two bars.
    #expect(band.blackDots(row: 0) == Array(0..<24))
    #expect(band.blackDots(row: 6) == Array(0..<24) + Array(25..<47))
    #expect(band.blackDots(row: 12) == Array(0..<24))
    #expect(band.blackDots(row: 15) == Array(0..<24) + Array(25..<47))
  }

  @Test(arguments: [BlockGlyphs() as (any GlyphSource)?, nil])
  func whereNoFontHelpsAMarkIsPrinted(glyphs: (any GlyphSource)?) {
    let layout = ReceiptLayout(ReceiptDocument([.text("👍a")]), paper: .columns32)

    #expect(layout.escPosBytes(glyphs: glyphs).suffix(4) == [0xA1, 0xFE, 0x61, 0x0A])
  }

  @Test func whatIsDrawnDependsOnTheProfile() {
    let layout = ReceiptLayout(ReceiptDocument([.text("龍䶮")]), paper: .columns48)
    let isDrawn = PrinterEncoding.allCases.map { encoding in
      layout.escPosBytes(
        profile: PrinterProfile(id: "test", name: "", paper: .columns48, encoding: encoding),
        glyphs: BlockGlyphs()
      ).contains(0x76)
    }

    #expect(isDrawn == [true, true, false, false])
  }

  @Test(arguments: 0..<100)
  func noTextWhateverItHoldsLeavesThePaper(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let blocks = (0..<8).map { _ -> Block in
      .pair(PrintableText(numbers.text(upTo: 60)), PrintableText(numbers.text(upTo: 9)))
    }
    for paper in PaperWidth.allCases {
      let layout = ReceiptLayout(ReceiptDocument(blocks), paper: paper)
      for encoding in PrinterEncoding.allCases where encoding != .gb18030 {
        let profile = PrinterProfile(id: "test", name: "", paper: paper, encoding: encoding)
        let printed = try PaperReader(
          layout.escPosBytes(profile: profile, glyphs: BlockGlyphs()), columns: paper.columns)

        #expect(printed.lines.count + printed.pictures.count == layout.rows.count, "seed \(seed)")
        #expect(
          printed.pictures.allSatisfy { $0.rowBytes * 8 <= paper.widthDots + 7 }, "seed \(seed)")
      }
    }
  }

  @Test func textAndPictureShowTheTrueCharacter() {
    let layout = ReceiptLayout(ReceiptDocument([.text("𠮷䶮㐂")]), paper: .columns32)

    #expect(layout.text == "𠮷䶮㐂\n")
    #expect(layout.svg().contains(">𠮷䶮㐂<"))
  }
}

/// Draws every character in a block of its cell, but has no emoji and no `〓`. A bold block is
/// white in its first and last row.
struct BlockGlyphs: GlyphSource {
  func glyph(of character: Character, in cell: GlyphCell) -> Bitmap? {
    if character == "〓" || character.unicodeScalars.contains(where: \.properties.isEmoji),
      !character.isASCII
    {
      return nil
    }
    var bitmap = Bitmap(widthDots: cell.widthDots, heightDots: cell.heightDots)
    let inset = cell.isBold ? 1 : 0
    bitmap.fill(x: 0..<cell.widthDots, y: inset..<cell.emDots - inset)
    return bitmap
  }
}

extension RasterReader.Band {
  /// The places of the black dots of a row.
  func blackDots(row: Int) -> [Int] {
    (0..<rowBytes * 8).filter { data[row * rowBytes + $0 / 8] & 0x80 >> UInt8($0 % 8) != 0 }
  }
}
