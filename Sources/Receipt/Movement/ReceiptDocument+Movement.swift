internal import POS

extension ReceiptDocument {
  /// A movement slip: amount and reason, with a line each for who gives and who receives.
  public init(movement facts: MovementSlipFacts) {
    let movement = facts.movement
    var writer = SlipWriter()
    let (title, titleEn) = movement.kind.slipTitle
    writer.writeHead(facts.heading, title: title, titleEn: titleEn)
    writer.writeRow("收银台", "Till", PrintableText(facts.tillName))
    writer.writeRow("时间", "Time", PrintableText(movement.localTime))
    writer.writeNamed(SlipName("原因", en: "Reason"), PrintableText(movement.reason.both))
    writer.writeRow("经手人", "By", PrintableText(facts.movedBy))
    if let approver = facts.approvedBy {
      writer.writeRow("批准人", "Approved by", PrintableText(approver))
    }
    writer.blocks.append(.rule())
    writer.writeRow("金额", "Amount", movement.amount, .large)
    writer.blocks.append(.rule())
    writer.writeSignatureLine("交款人签名", "Given by")
    writer.writeSignatureLine("收款人签名", "Received by")
    writer.writeCheckCode(facts.proof)
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}

extension CashMovement.Kind {
  fileprivate var slipTitle: (PrintableText, PrintableText) {
    switch self {
    case .paidIn: ("现金存入单", "PAID IN")
    case .paidOut: ("现金支出单", "PAID OUT")
    case .pickup: ("现金提款单", "CASH PICKUP")
    }
  }
}
