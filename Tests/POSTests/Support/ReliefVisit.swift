import POS

/// A scenario of the generator in the words of the rules.
struct ReliefVisit {
  let scenario: ReliefGenerator.Scenario

  var policy: CharityPolicy {
    let rounding: CashRounding =
      switch scenario.policy.cashRounding {
      case .none: .none
      case .downToJiao: .downToJiao
      case .downToYuan: .downToYuan
      case .nearestJiao: .nearestJiao
      }
    return Fixture.policy(
      rounding: rounding,
      to: scenario.policy.concessionDestination == .toShopper ? .toShopper : .toReliefFund,
      concession: scenario.policy.concessionBasisPoints,
      pledge: scenario.policy.pledgeBasisPoints)
  }

  var basket: Basket {
    let items = scenario.lines.map { line in
      BasketItem(
        goods: Goods(
          productID: nil, barcode: nil, name: "货", category: line.category, unit: "件",
          listPrice: Money(fen: line.listPriceFen)),
        quantity: quantity(line.quantity),
        override: line.overridePriceFen.map {
          PriceOverride(price: Money(fen: $0), reason: .other)
        })
    }
    let gift: GiftWish? =
      switch scenario.gift {
      case .none: nil
      case .amount(let fen): .amount(Money(fen: fen), campaign: "general")
      case .roundUpToYuan: .roundUpToYuan(campaign: "general")
      }
    return Basket(items: items, gift: gift)
  }

  func quantity(_ quantity: PlainModel.Quantity) -> Quantity {
    switch quantity {
    case .units(let count): .units(count)
    case .grams(let count): .grams(count)
    }
  }

  var occasion: Occasion {
    Occasion(
      stationID: Fixture.context.stationID, atMs: Fixture.context.atMs,
      memberID: scenario.occasion.member.map { Fixture.id($0) })
  }

  var coupons: [CouponOffer] {
    scenario.coupons.map { one in
      let kind: CouponKind =
        switch one.kind {
        case .percent(let off): .memberPercent(BasisPoints(off))
        case .amount(let fen): .amountOff(Money(fen: fen))
        }
      let payer: AdjustmentPayer =
        switch one.payer {
        case "coupons:fund": .fund
        case "coupons:milk": .sponsor("milk")
        default: .station
        }
      let terms = CouponTerms(
        id: Fixture.id(1000 + one.id), code: one.code, name: "券", nameEn: "coupon", kind: kind,
        payer: payer, minimumSpend: Money(fen: one.minimumFen), goods: goods(one.goods),
        window: window(one.window), usesPerPerson: one.usesPerPerson, usesInAll: one.usesInAll,
        stackGroup: one.group, priority: one.priority, returnsOnFullReturn: one.comesBack)
      return CouponOffer(
        terms: terms, usesInAll: one.usedInAll, usesByMember: one.usedByMember)
    }
  }

  var vouchers: [VoucherOffer] {
    scenario.vouchers.map { one in
      let policy: VoucherRefundPolicy =
        switch one.refund {
        case .toBalance: .toBalance
        case .toProgramme: .toProgramme
        case .lost: .lost
        }
      return VoucherOffer(
        id: Fixture.id(2000 + one.id),
        terms: VoucherTerms(
          programmeID: Fixture.id(3000 + one.programme), kind: one.isSingle ? .singleUse : .balance,
          goods: goods(one.goods), window: window(one.window),
          dailyCap: one.capFen.map(Money.init(fen:)), refundPolicy: policy),
        worth: Money(fen: one.worthFen), spentToday: Money(fen: one.spentTodayFen),
        state: one.isSpent ? .spent : one.isBlocked ? .blocked : .active,
        expiry: BusinessDate(daysSince1970: one.lastDay), isWithHolder: one.isWithHolder,
        codeOrder: one.code)
    }
  }

  private func goods(_ goods: PlainModel.Goods) -> GoodsSet {
    GoodsSet(allowed: goods.allowed, denied: goods.denied)
  }

  private func window(_ window: PlainModel.Window) -> UseWindow {
    UseWindow(
      stations: window.stations.map { Set($0.map { Fixture.id($0) }) },
      from: window.firstDay.map(BusinessDate.init(daysSince1970:)),
      until: window.lastDay.map(BusinessDate.init(daysSince1970:)),
      weekdays: window.weekdays.map { Set($0.compactMap(Weekday.init(rawValue:))) },
      hours: window.hours.map { hours in
        hours.compactMap { HourRange(fromMinute: $0.lowerBound, untilMinute: $0.upperBound) }
      })
  }

  func quote(coupons: [CouponOffer], vouchers: [VoucherOffer]) -> Quote {
    Quote(basket, policy: policy, coupons: coupons, vouchers: vouchers, at: occasion)
  }

  /// The ledger in the model's names.
  static func ledger(_ entry: Entry) -> PlainModel.Ledger {
    var ledger: PlainModel.Ledger = [:]
    for posting in entry.postings {
      ledger[name(posting.account), default: 0] += posting.amount.value
    }
    return ledger
  }

  private static func name(_ account: Account) -> String {
    switch account {
    case .cash: "cash"
    case .codePayments(let kind): kind.rawValue
    case .sales: "sales"
    case .concession: "concession"
    case .discounts: "adjustment"
    case .couponClaims(let payer): "coupons:\(payer)"
    case .voucherClaims(let id): "claims:\(programme(id))"
    case .forfeited(let id): "forfeited:\(programme(id))"
    case .forfeitedContra: "contra"
    case .reliefFund: "reliefOwed"
    case .pledge: "pledgeExpense"
    case .charityFund: "fundLiability"
    case .gifts: "gift"
    case .rounding: "rounding"
    default: "none of the model"
    }
  }

  private static func programme(_ id: ProgrammeID) -> Int {
    id == Fixture.id(3001) ? 1 : 2
  }
}
