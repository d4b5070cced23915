internal import POS

extension ReceiptDocument {
  /// A meal slip: price, subsidy, what was paid and what is left.
  public init(meal facts: MealSlipFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "用餐单", titleEn: "MEAL")
    writer.writeRow("姓名", "Name", PrintableText(facts.person.text))
    writer.writeNamed(SlipName("餐别", en: "Meal"), PrintableText(facts.period.both))
    writer.writeRow("时间", "Time", PrintableText(facts.heading.localTime))
    writer.blocks.append(.rule())
    writer.writeRow("餐价", "Price", facts.price)
    if facts.subsidy != .zero { writer.writeSigned("补贴", "Subsidy", -facts.subsidy) }
    writer.writeRow("实付", "You pay", facts.price - facts.subsidy, .large)
    switch facts.payment {
    case .account(let balance):
      writer.writeRow("付款", "Paid by", "餐卡 card")
      if balance < .zero {
        writer.writeRow("待补缴", "To top up", -balance, .bold)
      } else {
        writer.writeRow("餐卡余额", "Left on card", balance, .bold)
      }
    case .cash: writer.writeRow("付款", "Paid by", "现金 cash")
    }
    writer.blocks.append(.feed())
    writer.blocks.append(.text("请慢用 Enjoy your meal", .normal, .centre))
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}
