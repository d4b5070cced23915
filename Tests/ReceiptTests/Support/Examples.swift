import POS
import Receipt

/// Receipts as a station prints them, one for each thing that can be on one.
enum Example: String, CaseIterable {
  case workedSale
  case splitTender
  case gift
  case couponsAndVouchers
  case saleReturn
  case returnToVouchers
  case reprint
  case longNames
  case fullWidthBrackets
  case controlBytes
  case toReliefFund
  case noPublicPage

  var facts: SaleReceiptFacts {
    switch self {
    case .workedSale: .example(workedLines, cashFen: 3000)
    case .splitTender: .splitTender
    case .gift: .withGift
    case .couponsAndVouchers: .couponsAndVouchers
    case .saleReturn: .saleReturn
    case .returnToVouchers: .returnToVouchers
    case .reprint: .example([cake], cashFen: 500, copy: 2)
    case .longNames: .longNames
    case .fullWidthBrackets: .fullWidthBrackets
    case .controlBytes: .controlBytes
    case .toReliefFund:
      .example([.example("蛋糕", 170, policy: .keepingPrices)], cashFen: 200)
    case .noPublicPage: .example([cake], cashFen: 272, publicURL: nil)
    }
  }

  var document: ReceiptDocument { ReceiptDocument(sale: facts) }
}

private let cake = LineItem.example("蛋糕", 170, .units(2), unit: "个")

/// The worked sale of RULES 2.
private let workedLines = [
  cake,
  LineItem.example("雀巢咖啡", 1830),
  LineItem.example("东北大米（散装）", 799, .grams(1235), unit: "kg"),
]

extension SaleReceiptFacts {
  fileprivate static var splitTender: SaleReceiptFacts {
    var facts = SaleReceiptFacts.example(
      workedLines + [.example("鲜牛奶 950ml", 1290, override: 500)], cashFen: 2000)
    facts.tenders.insert(
      SaleReceiptTender(
        kind: .wechat, amount: Money(fen: 1500), reference: "4200002211202611218888888888"),
      at: 0)
    // Due 30.25, by code 15.00, cash part 15.25, down to the jiao 15.20.
    facts.cashRounding = Money(fen: -5)
    facts.change = Money(fen: 480)
    return facts
  }

  fileprivate static var withGift: SaleReceiptFacts {
    var facts = SaleReceiptFacts.example([cake], cashFen: 400)
    facts.gift = SaleReceiptGift(
      amount: Money(fen: 100), campaign: "冬衣暖心", campaignEn: "Winter coats")
    facts.change = Money(fen: 28)
    return facts
  }

  fileprivate static var saleReturn: SaleReceiptFacts {
    let back = LineItem(
      goods: cake.goods, quantity: .units(1), stationPrice: Money(fen: 136),
      listAmount: Money(fen: -170), concession: Money(fen: -34), adjustments: [],
      net: Money(fen: -136), pledge: MicroYuan(-27_200))
    var facts = SaleReceiptFacts.example([back], cashFen: 130)
    facts.heading.original = ReceiptNumber(epoch: 1, number: 12)
    facts.cashRounding = Money(fen: -6)
    facts.change = .zero
    return facts
  }

  fileprivate static var longNames: SaleReceiptFacts {
    let hanzi = "有机五常稻花香大米，真空包装（东北特产）：家庭装。"
    let latin = "Extra-long imported breakfast cereal with honey, almonds and dried fruit "
    var facts = SaleReceiptFacts.example(
      [
        .example(String(String(repeating: hanzi, count: 4).prefix(100)), 9990),
        .example(String(String(repeating: latin, count: 2).prefix(100)), 4550),
        .example(String(repeating: "W", count: 100), 100),
      ],
      cashFen: 20_000)
    facts.heading.cashier = String(repeating: "欧阳", count: 20)
    return facts
  }

  fileprivate static var fullWidthBrackets: SaleReceiptFacts {
    .example(
      [
        .example("【特价】“老干妈”风味豆豉（油制辣椒）《家庭号》２８０ｇ：香辣、脆、鲜……", 1250),
        .example("（（（（（（（（（（（（（（（（（（（（（（（（（（（（（（", 100),
        .example("。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。", 100),
        .example("￥100 ¥100 礼品卡·限量 café ① № × ÷ 、end", 10_000),
      ],
      cashFen: 20_000)
  }

  fileprivate static var controlBytes: SaleReceiptFacts {
    var facts = SaleReceiptFacts.example(
      [
        .example("苹果\u{1B}p\u{0}2\u{FA}开钱箱\u{1D}V\u{0}切纸", 500),
        .example("第一行\n第二行\r\n第三行\t制表\u{2028}段", 500),
        .example("abc\u{202E}fed\u{2066}x\u{9B}31m\u{7F}<script>&\"'", 500),
        .example("𠮷野家 龍龘 e\u{301} 👨‍👩‍👧 葛\u{E0100}", 500),
      ],
      cashFen: 2000)
    facts.heading.cashier = "陈\u{1B}@芳"
    facts.tenders[0].reference = "ref\u{10}\u{14}\u{1}\u{0}\u{5}"
    return facts
  }
}

extension CharityPolicy {
  /// The concession goes to the relief fund; shoppers pay the list price.
  fileprivate static let keepingPrices = CharityPolicy(
    id: "keeping", effectiveFrom: BusinessDate(daysSince1970: 0),
    concessionRate: BasisPoints(2000), concessionDestination: .toReliefFund,
    pledgeRate: BasisPoints(200), cashRounding: .none, refundLimit: Money(fen: 5000),
    dayCutMinutes: 0)
}

extension LineItem {
  static func example(
    _ name: String, _ listFen: Int64, _ quantity: Quantity = .units(1), unit: String = "瓶",
    override: Int64? = nil, policy: CharityPolicy = .erqi
  ) -> LineItem {
    let goods = Goods(
      productID: nil, barcode: nil, name: name, category: "食品", unit: unit,
      listPrice: Money(fen: listFen))
    let price = override.map { PriceOverride(price: Money(fen: $0), reason: .nearExpiry) }
    return LineItem(
      BasketItem(goods: goods, quantity: quantity, override: price), policy: policy)
  }
}

extension SaleReceiptFacts {
  /// A cash sale at the example station.
  static func example(
    _ lines: [LineItem], cashFen: Int64, copy: Int = 0,
    publicURL: String? = "https://erqi.example.cn/r/6f1c1c1e-0d4e-4b7a-9a51-0f5c3a2b1d00"
  ) -> SaleReceiptFacts {
    let net = lines.lazy.map(\.net).total
    return SaleReceiptFacts(
      heading: SaleReceiptHeading(
        station: .example, number: ReceiptNumber(epoch: 1, number: 17),
        localTime: "2026-11-21 17:43:32", cashier: "陈芳", copy: copy),
      lines: lines, pledgeRate: BasisPoints(200),
      tenders: [SaleReceiptTender(kind: .cash, amount: Money(fen: cashFen))],
      change: Money(fen: cashFen) - net,
      proof: SaleReceiptProof(journal: .example, publicURL: publicURL))
  }
}

extension Station {
  static var example: Station {
    guard let id = StationID("00000000-0000-4000-8000-000000000001") else {
      preconditionFailure("the example id is a UUID")
    }
    return Station(id: id, name: "二七区慈善驿站", nameEn: "Erqi Charity Station")
  }
}

extension JournalHead {
  static let example = JournalHead(
    epoch: 1, sequence: 42, hash: Array(UInt8(0x90)...UInt8(0xAF)))
}
