extension PlainModel {
  /// `vouchersFen` is what vouchers pay of the goods; it matters only to a gift that rounds up.
  static func price(
    _ lines: [Line], gift: Gift, policy: Policy, vouchersFen: Int64 = 0
  ) -> PricedBasket {
    var basket = PricedBasket(
      lines: [], giftFen: 0, listTotalFen: 0, stationTotalFen: 0, concessionTotalFen: 0,
      netTotalFen: 0, pledgeTotalMicroYuan: 0, dueFen: 0)
    for line in lines {
      let priced = price(line, policy: policy)
      basket.lines.append(priced)
      basket.listTotalFen += priced.listAmountFen
      basket.stationTotalFen += priced.stationAmountFen
      basket.concessionTotalFen += priced.concessionFen
      basket.netTotalFen += priced.netFen
      basket.pledgeTotalMicroYuan += priced.pledgeMicroYuan
    }
    basket.giftFen = giftFen(gift, remainingFen: basket.netTotalFen - vouchersFen)
    basket.dueFen = basket.netTotalFen + basket.giftFen
    return basket
  }

  static func price(_ line: Line, policy: Policy) -> PricedLine {
    let stationPriceFen = stationPrice(
      listPriceFen: line.listPriceFen, concessionBasisPoints: policy.concessionBasisPoints)
    let listAmountFen = amount(priceFen: line.listPriceFen, quantity: line.quantity)
    let stationAmountFen = amount(priceFen: stationPriceFen, quantity: line.quantity)

    var baseFen = stationAmountFen
    if policy.concessionDestination == .toReliefFund {
      baseFen = listAmountFen
    }
    var adjustmentFen: Int64 = 0
    if let overridePriceFen = line.overridePriceFen {
      adjustmentFen = amount(priceFen: overridePriceFen, quantity: line.quantity) - baseFen
    }
    let netFen = baseFen + adjustmentFen

    return PricedLine(
      quantity: line.quantity,
      stationPriceFen: stationPriceFen,
      listAmountFen: listAmountFen,
      stationAmountFen: stationAmountFen,
      concessionFen: listAmountFen - stationAmountFen,
      adjustmentFen: adjustmentFen,
      netFen: netFen,
      pledgeMicroYuan: netFen * policy.pledgeBasisPoints,
      category: line.category)
  }

  /// Half-up, per unit or per kilogram.
  static func stationPrice(listPriceFen: Int64, concessionBasisPoints: Int64) -> Int64 {
    (listPriceFen * (10_000 - concessionBasisPoints) + 5_000) / 10_000
  }

  /// Counted goods exactly, weighed goods half-up.
  static func amount(priceFen: Int64, quantity: Quantity) -> Int64 {
    switch quantity {
    case .units(let units): priceFen * units
    case .grams(let grams): (priceFen * grams + 500) / 1_000
    }
  }

  static func giftFen(_ gift: Gift, remainingFen: Int64) -> Int64 {
    switch gift {
    case .none:
      return 0
    case .amount(let amountFen):
      return amountFen
    case .roundUpToYuan:
      let overWholeYuan = remainingFen % 100
      return overWholeYuan == 0 ? 0 : 100 - overWholeYuan
    }
  }
}
