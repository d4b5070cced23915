internal import POS

extension ReceiptDocument {
  /// A voucher: worth, dates, what it is for, and its code for scanner and eye.
  public init(voucher facts: VoucherSlipFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "代金券", titleEn: "VOUCHER")
    writer.blocks.append(.text(PrintableText(facts.programme.name), .bold, .centre))
    if !facts.programme.nameEn.isEmpty {
      writer.blocks.append(.text(PrintableText(facts.programme.nameEn), .quiet, .centre))
    }
    writer.blocks.append(.text(PrintableText("￥\(facts.amount.yuanText)"), .large, .centre))
    writer.blocks.append(.rule())
    writer.writeRow("生效", "Valid from", PrintableText("\(facts.validity.lowerBound)"))
    writer.writeRow("截止", "Valid to", PrintableText("\(facts.validity.upperBound)"), .bold)
    let goods = facts.goods.isEmpty ? "全部商品 all goods" : facts.goods.joined(separator: "、")
    writer.blocks.append(.pair("可买 For", PrintableText(goods)))
    writer.writeVoucherCode(facts.code)
    writer.writeUse(of: facts.kind)
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }

  /// What is left on a voucher.
  public init(voucherBalance facts: VoucherBalanceFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "代金券余额", titleEn: "VOUCHER BALANCE")
    writer.writeNamed(SlipName("项目"), PrintableText(facts.programme.both))
    writer.writeRow("券号末四位", "Code ends", PrintableText(facts.codeEnd))
    writer.writeRow("时间", "Time", PrintableText(facts.heading.localTime))
    writer.blocks.append(.rule())
    if facts.spent != .zero {
      writer.writeRow("原有", "Before", facts.before)
      writer.writeSigned("本次使用", "Used now", -facts.spent)
    }
    writer.writeRow("余额", "Left", facts.before - facts.spent, .large)
    writer.writeRow("截止", "Valid to", PrintableText("\(facts.validTo)"), .bold)
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}

extension SlipWriter {
  /// The code as a QR code and in groups of four, for a scanner that cannot read it.
  fileprivate mutating func writeVoucherCode(_ code: String) {
    blocks.append(.rule())
    if let content = QRContent(code) { blocks.append(.qr(content)) }
    let groups = stride(from: 0, to: code.count, by: 4).map {
      String(code.dropFirst($0).prefix(4))
    }
    blocks.append(.text(PrintableText(groups.joined(separator: " ")), .bold, .centre))
    blocks.append(.feed())
  }

  fileprivate mutating func writeUse(of kind: VoucherSlipFacts.Kind) {
    switch kind {
    case .singleUse:
      writeNote("限用一次，不找零，未用部分作废。", "For one visit; no change is given.")
    case .balance:
      writeNote("可分次使用，余额保留到截止日。", "The rest stays good until the last day.")
    }
    writeNote("请妥善保管：凭码使用，遗失难补。", "Keep it safe: who has the code can use it.")
  }
}
