extension ReceiptDocument {
  /// An X report: what the till has done so far. It says that it changes nothing.
  public init(xReport facts: XReportFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "X 报表", titleEn: "X REPORT")
    writer.writeSession(facts.reading.session)
    writer.writeRow("读取", "Read", PrintableText(facts.heading.localTime))
    writer.writeRow("读取人", "Read by", PrintableText(facts.readBy))
    writer.writeReading(facts.reading)
    writer.blocks.append(.rule(.heavy))
    writer.writeNote(
      "本单只供查看：不清零，不结班，不改变任何记录。",
      "For reading only: it resets, closes and changes nothing.")
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}
