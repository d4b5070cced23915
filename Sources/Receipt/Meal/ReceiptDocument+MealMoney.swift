internal import POS

extension ReceiptDocument {
  /// A slip of money for meals: what was paid in and what is in the account now; or what was given
  /// back, with a line for who took it.
  public init(mealMoney facts: MealMoneySlipFacts) {
    var writer = SlipWriter()
    if facts.account != nil {
      writer.writeHead(facts.heading, title: "餐卡收款单", titleEn: "MEAL CARD")
    } else {
      writer.writeHead(facts.heading, title: "餐卡撤销单", titleEn: "MEAL CARD, UNDONE")
    }
    writer.writeRow("姓名", "Name", PrintableText(facts.person.text))
    writer.writeRow("时间", "Time", PrintableText(facts.heading.localTime))
    writer.writeRow("收银员", "Cashier", PrintableText(facts.takenBy))
    writer.blocks.append(.rule())
    writer.writeMoney(facts)
    writer.blocks.append(.rule())
    if let account = facts.account {
      writer.writeRow("餐卡余额", "Left on card", account.balance, .large)
      if account.owed > .zero { writer.writeRow("还欠", "Still owed", account.owed) }
    } else {
      writer.writeSignatureLine("收款人签名", "Received by")
    }
    writer.writeCheckCode(facts.proof)
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}

extension SlipWriter {
  fileprivate mutating func writeMoney(_ facts: MealMoneySlipFacts) {
    let (name, nameEn): (PrintableText, PrintableText) =
      switch (facts.purpose, facts.account == nil) {
      case (.topUp, false): ("充值", "Top-up")
      case (.payment, false): ("还餐费", "For meals")
      case (_, true): ("退回", "Given back")
      }
    writeRow(name, nameEn, facts.amount, .large)
    let method = SlipName(facts.kind.name, en: facts.kind.nameEn)
    writeNamed(SlipName("方式", en: "By"), PrintableText(method.both))
    if let given = facts.given {
      writeRow("收", "Given", given)
      writeRow("找零", "Change", given - facts.amount)
    }
  }
}
