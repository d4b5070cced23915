import POS
import Receipt

extension MovementSlipFacts {
  static func example(_ kind: Receipt.CashMovement.Kind) -> MovementSlipFacts {
    MovementSlipFacts(
      heading: .example("2026-11-21 17:30:55"), tillName: "一号收银台",
      movement: Receipt.CashMovement(
        kind: kind, amount: Money(fen: 80_000), reason: SlipName("缴存", en: "Deposit"),
        localTime: "2026-11-21 17:30:55"),
      movedBy: "陈芳", approvedBy: kind == .paidIn ? nil : "王丽",
      proof: SlipProof(journal: .example))
  }
}

extension VoucherSlipFacts {
  static func example(
    _ kind: Kind, goods: [String] = [], copy: Int = 0
  ) -> VoucherSlipFacts {
    VoucherSlipFacts(
      heading: .example("2026-11-21 09:30:00", copy: copy),
      programme: SlipName("春节送温暖", en: "Spring Festival"), kind: kind,
      amount: Money(fen: 5000), validity: .november(21) ... .november(30), goods: goods,
      code: "7KQ2M9XR4TDA8WPE6HJC")
  }
}

extension VoucherBalanceFacts {
  static let spent = VoucherBalanceFacts(
    heading: .example(), programme: SlipName("春节送温暖", en: "Spring Festival"),
    code: "7KQ2M9XR4TDA8WPE6HJC", before: Money(fen: 5000), spent: Money(fen: 1835),
    validTo: .november(30))
}

extension MealSlipFacts {
  static func example(_ payment: MealPayment, subsidyFen: Int64 = 300) -> MealSlipFacts {
    var heading = SlipHeading.example("2026-11-21 11:42:09")
    heading.station = Station(
      id: heading.station.id, name: "建中街社区日间照料中心", nameEn: "Jianzhong Day-Care Centre")
    return MealSlipFacts(
      heading: heading, person: MaskedName("张小英"), period: SlipName("午餐", en: "Lunch"),
      price: Money(fen: 1000), subsidy: Money(fen: subsidyFen), payment: payment)
  }
}

extension MealMoneySlipFacts {
  static func example(
    _ purpose: MealMoney.Kind, owedFen: Int64 = 0, kind: TenderKind = .cash, isUndone: Bool = false
  ) -> MealMoneySlipFacts {
    MealMoneySlipFacts(
      heading: .example(), person: MaskedName("张小英"), purpose: purpose,
      amount: Money(fen: 5000), kind: kind,
      given: kind == .cash && !isUndone ? Money(fen: 10_000) : nil,
      account: isUndone
        ? nil : MealAccount(balance: Money(fen: 5650), owed: Money(fen: owedFen)),
      takenBy: "陈芳", proof: SlipProof(journal: .example))
  }
}

extension MealClaimFacts {
  static let november = MealClaimFacts(
    heading: .example("2026-12-01 09:15:00"),
    centre: SlipName("建中街社区日间照料中心", en: "Jianzhong Day-Care Centre"), funder: "district",
    from: .november(1), until: .november(30),
    days: (1...3).map {
      MealClaimDay(
        date: .november($0), count: Int64(40 + $0), subsidy: Money(fen: Int64(12_000 + 300 * $0)))
    }, correctionCount: -1, correction: Money(fen: -300),
    findings: [MealClaimFinding(name: SlipName("非刷脸偏多", en: "many without a face"), count: 31)])
}

extension HandOutSlipFacts {
  static let winter = HandOutSlipFacts(
    heading: .example("2026-11-21 10:05:00"), number: ReceiptNumber(epoch: 1, number: 33),
    programme: SlipName("冬日暖心", en: "Warm winter"), person: MaskedName("李建国"),
    goods: [
      HandedGoods(name: "东北大米 5 kg", quantity: "1 袋"),
      HandedGoods(name: "花生油 5 L 物理压榨一级（非转基因）", quantity: "1 桶"),
      HandedGoods(name: "棉被", quantity: "2 床"),
    ],
    handedBy: "陈芳", proof: SlipProof(journal: .example))
}

extension ClaimSlipFacts {
  /// A day of a programme: two lines of a sale, one back, a visit that used a part.
  static let allowance = ClaimSlipFacts(
    heading: .example(), businessDate: BusinessDate(daysSince1970: 20_778), isDayClosed: false,
    name: SlipName("爱心购物补贴", en: "Care allowance"), funder: "区慈善总会",
    lines: [
      line(17, 1, "蛋糕", fen: 272), line(17, 3, "大米", fen: 789),
      line(18, 1, "蛋糕", fen: -136, isReturn: true),
      ClaimSlipFacts.Line(
        number: ReceiptNumber(epoch: 1, number: 19), line: nil, goods: "", amount: .zero,
        forfeited: Money(fen: 364), isReturn: false),
    ], amount: Money(fen: 925), forfeited: Money(fen: 364), areChecksGood: false)

  private static func line(
    _ number: Int64, _ line: Int, _ goods: String, fen: Int64, isReturn: Bool = false
  ) -> ClaimSlipFacts.Line {
    ClaimSlipFacts.Line(
      number: ReceiptNumber(epoch: 1, number: number), line: line, goods: goods,
      amount: Money(fen: fen), forfeited: .zero, isReturn: isReturn)
  }
}
