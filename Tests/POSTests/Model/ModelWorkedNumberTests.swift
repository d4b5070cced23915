import Testing

@Suite struct ModelWorkedNumberTests {
  @Test func theWorkedSaleComesOut() {
    let lines = [
      PlainModel.Line(listPriceFen: 170, quantity: .units(2)),
      PlainModel.Line(listPriceFen: 1_830, quantity: .units(1)),
      PlainModel.Line(listPriceFen: 799, quantity: .grams(1_235)),
    ]

    let basket = PlainModel.price(lines, gift: .none, policy: PlainModel.Policy())

    #expect(basket.lines.map(\.stationPriceFen) == [136, 1_464, 639])
    #expect(basket.lines.map(\.listAmountFen) == [340, 1_830, 987])
    #expect(basket.lines.map(\.netFen) == [272, 1_464, 789])
    #expect(basket.lines.map(\.pledgeMicroYuan) == [54_400, 292_800, 157_800])
    #expect(basket.netTotalFen == 2_525)
    #expect(basket.concessionTotalFen == 632)
    #expect(basket.pledgeTotalMicroYuan == 505_000)
    #expect(basket.dueFen == 2_525)
  }

  @Test func oneBottlePledges() {
    let bottle = PlainModel.Line(listPriceFen: 150, quantity: .units(1))

    let priced = PlainModel.price(bottle, policy: PlainModel.Policy())

    #expect(priced.netFen == 120)
    #expect(priced.concessionFen == 30)
    #expect(priced.pledgeMicroYuan == 24_000)
  }

  @Test(
    arguments: [
      (1_000, [333, 333, 334], [333, 333, 334]),
      (500, [1_290, 850], [301, 199]),
      (355, [99, 199, 57], [99, 199, 57]),
      (1, [7, 7, 7], [1, 0, 0]),
      (700, [1_050, 320, 1_990], [219, 67, 414]),
      (0, [0, 0], [0, 0]),
      (1, [0, 5], [0, 1]),
    ] as [(Int64, [Int64], [Int64])])
  func allocationVectors(amountFen: Int64, weights: [Int64], shares: [Int64]) {
    #expect(PlainModel.allocate(amountFen, weights: weights) == shares)
  }

  @Test(
    arguments: [
      (.none, 157, 157), (.downToJiao, 157, 150), (.downToJiao, 9, 9), (.downToJiao, 10, 10),
      (.downToYuan, 199, 100), (.downToYuan, 99, 99), (.nearestJiao, 154, 150),
      (.nearestJiao, 155, 160), (.nearestJiao, 4, 4), (.nearestJiao, 5, 10), (.nearestJiao, 0, 0),
    ] as [(PlainModel.CashRounding, Int64, Int64)])
  func cashRounding(rounding: PlainModel.CashRounding, partFen: Int64, keptFen: Int64) {
    #expect(PlainModel.roundedCash(partFen, rounding: rounding) == keptFen)
  }

  @Test func aHigherOverrideIsAnAdjustmentOverTheBase() {
    var policy = PlainModel.Policy()
    policy.concessionDestination = .toReliefFund
    let line = PlainModel.Line(listPriceFen: 100, quantity: .units(3), overridePriceFen: 90)

    let priced = PlainModel.price(line, policy: policy)

    #expect(priced.netFen == 270)
    #expect(priced.adjustmentFen == -30)
    #expect(priced.concessionFen == 60)
  }

  @Test func mixedPaymentIsMappedAndReturned() throws {
    var policy = PlainModel.Policy()
    policy.cashRounding = .downToJiao
    let lines = [
      PlainModel.Line(listPriceFen: 170, quantity: .units(2)),
      PlainModel.Line(listPriceFen: 1_830, quantity: .units(1)),
      PlainModel.Line(listPriceFen: 799, quantity: .grams(1_235)),
    ]
    let basket = PlainModel.price(lines, gift: .roundUpToYuan, policy: policy)
    let tenders = [PlainModel.Tender(kind: "wechat", amountFen: 1_001)]

    let payment = try PlainModel.pay(
      basket, nonCash: tenders, cashGivenFen: 2_000, policy: policy
    ).get()
    let sale = PlainModel.Sale(policy: policy, basket: basket, payment: payment)
    let outcomes = PlainModel.returns(
      of: sale,
      requests: [
        .init(parts: [.init(line: 0, quantity: 1)]),
        .init(parts: [.init(line: 0, quantity: 2)]),
        .init(
          parts: everyPart(of: basket, less: [1, 0, 0]), includesGift: true),
      ])

    #expect(basket.giftFen == 75)
    #expect(payment.cashPartFen == 1_599)
    #expect(payment.cashKeptFen == 1_590)
    #expect(payment.changeFen == 410)
    // 1001 × 272, 1464, 789, 75 ÷ 2600 = 104.72, 563.64, 303.765, 28.875.
    #expect(payment.cells == [[105, 167], [563, 901], [304, 485], [29, 46]])
    let first = try outcomes[0].get()
    // 136 over 105 and 167: 52.5 and 83.5, the tie to the earlier tender.
    #expect(first.cells[0] == [53, 83])
    // 1590 × 83 ÷ 1599 = 82.53, down to the jiao 80.
    #expect(first.cashBackFen == 80)
    #expect(first.cashRoundingFen == -3)
    #expect(first.pledgeTotalMicroYuan == 27_200)
    #expect(outcomes[1] == .failure(.moreThanLeft(line: 0, asked: 2, left: 1)))
    #expect(try outcomes[2].get().cashBackFen == 1_510)
  }

  private func everyPart(
    of basket: PlainModel.PricedBasket, less: [Int64]
  ) -> [PlainModel.ReturnPart] {
    var left: [Int64] = []
    for index in basket.lines.indices {
      left.append(basket.lines[index].quantity.count - less[index])
    }
    return BasketGenerator.everything(left: left)
  }
}
