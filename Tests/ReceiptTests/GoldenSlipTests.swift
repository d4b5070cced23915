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

  /// Promise 15: what is handed to a person says nothing of need, and no whole name.
  @Test(arguments: [
    SlipExample.voucher, .voucherForSomeGoods, .voucherBalance, .meal, .mealOnCredit, .mealInCash,
    .handOut, .claim, .mealTopUp, .mealDebtByCode, .mealMoneyUndone,
  ])
  func aSlipShamesNoOne(example: SlipExample) {
    let text = ReceiptLayout(example.document, paper: .columns48).text

    for word in ["困难", "救助", "低保", "贫困", "残疾", "受助", "张小英", "李建国", "身份证", "relief"] {
      #expect(!text.contains(word))
    }
  }

  @Test(arguments: [
    ("张小英", "张*英"), ("李明", "李*"), ("王", "王*"), ("", "*"), ("欧阳小英", "欧*英"),
    ("买买提·艾力", "买*力"), ("张 小 英", "张*英"), ("\u{1B}张\u{0}三", "张*"),
  ])
  func aMaskedNameKeepsItsEnds(name: String, masked: String) {
    #expect(MaskedName(name).text == masked)
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
