import Receipt
import Testing

@Suite struct GoldenReceiptTests {
  @Test(arguments: Example.allCases, PaperWidth.allCases)
  func aReceiptReadsAsRecorded(example: Example, paper: PaperWidth) throws {
    let layout = ReceiptLayout(example.document, paper: paper)

    try expectGolden(layout.text, "\(example.rawValue)-\(paper.columns).txt")
  }

  @Test(arguments: PaperWidth.allCases)
  func aSmallReceiptHasTheBytesOfTheManual(paper: PaperWidth) throws {
    let content = try #require(QRContent("A1"))
    let document = ReceiptDocument([
      .text("收据", .large, .centre), .pair("苹果 2", "¥7.00"), .rule(), .qr(content), .cut,
    ])

    let layout = ReceiptLayout(document, paper: paper)

    #expect(try layout.escPosBytes() == goldenBytes("small-\(paper.columns).hex"))
    try expectGolden(layout.text, "small-\(paper.columns).txt")
  }

  @Test(arguments: PaperWidth.allCases)
  func symbolsHaveTheBytesOfTheManual(paper: PaperWidth) throws {
    let document = ReceiptDocument([
      .barcode(try #require(Barcode(ean13: "690142433394"))),
      .barcode(try #require(Barcode(code128: "VOUCHER-2026-0042"))),
      .qr(try #require(QRContent("A1"))), .cut,
    ])

    let layout = ReceiptLayout(document, paper: paper)

    #expect(try layout.escPosBytes() == goldenBytes("symbols-\(paper.columns).hex"))
    try expectGolden(layout.text, "symbols-\(paper.columns).txt")
  }

  @Test func aSmallReceiptIsDrawnAsRecorded() throws {
    let content = try #require(QRContent("A1"))
    let document = ReceiptDocument([
      .text("收据 & <b>", .large, .centre), .pair("苹果 2", "¥7.00", .quiet), .rule(),
      .qr(content), .cut,
    ])

    try expectGolden(ReceiptLayout(document, paper: .columns32).svg(), "small-32.svg")
  }

  @Test(arguments: Example.allCases)
  func noReceiptSaysThatAnyoneIsInNeed(example: Example) {
    let text = ReceiptLayout(example.document, paper: .columns48).text

    for word in ["困难", "救助", "低保", "贫困", "残疾", "受助", "in need", "relief"] {
      #expect(!text.contains(word))
    }
  }
}
