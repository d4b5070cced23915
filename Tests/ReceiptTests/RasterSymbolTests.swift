import Testing

@testable import Receipt

@Suite struct RasterSymbolTests {
  private static func profile(_ paper: PaperWidth) -> PrinterProfile {
    var profile = PrinterProfile.generic58
    profile.paper = paper
    profile.widthDots = paper.widthDots
    return profile
  }

  /// The recorded pictures were read back by an independent decoder.
  @Test(arguments: [2, 62, 122, 213], PaperWidth.allCases)
  func aQRCodeIsDrawnWhereThePrinterCannot(length: Int, paper: PaperWidth) throws {
    let text = String("https://erqi.example.cn/r/".prefix(length))
    let content = try #require(
      QRContent(text + String(repeating: "7f", count: length).prefix(length - text.count)))
    let layout = ReceiptLayout(ReceiptDocument([.qr(content), .cut]), paper: paper)

    let printed = try PaperReader(
      layout.escPosBytes(profile: Self.profile(paper)), columns: paper.columns)

    let symbol = QRSymbol(content)
    let rows = printed.pictures.flatMap { band in (0..<band.rows).map { band.blackDots(row: $0) } }
    let dots = rows.count / symbol.size
    let left = (paper.widthDots - rows.count) / 2
    #expect(rows.count == symbol.size * dots && (3...6).contains(dots))
    for (y, row) in rows.enumerated() {
      let expected = (0..<rows.count).filter {
        symbol.isBlack(row: y / dots, column: $0 / dots)
      }
      #expect(row == expected.map { left + $0 })
    }
    #expect(printed.qrContents == [])
  }

  @Test func barsAreDrawnWhereThePrinterCannot() throws {
    let barcode = try #require(Barcode(ean13: "690142433394"))
    let layout = ReceiptLayout(ReceiptDocument([.barcode(barcode)]), paper: .columns32)

    let printed = try PaperReader(
      layout.escPosBytes(profile: Self.profile(.columns32)), columns: 32)

    let band = try #require(printed.pictures.first)
    let left = (384 - 95 * 3) / 2
    #expect(band.rows == 80)
    #expect(
      band.blackDots(row: 79)
        == (0..<95 * 3).filter { barcode.modules[$0 / 3] }.map { left + $0 })
    #expect(printed.lines == ["6901424333948"])
  }

  /// Written out: a picture of nine dots and two rows in the middle of 384 dots.
  @Test func aPictureHasTheBytesOfTheManual() {
    var bitmap = Bitmap(widthDots: 9, heightDots: 2)
    bitmap.blacken(x: 0, y: 0)
    bitmap.blacken(x: 8, y: 1)
    let layout = ReceiptLayout(ReceiptDocument([.image(bitmap)]), paper: .columns32)

    let bytes = layout.escPosBytes(profile: .generic58)

    // 187 white dots on the left: 23 bytes and three dots; 25 bytes a row.
    let white = [UInt8](repeating: 0, count: 23)
    #expect(
      bytes == [0x1B, 0x40, 0x1C, 0x26, 0x1D, 0x76, 0x30, 0x00, 0x19, 0x00, 0x02, 0x00]
        + white + [0x10, 0x00] + white + [0x00, 0x10])
  }

  @Test(
    arguments: [
      (Cutter.none, [0x1B, 0x64, 0x04]), (.partial, [0x1D, 0x56, 0x42, 0x00]),
      (.full, [0x1D, 0x56, 0x41, 0x00]),
    ] as [(Cutter, [UInt8])])
  func thePaperIsCutAsTheProfileSays(cutter: Cutter, bytes: [UInt8]) {
    var profile = PrinterProfile.generic80
    profile.cutter = cutter

    let layout = ReceiptLayout(ReceiptDocument([.cut]), paper: .columns48)

    #expect(Array(layout.escPosBytes(profile: profile).dropFirst(4)) == bytes)
  }

  /// Three bytes follow `ESC p` always: a printer that misses one eats the next.
  @Test func theDrawerIsKickedByFiveBytes() {
    #expect(DrawerPin.pin2.kick == [0x1B, 0x70, 0x00, 0x32, 0xFA])
    #expect(DrawerPin.pin5.kick == [0x1B, 0x70, 0x01, 0x32, 0xFA])
    #expect(DrawerPin.none.kick == [])
  }

  @Test func picturesAndBarsAreDrawnInTheSVG() throws {
    var bitmap = Bitmap(widthDots: 12, heightDots: 1)
    bitmap.blacken(x: 3, y: 0)
    let layout = ReceiptLayout(
      ReceiptDocument([
        .image(bitmap), .barcode(try #require(Barcode(ean13: "690142433394"))),
      ]), paper: .columns32)

    let svg = layout.svg()

    #expect(svg.contains("M3 0h1v1H3z"))
    #expect(svg.matches(of: /M\d+ 0h1v1h-1z/).count == 43)
    #expect(svg.contains("6901424333948"))
    #expect(layout.text == "         6901424333948\n")
  }
}
