internal import POS

extension SaleReceiptWriter {
  private var giftAmount: Money { facts.gift?.amount ?? .zero }

  /// The pledge of all lines.
  private var pledge: MicroYuan { facts.lines.lazy.map(\.pledge).total }

  /// From the list price to what is due.
  mutating func writeTotals() {
    let lines = facts.lines
    let net = lines.lazy.map(\.net).total
    let adjustment = lines.lazy.flatMap(\.adjustments).map(\.amount).total
    let toShopper = lines.lazy.filter { !$0.isPaidAtListPrice }.map(\.concession).total
    blocks.append(.rule())
    writeRow("原价合计", "List total", lines.lazy.map(\.listAmount).total)
    if toShopper != .zero {
      writeRow("让利合计", "Concession", PrintableText((-toShopper).signedYuanText))
    }
    if adjustment != .zero {
      writeRow("优惠合计", "Discounts", PrintableText(adjustment.signedYuanText))
    }
    if let gift = facts.gift { write(gift) }
    if isReturn {
      writeRow("应退", "Refund due", giftAmount - net, .large)
    } else {
      writeRow("应付", "Total due", net + giftAmount, .large)
    }
  }

  private mutating func write(_ gift: SaleReceiptGift) {
    let amount = PrintableText((isReturn ? -gift.amount : gift.amount).signedYuanText)
    writeRow("您的捐赠", "Your gift", amount)
    guard let campaign = gift.campaign else { return }
    let names = [campaign, gift.campaignEn].compactMap { $0 }.joined(separator: " ")
    writeDetail("  用于 For", PrintableText(names))
  }

  /// What was handed over, and what came back.
  mutating func writeTenders() {
    blocks.append(.rule())
    for voucher in facts.vouchers { write(voucher) }
    for tender in facts.tenders {
      if isReturn {
        writeRow(
          PrintableText("退" + tender.kind.name), PrintableText(tender.kind.nameEn + " back"),
          tender.amount)
      } else {
        writeRow(
          PrintableText(tender.kind.name), PrintableText(tender.kind.nameEn), tender.amount)
      }
      if let reference = tender.reference, !reference.isEmpty {
        writeDetail("  参考号 Ref.", PrintableText(reference))
      }
    }
    if facts.cashRounding != .zero {
      writeRow("抹零", "Rounding", PrintableText(facts.cashRounding.signedYuanText))
    }
    if !isReturn, facts.tenders.contains(where: { $0.kind == .cash }) {
      writeRow("找零", "Change", facts.change, .bold)
    }
  }

  private mutating func write(_ voucher: SaleReceiptVoucher) {
    if isReturn {
      writeRow("退代金券", "Voucher back", voucher.amount)
    } else {
      writeRow("代金券", "Voucher", voucher.amount)
    }
    switch voucher.rest {
    case .left(let left): writeDetail("  券余额 Left on it", PrintableText(left.yuanText))
    case .forfeited(.zero): break
    case .forfeited(let lost): writeDetail("  未用作废 Not used", PrintableText(lost.yuanText))
    case .toBalance: writeDetail("  退回券内", "back on the voucher")
    case .notToHolder: writeDetail("  不退给持券人", "not paid out")
    }
  }

  /// What the shopper's shopping has given.
  mutating func writeGiven() {
    let toFund = facts.lines.lazy.filter(\.isPaidAtListPrice).map(\.concession).total
    let gift = isReturn ? -giftAmount : giftAmount
    blocks.append(.rule(.heavy))
    if isReturn {
      writeTitle("冲回的善款", "Taken back from charity")
    } else {
      writeTitle("您这次购物带来的善款", "What your shopping has given")
    }
    let given = pledge + gift.microYuan + toFund.microYuan
    let isPledgeAll = given == pledge
    writeRow(
      "本站捐出", "Pledge", PrintableText(pledge.yuanText), isPledgeAll ? .large : .normal)
    if !isReturn { writePledgeRate() }
    if isPledgeAll { return }
    if toFund != .zero {
      writeRow("让利入基金", "Concession", PrintableText(toFund.microYuan.yuanText))
    }
    if gift != .zero {
      writeRow("您的捐赠", "Your gift", PrintableText(gift.microYuan.yuanText))
    }
    writeRow("善款合计", "In all", PrintableText(given.yuanText), .large)
  }

  /// Who gives the pledge and how much of the price it is: it is not added to the bill.
  private mutating func writePledgeRate() {
    let rate = facts.pledgeRate.percentText
    blocks.append(.text("本站从货款中捐出\(rate)，不另向您收取。", .quiet))
    blocks.append(
      .text("The station gives \(rate) of the price; you pay nothing more for it.", .quiet))
  }

  private mutating func writeTitle(_ title: PrintableText, _ titleEn: PrintableText) {
    blocks.append(.text(title, .bold, .centre))
    blocks.append(.text(titleEn, .quiet, .centre))
  }
}
