import Receipt
import Testing

@Suite struct GoldenSlipTests {
  @Test(arguments: SlipExample.allCases, PaperWidth.allCases)
  func aSlipReadsAsRecorded(example: SlipExample, paper: PaperWidth) throws {
    let layout = ReceiptLayout(example.document, paper: paper)

    try expectGolden(layout.text, "\(example.rawValue)-\(paper.columns).txt")
  }

  @Test(arguments: SlipExample.allCases)
  func aSlipHasTheBytesRecorded(example: SlipExample) throws {
    let bytes = ReceiptLayout(example.document, paper: .columns32).escPosBytes()

    try expectGolden(bytes.hexLines, "\(example.rawValue)-32.hex")
  }

  @Test(arguments: SlipExample.allCases, PaperWidth.allCases)
  func thePaperSaysWhatTheTextSays(example: SlipExample, paper: PaperWidth) throws {
    let layout = ReceiptLayout(example.document, paper: paper)

    let printed = try PaperReader(layout.escPosBytes(), columns: paper.columns)

    #expect(printed.everything == asPrinted(layout.text.filter { !$0.isWhitespace }))
    #expect(printed.cutCount == 1)
  }
}

extension [UInt8] {
  /// Two digits a byte, a line for each line feed.
  fileprivate var hexLines: String {
    var text = ""
    for byte in self {
      let digits = String(byte, radix: 16)
      text += (byte < 16 ? "0" + digits : digits) + (byte == 0x0A ? "\n" : " ")
    }
    return text.hasSuffix(" ") ? text.dropLast() + "\n" : text
  }
}
