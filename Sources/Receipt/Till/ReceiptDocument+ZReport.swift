internal import POS

extension ReceiptDocument {
  /// A Z report: the session as counted and closed, and the totals that never reset.
  public init(zReport facts: ZReportFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "Z 报表", titleEn: "Z REPORT")
    writer.writeRow("编号", "Z No.", PrintableText(facts.number.text), .large)
    writer.writeSession(facts.reading.session)
    writer.writeRow("结班", "Closed", PrintableText(facts.heading.localTime))
    writer.writeRow("结班人", "Closed by", PrintableText(facts.closing.closedBy))
    writer.writeReading(facts.reading)
    writer.writeCount(facts)
    writer.write(facts.perpetual)
    writer.writeProof(facts.proof)
    writer.blocks.append(.feed())
    writer.writeNote("本班次已结清，不再更改。", "This session is closed and never changed.")
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}

extension SlipWriter {
  /// The drawer as counted, against what had to be in it.
  fileprivate mutating func writeCount(_ facts: ZReportFacts) {
    guard let expected = facts.reading.money?.cash.expected else { return }
    let overShort = facts.countedCash - expected
    writeSection("现金清点", "CASH COUNT")
    for count in facts.counted {
      let label = PrintableText("\(count.denomination.denominationText) × \(count.count)")
      blocks.append(.pair(label, PrintableText(count.amount.yuanText)))
    }
    writeRow("清点合计", "Counted", facts.countedCash, .bold)
    writeRow("应有现金", "Expected", expected)
    write(overShort: overShort)
    if let reason = facts.closing.reason { writeDetail("原因 Reason", PrintableText(reason.both)) }
    if let approver = facts.closing.approvedBy {
      writeRow("批准人", "Approved by", PrintableText(approver))
    }
  }

  /// Over, short or neither, large.
  mutating func write(overShort: Money) {
    let amount = PrintableText(overShort.signedYuanText)
    if overShort > .zero {
      writeRow("长款", "Over", amount, .large)
    } else if overShort < .zero {
      writeRow("短款", "Short", amount, .large)
    } else {
      writeRow("相符", "Balanced", amount, .large)
    }
  }

  fileprivate mutating func write(_ totals: PerpetualTotals) {
    writeSection("累计（永不清零）", "NEVER RESET")
    writeRow(PrintableText("销售 \(totals.saleCount) 笔"), "Sales", totals.sales)
    writeSigned(PrintableText("退货 \(totals.returnCount) 笔"), "Returns", -totals.returns)
    writeRow("净额", "Net", totals.sales - totals.returns, .bold)
  }
}

extension Money {
  /// The face of a note or coin: `100 元`, `5 角`, `1 分`.
  fileprivate var denominationText: String {
    if fen % 100 == 0 { return "\(fen / 100) 元" }
    return fen % 10 == 0 ? "\(fen / 10) 角" : "\(fen) 分"
  }
}
