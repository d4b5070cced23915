internal import POS

extension ReceiptDocument {
  /// The receipt of a sale or a return: Chinese first, English beside it.
  ///
  /// It shows what was paid and what went to charity, line by line. Nothing on it says that
  /// anyone is in need.
  public init(sale facts: SaleReceiptFacts) {
    var writer = SaleReceiptWriter(facts: facts)
    writer.writeHeading()
    writer.writeLines()
    writer.writeTotals()
    writer.writeTenders()
    writer.writeGiven()
    writer.writeProof()
    self.init(writer.blocks)
  }
}

/// Writes the parts of a sale's receipt in their order.
struct SaleReceiptWriter {
  let facts: SaleReceiptFacts
  var blocks: [Block] = []

  init(facts: SaleReceiptFacts) { self.facts = facts }

  var isReturn: Bool { facts.heading.isReturn }

  mutating func writeHeading() {
    let heading = facts.heading
    blocks.append(.text(PrintableText(heading.station.name), .large, .centre))
    if !heading.station.nameEn.isEmpty {
      blocks.append(.text(PrintableText(heading.station.nameEn), .quiet, .centre))
    }
    writeCopyMark()
    if isReturn { blocks.append(.text("退货单 RETURN", .large, .centre)) }
    blocks.append(.rule())
    writeRow("单号", "No.", PrintableText(heading.number.text))
    if let original = heading.original {
      writeRow("原单号", "Original No.", PrintableText(original.text))
    }
    writeRow("时间", "Time", PrintableText(heading.localTime))
    if let cashier = heading.cashier { writeRow("收银", "Cashier", PrintableText(cashier)) }
  }

  /// A reprint says so, with its count.
  mutating func writeCopyMark() {
    guard facts.heading.copy > 0 else { return }
    blocks.append(.text("副本 COPY \(String(facts.heading.copy))", .large, .centre))
  }

  /// How a citizen checks the receipt, and the end of the paper.
  mutating func writeProof() {
    let checkCode = PrintableText(facts.proof.journal.checkCode)
    blocks.append(.rule())
    let statement: PrintableText =
      isReturn
      ? "本单为退货与善款冲回明细说明，不是公益事业捐赠票据。"
      : "本单为捐赠明细说明，不是公益事业捐赠票据。"
    blocks.append(.text(statement))
    blocks.append(.text("A statement, not an official donation receipt.", .quiet))
    if let content = facts.proof.publicURL.flatMap(QRContent.init) {
      blocks.append(.qr(content))
      blocks.append(.text("扫码查看善款去向", .bold, .centre))
      blocks.append(.text("Scan to see where it goes", .quiet, .centre))
      blocks.append(.feed())
      writeRow("日志号", "Journal", checkCode)
    } else {
      blocks.append(.feed())
      blocks.append(.text("核对码 Check code", .normal, .centre))
      blocks.append(.text(checkCode, .bold, .centre))
    }
    blocks.append(.feed())
    blocks.append(.text("谢谢您 Thank you", .normal, .centre))
    writeCopyMark()
    blocks.append(.cut)
  }

  /// A heading in both languages with its value on the right.
  mutating func writeRow(
    _ name: PrintableText, _ nameEn: PrintableText, _ value: PrintableText,
    _ style: TextStyle = .normal
  ) {
    blocks.append(.row(name, nameEn, value, style))
  }

  /// What few readers look for, on one line or two.
  mutating func writeDetail(_ label: PrintableText, _ value: PrintableText) {
    blocks.append(.detail(label, value))
  }

  /// A heading in both languages with its amount on the right.
  mutating func writeRow(
    _ name: PrintableText, _ nameEn: PrintableText, _ amount: Money,
    _ style: TextStyle = .normal
  ) {
    writeRow(name, nameEn, PrintableText(amount.yuanText), style)
  }
}
