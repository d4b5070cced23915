internal import POS

extension SlipWriter {
  /// The till, its day and who answered for it.
  mutating func writeSession(_ session: TillSessionFacts) {
    writeRow("收银台", "Till", PrintableText(session.tillName))
    writeRow("营业日", "Business day", PrintableText(session.businessDate.description))
    writeRow("开班", "Opened", PrintableText(session.openedAt))
    if let endedAt = session.endedAt { writeRow("停售", "Ended", PrintableText(endedAt)) }
    for (index, person) in session.responsible.enumerated() {
      if index == 0 {
        writeRow("负责人", "In charge", PrintableText(person.name))
      } else {
        writeRow("交班给", "Handed to", PrintableText(person.name))
        writeDetail("  交班时间 At", clock(person.since, of: session.businessDate))
      }
    }
  }

  /// Sums, tenders and cash; of a blind reading what may be known before the count.
  mutating func writeReading(_ reading: TillReading) {
    writeSection("销售", "SALES")
    if let money = reading.money {
      write(money, reading.counts)
    } else {
      writeRow("销售", "Sales", PrintableText("\(reading.counts.sales) 笔"))
      writeRow("退货", "Returns", PrintableText("\(reading.counts.returns) 笔"))
    }
    write(reading.counts)
    write(reading.tenders, reading.money)
    if let cash = reading.money?.cash {
      write(cash, of: reading.session.businessDate)
    } else {
      writeSection("现金", "CASH")
      writeNote("请先清点现金，金额在清点后显示。", "Count first: the amount is shown after the count.")
    }
  }

  private mutating func write(_ money: TillMoney, _ counts: TillCounts) {
    writeSigned(PrintableText("销售 \(counts.sales) 笔"), "Sales", money.sales)
    writeSigned(PrintableText("退货 \(counts.returns) 笔"), "Returns", -money.returns)
    writeRow("净销售额", "Net", money.sales - money.returns, .bold)
    if money.gifts != .zero { writeSigned("顾客捐赠", "Gifts", money.gifts) }
    if money.cashRounding != .zero { writeSigned("抹零", "Rounding", money.cashRounding) }
    writeRow("已让利", "Concession", money.concession)
    writeRow("本站捐出", "Pledge", PrintableText(money.pledge.yuanText))
  }

  private mutating func write(_ counts: TillCounts) {
    if let numbers = counts.numbers {
      let range = "\(numbers.lowerBound) - \(numbers.upperBound)"
      writeRow("单号", "Receipts", PrintableText(range))
    }
    writeRow("作废", "Voids", PrintableText("\(counts.voids) 次"))
    writeRow("无销售开钱箱", "No-sale", PrintableText("\(counts.drawerOpenings) 次"))
    if let reprints = counts.reprints {
      writeRow("补打", "Reprints", PrintableText("\(reprints) 次"))
    }
  }

  private mutating func write(_ tenders: [TenderReading], _ money: TillMoney?) {
    if tenders.isEmpty, money == nil { return }
    writeSection("收款", "TENDERS")
    for tender in tenders {
      let net = tender.taken - tender.refunded
      writeRow(PrintableText(tender.kind.name), PrintableText(tender.kind.nameEn), net)
      if tender.refunded > .zero {
        writeDetail(
          PrintableText("  收 \(tender.taken.yuanText)"),
          PrintableText("退 \((-tender.refunded).yuanText)"))
      }
    }
    guard let money else { return }
    let kept = money.cash.kept - money.cash.refunds
    writeRow("现金", "Cash", kept)
    for voucher in money.vouchers {
      writeNamed(
        SlipName("券 \(voucher.name.name)", en: voucher.name.nameEn),
        PrintableText(voucher.amount.yuanText))
    }
    let total =
      tenders.lazy.map { $0.taken - $0.refunded }.total + kept
      + money.vouchers.lazy.map(\.amount).total
    writeRow("收款合计", "Total", total, .bold)
    if money.mealTopUps != .zero { writeRow("其中餐卡充值", "Top-ups", money.mealTopUps) }
    if money.mealPayments != .zero { writeRow("其中还餐费", "Meals owed", money.mealPayments) }
    writeAmounts(money.coupons, "优惠券承担方", "COUPONS, PAID BY")
  }

  private mutating func write(_ cash: CashReading, of date: BusinessDate) {
    writeSection("现金", "CASH IN THE DRAWER")
    writeRow("备用金", "Float", cash.float)
    writeSigned("收现金", "Cash taken", cash.taken)
    if let change = cash.change { writeSigned("找零", "Change", -change) }
    writeSigned("现金退款", "Refunds", -cash.refunds)
    for movement in cash.movements {
      let name = movement.kind.slipName
      writeSigned(
        PrintableText(name.name), PrintableText(name.nameEn), movement.signedAmount)
      writeDetail(
        PrintableText("  \(movement.reason.both)"), clock(movement.localTime, of: date))
    }
    writeRow("应有现金", "Expected", cash.expected, .bold)
  }

  /// `10:12` on the business day itself, else the whole of the wall clock.
  private func clock(_ localTime: String, of date: BusinessDate) -> PrintableText {
    guard localTime.hasPrefix("\(date) ") else { return PrintableText(localTime) }
    return PrintableText(String(localTime.dropFirst(11).prefix(5)))
  }
}
