import POS

// How baskets and tenders are written in requests; every limit of the rules is held here.
extension Fields {
  /// The rows of a basket.
  mutating func items(_ count: ClosedRange<Int>) throws -> [ItemRequest] {
    try objects("items", count: count) { item in try item.item() }
  }

  private mutating func item() throws -> ItemRequest {
    let target = try target()
    let units = try optionalInteger("units", in: 1...Limits.units)
    let grams = try optionalInteger("grams", in: 1...Limits.grams)
    if units != nil, grams != nil { throw refusal(of: "grams", expected: "units or grams") }
    let override = try optionalObject("override") { fields in
      PriceOverride(
        price: Money(fen: try fields.integer("priceFen", in: 0...Limits.unitPriceFen)),
        reason: try fields.choice("reason"))
    }
    return ItemRequest(
      target: target, quantity: units.map(Quantity.units) ?? grams.map(Quantity.grams),
      override: override)
  }

  private mutating func target() throws -> ItemRequest.Target {
    let named = ["productID", "barcode", "open"].filter { has($0) }
    guard let name = named.first, named.count == 1 else {
      throw refusal(
        of: named.dropFirst().first ?? "barcode",
        expected: "exactly one of productID, barcode, open")
    }
    switch name {
    case "productID": return .product(try id("productID"))
    case "barcode": return .barcode(try text("barcode", count: 1...40))
    default: return .open(try object("open") { fields in try fields.openGoods() })
    }
  }

  private mutating func openGoods() throws -> OpenGoods {
    let barcode = try optionalText("barcode", count: 1...20)
    if let barcode, !barcode.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      throw refusal(of: "barcode", expected: "1…20 digits")
    }
    return OpenGoods(
      name: try text("name", count: 1...Limits.nameLength),
      category: try text("category", count: 1...Limits.wordLength),
      listPrice: Money(fen: try integer("listPriceFen", in: 1...Limits.unitPriceFen)),
      barcode: barcode)
  }

  /// The shopper's gift, if there is one.
  mutating func gift() throws -> GiftWish? {
    try optionalObject("gift") { fields in
      let campaign = try fields.campaign()
      let roundsUp = try fields.flag("roundUp", standard: false)
      let amountFen = try fields.optionalInteger("amountFen", in: 1...Limits.tenderFen)
      switch (roundsUp, amountFen) {
      case (true, nil): return .roundUpToYuan(campaign: campaign)
      case (false, let fen?): return .amount(Money(fen: fen), campaign: campaign)
      case (true, _?), (false, nil):
        throw fields.refusal(of: "amountFen", expected: "amountFen or roundUp: true")
      }
    }
  }

  private mutating func campaign() throws -> String {
    let campaign = try optionalText("campaign", count: 1...32) ?? Gift.generalCampaign
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
    guard campaign.allSatisfy(letters.contains) else {
      throw refusal(of: "campaign", expected: "the id of a campaign")
    }
    return campaign
  }

  /// What is paid with.
  mutating func tendering() throws -> Tendering {
    var codePayments: [CodePayment] = []
    var cashGiven: Money?
    let tenders = try optionalObjects("tenders", maximum: Limits.tendersPerSale) { fields in
      try fields.tender()
    }
    for tender in tenders {
      switch tender {
      case .code(let payment): codePayments.append(payment)
      case .cash(let given):
        guard cashGiven == nil else { throw refusal(of: "tenders", expected: "cash once") }
        cashGiven = given
      }
    }
    return Tendering(codePayments: codePayments, cashGiven: cashGiven)
  }

  private enum TenderField {
    case cash(Money)
    case code(CodePayment)
  }

  private mutating func tender() throws -> TenderField {
    let kind: TenderKind = try choice("kind")
    if kind == .cash {
      return .cash(Money(fen: try integer("givenFen", in: 0...Limits.tenderFen)))
    }
    let amount = Money(fen: try integer("amountFen", in: 1...Limits.tenderFen))
    let reference = try text("reference", count: 1...Limits.referenceLength)
    return .code(CodePayment(kind: kind, amount: amount, reference: reference))
  }
}
