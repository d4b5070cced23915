import Receipt
import Testing

@Suite struct GoldenReceiptTests {
  @Test(arguments: Example.allCases, PaperWidth.allCases)
  func aReceiptReadsAsRecorded(example: Example, paper: PaperWidth) throws {
    let layout = ReceiptLayout(example.document, paper: paper)

    try expectGolden(layout.text, "\(example.rawValue)-\(paper.columns).txt")
  }

  @Test func aSmallReceiptHasTheBytesOfTheManual() throws {
    let content = try #require(QRContent("A1"))
    let document = ReceiptDocument([
      .text("收据", .large, .centre), .pair("苹果 2", "¥7.00"), .rule(), .qr(content), .cut,
    ])

    let bytes = ReceiptLayout(document, paper: .columns32).escPosBytes()

    #expect(try bytes == goldenBytes("small-32.hex"))
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
