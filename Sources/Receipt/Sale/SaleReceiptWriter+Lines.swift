internal import POS

extension SaleReceiptWriter {
  /// Each line: name; quantity and amount; adjustments; list price, concession and pledge.
  mutating func writeLines() {
    guard !facts.lines.isEmpty else { return }
    blocks.append(.rule())
    blocks.append(
      .pair(
        "商品 Goods", isReturn ? "退款/元 Refund CNY" : "实付/元 Paid CNY", .quiet))
    for line in facts.lines { write(line) }
  }

  private mutating func write(_ line: LineItem) {
    blocks.append(.text(PrintableText(line.goods.name), .bold))
    blocks.append(.pair(quantityText(of: line), PrintableText(line.beforeAdjustments.yuanText)))
    for adjustment in line.adjustments { write(adjustment) }
    if !line.adjustments.isEmpty {
      blocks.append(.pair("  折后 Net", PrintableText(line.net.yuanText)))
    }
    let concession = line.isPaidAtListPrice ? "让利入基金" : "让利"
    let prices =
      "  原价 \(line.goods.listPrice.yuanText)  \(concession) \(line.concession.yuanText)"
    writeDetail(PrintableText(prices), PrintableText("本品捐出 \(line.pledge.yuanText)"))
  }

  /// What took how much off; the English name of a coupon goes below where narrow paper would
  /// break it.
  private mutating func write(_ adjustment: Adjustment) {
    let amount = PrintableText(adjustment.amount.signedYuanText)
    guard case .coupon(let id) = adjustment.source, let name = facts.couponNames[id] else {
      blocks.append(.pair(PrintableText("  " + adjustment.source.label), amount))
      return
    }
    let both = PrintableText("  \(name.both)")
    if both.width + 1 + amount.width <= PaperWidth.columns32.columns {
      blocks.append(.pair(both, amount))
    } else {
      blocks.append(.pair(PrintableText("  \(name.name)"), amount))
      if !name.nameEn.isEmpty {
        blocks.append(.text(PrintableText("    \(name.nameEn)"), .quiet))
      }
    }
  }

  /// `2 瓶 × 1.36`, `1.235 kg × 6.39`; in a return `退 2 瓶`, because a part of a line need not
  /// cost a multiple of the price.
  private func quantityText(of line: LineItem) -> PrintableText {
    let quantity =
      switch line.quantity {
      case .units(let count): "\(count) \(line.goods.unit)"
      case .grams(let grams): "\(kilogramText(grams)) kg"
      }
    if isReturn { return PrintableText("退 \(quantity)") }
    let price = line.isPaidAtListPrice ? line.goods.listPrice : line.stationPrice
    return PrintableText("\(quantity) × \(price.yuanText)")
  }

  private func kilogramText(_ grams: Int64) -> String {
    let rest = String(grams % 1000)
    return "\(grams / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

extension AdjustmentSource {
  fileprivate var label: String {
    switch self {
    case .priceOverride(let reason): "改价 \(reason.name) \(reason.nameEn)"
    case .coupon: "优惠券 Coupon"
    }
  }
}

extension Money {
  /// Yuan with two decimals and a sign, also of what is added: `+0.50`.
  var signedYuanText: String { self > .zero ? "+\(yuanText)" : yuanText }
}
