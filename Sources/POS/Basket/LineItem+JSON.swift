extension LineItem {
  /// The line as data, in the journal and in answers.
  public var json: JSON {
    .object(
      goods.members + [quantity.member] + [
        JSON.Member("stationPriceFen", .integer(stationPrice.fen)),
        JSON.Member("listAmountFen", .integer(listAmount.fen)),
        JSON.Member("concessionFen", .integer(concession.fen)),
        JSON.Member("adjustments", .array(adjustments.map(\.json))),
        JSON.Member("netFen", .integer(net.fen)),
        JSON.Member("pledgeMicroYuan", .integer(pledge.value)),
      ])
  }

  /// Reads what `json` wrote.
  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    var adjustments: [Adjustment] = []
    for one in try reader.array("adjustments") { adjustments.append(try Adjustment(json: one)) }
    self.init(
      goods: try Goods(reader), quantity: try Quantity(reader),
      stationPrice: try reader.money("stationPriceFen"),
      listAmount: try reader.money("listAmountFen"),
      concession: try reader.money("concessionFen"), adjustments: adjustments,
      net: try reader.money("netFen"), pledge: try reader.microYuan("pledgeMicroYuan"))
  }
}

extension Goods {
  fileprivate var members: [JSON.Member] {
    var members = [
      JSON.Member("name", .string(name)), JSON.Member("category", .string(category)),
      JSON.Member("unit", .string(unit)),
      JSON.Member("listPriceFen", .integer(listPrice.fen)),
    ]
    if let productID { members.append(JSON.Member("productID", .string(productID.text))) }
    if let barcode { members.append(JSON.Member("barcode", .string(barcode))) }
    return members
  }

  fileprivate init(_ reader: RecordReader) throws(RecordProblem) {
    self.init(
      productID: reader.json["productID"] == nil ? nil : try reader.identifier("productID"),
      barcode: try reader.optionalString("barcode"), name: try reader.string("name"),
      category: try reader.string("category"), unit: try reader.string("unit"),
      listPrice: try reader.price("listPriceFen"))
  }
}

extension Quantity {
  /// `"units": 2` or `"grams": 1235`.
  public var member: JSON.Member {
    switch self {
    case .units(let count): JSON.Member("units", .integer(count))
    case .grams(let count): JSON.Member("grams", .integer(count))
    }
  }

  init(_ reader: RecordReader) throws(RecordProblem) {
    let isCounted = reader.json["units"] != nil
    let count = try reader.integer(isCounted ? "units" : "grams")
    guard (1...Limits.grams).contains(count) else { throw RecordProblem(member: "units") }
    self = isCounted ? .units(count) : .grams(count)
  }
}

extension Adjustment {
  var json: JSON {
    let (sourceName, detail): (String, JSON.Member) =
      switch source {
      case .priceOverride(let reason):
        ("override", JSON.Member("reason", .string(reason.rawValue)))
      case .coupon(let id): ("coupon", JSON.Member("coupon", .string(id)))
      }
    return .object([
      JSON.Member("source", .string(sourceName)), detail,
      JSON.Member("payer", .string(payer.text)),
      JSON.Member("amountFen", .integer(amount.fen)),
    ])
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    let source: AdjustmentSource =
      switch try reader.string("source") {
      case "override": .priceOverride(try reader.choice("reason"))
      case "coupon": .coupon(try reader.string("coupon"))
      default: throw RecordProblem(member: "source")
      }
    guard let payer = AdjustmentPayer(try reader.string("payer")) else {
      throw RecordProblem(member: "payer")
    }
    self.init(source: source, payer: payer, amount: try reader.money("amountFen"))
  }
}

extension AdjustmentPayer {
  /// `station`, `fund` or `sponsor:ID`, as data keeps it.
  public var text: String {
    switch self {
    case .station: "station"
    case .fund: "fund"
    case .sponsor(let id): "sponsor:" + id
    }
  }

  /// Reads what `text` wrote; `nil` for anything else.
  public init?(_ text: String) {
    switch text {
    case "station": self = .station
    case "fund": self = .fund
    default:
      guard text.hasPrefix("sponsor:") else { return nil }
      self = .sponsor(String(text.dropFirst(8)))
    }
  }
}
