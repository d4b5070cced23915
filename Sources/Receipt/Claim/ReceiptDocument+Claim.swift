internal import POS

extension ReceiptDocument {
  /// A claim: who owes how much for a day, and for which lines.
  public init(claim facts: ClaimSlipFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "结算单", titleEn: "CLAIM")
    writer.writeRow("付款方", "To", PrintableText(facts.funder))
    writer.blocks.append(.pair("项目 For", PrintableText(facts.name.both)))
    writer.writeRow("营业日", "Day", PrintableText("\(facts.businessDate)"))
    if !facts.isDayClosed { writer.writeNote("本日未结，金额未定。", "The day is not closed.") }
    if !facts.areChecksGood {
      writer.writeNote("核对未通过，请勿寄出。", "A check failed: do not send it.")
    }
    writer.writeSection("明细", "LINES")
    for line in facts.lines { writer.write(line) }
    writer.blocks.append(.rule())
    writer.writeRow("应付", "Claimed", facts.amount, .large)
    if facts.forfeited != .zero {
      writer.writeRow("未用作废", "Not used", facts.forfeited)
      writer.writeNote("作废部分不结算。", "What was not used is not claimed.")
    }
    writer.writeSignatureLine("经办人签名", "Signed by")
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}

extension SlipWriter {
  fileprivate mutating func write(_ line: ClaimSlipFacts.Line) {
    let place = line.line.map { "\(line.number.text) #\($0)" } ?? line.number.text
    let amount = line.line == nil ? line.forfeited : line.amount
    blocks.append(.pair(PrintableText(place), PrintableText(amount.signedYuanText)))
    let goods = line.line == nil ? "未用作废 not used" : line.goods
    blocks.append(.detail(PrintableText("  \(goods)"), line.isReturn ? "退货 return" : ""))
  }
}
