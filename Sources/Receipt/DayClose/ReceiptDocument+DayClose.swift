internal import POS

extension ReceiptDocument {
  /// A day close (日结): what the day came to, and what has to be transferred.
  public init(dayClose facts: DayCloseFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "日结单", titleEn: "DAY CLOSE")
    writer.writeRow("营业日", "Day", PrintableText(facts.businessDate.description), .large)
    writer.writeRow("编号", "No.", PrintableText(facts.number.text))
    writer.writeRow("结账", "Closed", PrintableText(facts.heading.localTime))
    writer.writeRow("结账人", "Closed by", PrintableText(facts.closedBy))
    let zNumbers = facts.zNumbers.map(\.text).joined(separator: "、")
    writer.blocks.append(
      .pair("含 Z 报表", PrintableText(zNumbers.isEmpty ? "无 none" : zNumbers)))
    writer.writeTotals(facts.totals, of: .day)
    writer.write(facts.tenders, overShort: facts.totals.overShort)
    writer.writeStreams(facts.totals.streams)
    writer.writeProof(facts.proof)
    writer.blocks.append(.feed())
    writer.writeNote("本营业日已结清，不再更改。", "This day is closed and never changed.")
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}
