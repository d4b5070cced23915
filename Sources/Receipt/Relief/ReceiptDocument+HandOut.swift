extension ReceiptDocument {
  /// A hand-out slip: the goods, and a line for the signature of who receives them.
  public init(handOut facts: HandOutSlipFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "物资领取单", titleEn: "GOODS RECEIVED")
    writer.writeRow("编号", "No.", PrintableText(facts.number.text))
    writer.blocks.append(.pair("项目 For", PrintableText(facts.programme.both)))
    writer.writeRow("领取人", "To", PrintableText(facts.person.text))
    writer.writeRow("发放人", "From", PrintableText(facts.handedBy))
    writer.writeRow("时间", "Time", PrintableText(facts.heading.localTime))
    writer.writeSection("物资", "GOODS")
    for goods in facts.goods {
      writer.blocks.append(
        .pair(PrintableText(goods.name), PrintableText(goods.quantity), .bold))
    }
    writer.blocks.append(.rule())
    writer.blocks.append(.text("以上物资免费，已收到。"))
    writer.blocks.append(.text("Received, free of charge.", .quiet))
    writer.blocks.append(.feed())
    writer.writeSignatureLine("领取人签名", "Received by")
    writer.writeCheckCode(facts.proof)
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}
