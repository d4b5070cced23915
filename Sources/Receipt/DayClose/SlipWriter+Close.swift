internal import POS

/// What a close is of.
enum ClosePeriod {
  case day, month
}

extension SlipWriter {
  /// Counts, the transfers, and who pays for coupons, vouchers and meals.
  mutating func writeTotals(_ totals: CloseTotals, of period: ClosePeriod) {
    writeSection("销售", "SALES")
    writeSigned(PrintableText("销售 \(totals.saleCount) 笔"), "Sales", totals.sales)
    writeSigned(PrintableText("退货 \(totals.returnCount) 笔"), "Returns", -totals.returns)
    writeRow("净销售额", "Net", totals.sales - totals.returns, .bold)
    write(totals.fundTransfer, of: period)
    writeAmounts(totals.gifts, "顾客捐赠划转", "GIFTS TO TRANSFER")
    if totals.reliefFund != .zero {
      writeSection("救助基金划转", "RELIEF FUND")
      writeRow("让利入基金", "Concession", totals.reliefFund, .bold)
    }
    writeAmounts(totals.coupons, "优惠券承担方", "COUPONS, PAID BY")
    write(totals.vouchers)
    if let meals = totals.meals { write(meals) }
  }

  private mutating func write(_ transfer: FundTransfer, of period: ClosePeriod) {
    writeSection("慈善基金划转", "CHARITY FUND")
    let isDay = period == .day
    writeRow(
      isDay ? "上日结转" : "上月结转", "Brought in",
      PrintableText(transfer.carriedIn.yuanTextWithSixDecimals))
    writeRow(
      isDay ? "当日善款" : "当月善款", "Pledge",
      PrintableText(transfer.pledge.yuanTextWithSixDecimals))
    writeRow("本次划转", "Transfer", transfer.transfer, .large)
    writeRow(
      isDay ? "结转次日" : "结转次月", "Carried on",
      PrintableText(transfer.carriedOut.yuanTextWithSixDecimals))
  }

  /// Amounts and whose they are, with their sum; nothing where there are none.
  mutating func writeAmounts(
    _ amounts: [NamedAmount], _ title: PrintableText, _ titleEn: PrintableText
  ) {
    if amounts.isEmpty { return }
    writeSection(title, titleEn)
    for amount in amounts { writeNamed(amount.name, PrintableText(amount.amount.yuanText)) }
    writeRow("合计", "Total", amounts.lazy.map(\.amount).total, .bold)
  }

  private mutating func write(_ claims: [VoucherClaim]) {
    if claims.isEmpty { return }
    writeSection("代金券报销", "VOUCHERS TO CLAIM")
    for claim in claims {
      writeNamed(claim.programme, PrintableText(claim.amount.yuanText))
      writeDetail(
        PrintableText(claim.count.map { "  \($0) 张" } ?? "  其中"),
        PrintableText("作废余额 Forfeited \(claim.forfeited.yuanText)"))
    }
    writeRow("合计", "Total", claims.lazy.map(\.amount).total, .bold)
  }

  private mutating func write(_ meals: MealTotals) {
    writeSection("助餐", "MEALS")
    writeRow(PrintableText("用餐 \(meals.count) 份"), "Meals", meals.amount)
    writeRow(PrintableText("补贴 \(meals.subsidyCount) 份"), "Subsidy", meals.subsidy, .bold)
  }

  /// Each way of paying against its statement, and the drawers against their counts.
  mutating func write(_ tenders: [TenderMatch], overShort: Money) {
    writeSection("收款对账", "TENDERS CHECKED")
    for tender in tenders {
      writeRow(
        PrintableText(tender.kind.name), PrintableText(tender.kind.nameEn), tender.net)
      write(tender)
    }
    writeRow("收款合计", "Total", tenders.lazy.map(\.net).total, .bold)
    write(overShort: overShort)
  }

  private mutating func write(_ tender: TenderMatch) {
    guard let statement = tender.statement else {
      if tender.kind != .cash { writeDetail("  对账单 Statement", "未到 none yet") }
      return
    }
    if statement == tender.net {
      writeDetail("  对账单 Statement", "相符 agrees")
    } else {
      blocks.append(
        .pair("  对账单 Statement", PrintableText(statement.yuanText)))
      blocks.append(
        .pair(
          "  不符 DIFFERS", PrintableText((statement - tender.net).signedYuanText), .bold))
    }
  }

  /// Every stream as the ledger has it.
  mutating func writeStreams(_ streams: [LedgerStream]) {
    writeSection("总账科目", "LEDGER")
    for stream in streams {
      writeNamed(stream.name, PrintableText(stream.posted.debitCreditText))
      blocks.append(.text(PrintableText("  \(stream.account)"), .quiet))
    }
    blocks.append(.text("借 Debit   贷 Credit", .quiet))
  }
}

extension MicroYuan {
  /// An amount as bookkeepers write it, without a sign: `借 6.3200`, `贷 31.5700`.
  fileprivate var debitCreditText: String {
    if self == .zero { return yuanText }
    return self > .zero ? "借 \(yuanText)" : "贷 \((-self).yuanText)"
  }
}
