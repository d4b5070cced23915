/// Random visits with coupons and vouchers from a seed, in the words of the plain model.
enum ReliefGenerator {
  struct Scenario: Sendable {
    var seed: UInt64
    var policy: PlainModel.Policy
    var lines: [PlainModel.Line]
    var gift: PlainModel.Gift
    var coupons: [PlainModel.Coupon]
    var vouchers: [PlainModel.Voucher]
    var occasion: PlainModel.Occasion
  }

  static let categories = ["粮油", "乳品", "饮料", "零食", "酒"]
  /// 2026-11-21, a Saturday, at 10:00.
  static let day = 20_778

  static func scenario(seed: UInt64) -> Scenario {
    var random = SplitMix64(seed: seed)
    let policy = BasketGenerator.policy(&random)
    var lines: [PlainModel.Line] = []
    for _ in 0..<random.number(1, 6) {
      lines.append(line(&random))
    }
    let occasion = PlainModel.Occasion(
      day: day, weekday: 6, minute: 600, station: 1,
      member: random.happens(percent: 60) ? 9 : nil)
    var coupons: [PlainModel.Coupon] = []
    for index in 0..<Int(random.number(0, 5)) {
      var coupon = coupon(index, &random)
      if random.happens(percent: 25) {
        coupon.minimumFen = boundary(of: coupon, lines, policy)
      }
      coupons.append(coupon)
    }
    var vouchers: [PlainModel.Voucher] = []
    for index in 0..<Int(random.number(0, 5)) {
      vouchers.append(voucher(index, &random))
    }
    let gift: PlainModel.Gift = random.pick([.none, .none, .roundUpToYuan, .amount(100)])
    return Scenario(
      seed: seed, policy: policy, lines: lines, gift: gift, coupons: coupons,
      vouchers: vouchers, occasion: occasion)
  }

  /// What the goods of a coupon come to before any other.
  private static func boundary(
    of coupon: PlainModel.Coupon, _ lines: [PlainModel.Line], _ policy: PlainModel.Policy
  ) -> Int64 {
    var sumFen: Int64 = 0
    for line in lines where PlainModel.isFor(coupon.goods, line.category) {
      sumFen += PlainModel.price(line, policy: policy).netFen
    }
    return sumFen
  }

  private static func line(_ random: inout SplitMix64) -> PlainModel.Line {
    var line = PlainModel.Line(
      listPriceFen: random.pick([1, 99, 100, 333, 800, random.number(1, 3_000)]),
      quantity: random.happens(percent: 25)
        ? .grams(random.number(1, 2_500)) : .units(random.number(1, 4)))
    if random.happens(percent: 10) {
      line.overridePriceFen = random.number(1, 2_000)
    }
    line.category = random.pick(categories)
    return line
  }

  private static func coupon(_ index: Int, _ random: inout SplitMix64) -> PlainModel.Coupon {
    let kind: PlainModel.CouponKind =
      random.happens(percent: 40)
      ? .percent(basisPointsOff: random.pick([1, 500, 1_000, 1_234, 10_000]))
      : .amount(random.pick([1, 100, 500, random.number(1, 4_000)]))
    var coupon = PlainModel.Coupon(
      id: index, code: code(index, &random), kind: kind,
      payer: random.pick(["adjustment", "coupons:fund", "coupons:milk"]))
    if random.happens(percent: 40) {
      coupon.minimumFen = random.number(1, 3_000)
    }
    coupon.goods = goods(&random)
    coupon.window = window(&random)
    if random.happens(percent: 20) {
      coupon.usesInAll = 3
      coupon.usedInAll = Int(random.number(0, 4))
    }
    if random.happens(percent: 20) {
      coupon.usesPerPerson = 1
      coupon.usedByMember = Int(random.number(0, 1))
    }
    coupon.group = random.pick([nil, nil, "a", "b"])
    coupon.priority = Int(random.number(0, 2))
    coupon.comesBack = random.happens(percent: 50)
    return coupon
  }

