import Testing

@testable import Receipt

@Suite struct LineBreakingTests {
  @Test(arguments: [
    ("", [""]), ("abc", ["abc"]), ("fresh milk 950ml", ["fresh", "milk", "950ml"]),
    ("苹果苹果苹", ["苹果苹果", "苹"]), ("苹果苹果。", ["苹果苹", "果。"]),
    ("苹果苹（东）", ["苹果苹", "（东）"]), ("a苹果苹果", ["a苹果苹", "果"]),
    ("abcdefghij", ["abcdefgh", "ij"]), ("米abcdefghij", ["米", "abcdefgh", "ij"]),
    ("苹果 fresh", ["苹果", "fresh"]), ("苹果1.5kg", ["苹果", "1.5kg"]),
    ("。。。。。", ["。。。。", "。"]), ("abcdefgh，", ["abcdefg", "h，"]),
    ("苹果   苹果", ["苹果", "苹果"]), ("e\u{301}e\u{301}e\u{301}e\u{301}e", ["éééé", "e"]),
    ("𠮷𠮷𠮷𠮷𠮷", ["𠮷𠮷𠮷𠮷", "𠮷"]),
  ])
  func aTextBreaksIntoLinesOfEightColumns(text: String, lines: [String]) {
    #expect(PrintableText(text).lines(width: 8).map(\.string) == lines)
  }

  @Test func anAmountStaysWholeWhereItsLabelWraps() {
    let document = ReceiptDocument([.pair("苹果苹果苹果苹果苹果苹果苹果苹果", "1234.50")])

    let text = ReceiptLayout(document, paper: .columns32).text

    #expect(text == "苹果苹果苹果苹果苹果苹果 1234.50\n苹果苹果\n")
  }

  @Test func cellsWithoutRoomStandBelowOneAnother() {
    let document = ReceiptDocument([
      .pair("应付", PrintableText(String(repeating: "8", count: 14)), .large)
    ])

    let text = ReceiptLayout(document, paper: .columns32).text

    #expect(text == "应付\n" + String(repeating: " ", count: 18) + "88888888888888\n")
  }

  @Test(arguments: [-5, 0, 1, 7, 8, 32, 33, 1000])
  func aCellOfAnyWidthStaysOnThePaper(width: Int) throws {
    let document = ReceiptDocument([
      .columns([Column("苹果苹果苹果", width: .fixed(width)), Column("鲜牛奶鲜牛奶", .large)])
    ])

    let bytes = ReceiptLayout(document, paper: .columns32).escPosBytes()

    #expect(try PaperReader(bytes, columns: 32).everything.count == 12)
  }
}
