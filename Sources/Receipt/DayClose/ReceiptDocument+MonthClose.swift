internal import POS

extension ReceiptDocument {
  /// A month close (月结): its days and their sums.
  public init(monthClose facts: MonthCloseFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "月结单", titleEn: "MONTH CLOSE")
    writer.writeRow("月份", "Month", PrintableText(facts.month), .large)
    writer.writeRow("结账", "Closed", PrintableText(facts.heading.localTime))
    writer.writeRow("结账人", "Closed by", PrintableText(facts.closedBy))
    writer.write(facts.days)
    writer.writeTotals(facts.totals, of: .month)
    writer.write(facts.tenders, overShort: facts.totals.overShort)
    writer.writeStreams(facts.totals.streams)
    writer.writeProof(facts.proof)
    writer.blocks.append(.feed())
    writer.writeNote("本月已结清，不再更改。", "This month is closed and never changed.")
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}

extension SlipWriter {
  fileprivate mutating func write(_ days: [ClosedDay]) {
    writeSection(PrintableText("\(days.count) 个营业日"), "DAYS")
    writeDay("日期", "编号", "净销售额", "划转善款", .quiet)
    for day in days {
      writeDay(
        PrintableText(String(day.businessDate.description.suffix(5))),
        PrintableText(day.number.text), PrintableText(day.net.yuanText),
        PrintableText(day.transfer.yuanText))
    }
  }

  private mutating func writeDay(
    _ date: PrintableText, _ number: PrintableText, _ net: PrintableText,
    _ transfer: PrintableText, _ style: TextStyle = .normal
  ) {
    blocks.append(
      .columns([
        Column(date, style, width: .fixed(5)), Column(number, style, width: .fixed(6)),
        Column(net, style, alignment: .right), Column(transfer, style, alignment: .right),
      ]))
  }
}