  private static func voucher(_ index: Int, _ random: inout SplitMix64) -> PlainModel.Voucher {
    var voucher = PlainModel.Voucher(
      id: index, code: code(index, &random), programme: Int(random.number(1, 2)),
      isSingle: random.happens(percent: 50),
      worthFen: random.pick([1, 500, 1_000, random.number(1, 4_000), random.number(1, 4_000)]),
      lastDay: day + Int(random.number(random.happens(percent: 8) ? -1 : 0, 2)))
    voucher.goods = goods(&random)
    voucher.window = window(&random)
    if random.happens(percent: 30) {
      voucher.capFen = random.number(1, 1_500)
      voucher.spentTodayFen = random.pick([0, 0, random.number(0, 1_500)])
    }
    voucher.isSpent = random.happens(percent: 4)
    voucher.isBlocked = random.happens(percent: 4)
    voucher.isWithHolder = random.happens(percent: 96)
    voucher.refund = random.pick(PlainModel.RefundPolicy.allCases)
    return voucher
  }

  /// Codes that are ordered otherwise than the ids.
  private static func code(_ index: Int, _ random: inout SplitMix64) -> String {
    "\(random.pick(["A", "B", "C", "D"]))\(index)"
  }

  private static func goods(_ random: inout SplitMix64) -> PlainModel.Goods {
    var goods = PlainModel.Goods()
    if random.happens(percent: 50) {
      goods.allowed = Set(categories.filter { _ in random.happens(percent: 50) })
    }
    if random.happens(percent: 20) {
      goods.denied = [random.pick(categories)]
    }
    return goods
  }

  /// Nine in ten are open now, with the moment at one of their ends.
  private static func window(_ random: inout SplitMix64) -> PlainModel.Window {
    var window = PlainModel.Window()
    if random.happens(percent: 20) {
      window.firstDay = day + (random.happens(percent: 15) ? 1 : 0)
    }
    if random.happens(percent: 20) {
      window.lastDay = day - (random.happens(percent: 15) ? 1 : 0)
    }
    if random.happens(percent: 20) {
      window.weekdays = random.happens(percent: 15) ? [1, 5, 7] : [6]
    }
    if random.happens(percent: 20) {
      let closed = random.happens(percent: 15)
      window.hours = closed ? [480..<600, 601..<700] : [0..<10, 600..<601]
    }
    if random.happens(percent: 20) {
      window.stations = random.happens(percent: 15) ? [7] : [1, 7]
    }
    return window
  }
}

extension PlainModel {
  /// A basket with coupons, then vouchers, then the gift.
  static func price(
    _ scenario: ReliefGenerator.Scenario
  ) -> (
    basket: PricedBasket, taken: [(id: Int, amountFen: Int64)], placed: [PlacedVoucher]
  ) {
    let occasion = scenario.occasion
    let plain = price(scenario.lines, gift: .none, policy: scenario.policy)
    let (lines, taken) = apply(
      scenario.coupons, to: plain.lines, policy: scenario.policy, at: occasion)
    let placed = place(scenario.vouchers, on: lines, at: occasion)
    var basket = plain
    basket.lines = lines
    basket.netTotalFen = 0
    basket.pledgeTotalMicroYuan = 0
    for line in lines {
      basket.netTotalFen += line.netFen
      basket.pledgeTotalMicroYuan += line.pledgeMicroYuan
    }
    let vouchersFen = placed.map(\.paidFen).reduce(0, +)
    basket.giftFen = giftFen(scenario.gift, remainingFen: basket.netTotalFen - vouchersFen)
    basket.dueFen = basket.netTotalFen + basket.giftFen
    for one in taken where one.amountFen > 0 {
      for coupon in scenario.coupons where coupon.id == one.id && coupon.comesBack {
        basket.couponsToGiveBack.append(coupon.id)
      }
    }
    return (basket, taken, placed)
  }
}
