extension Sale {
  /// The body of this sale's journal record.
  public func body(number: Int64, policy: CharityPolicy) -> JSON {
    .object(
      context.members + [
        JSON.Member("id", .string(id.text)),
        JSON.Member("number", .integer(number)),
        JSON.Member("businessDate", .string(businessDate.description)),
        JSON.Member("policyID", .string(policyID)),
        JSON.Member("lines", .array(lines.map(\.json))),
        JSON.Member("gift", gift?.json ?? .null),
        JSON.Member("tenders", .array(payment.tenders)),
        JSON.Member("cashPartFen", .integer(payment.cashPart.fen)),
        JSON.Member("map", .array(map.cells.map(json))),
        JSON.Member("entry", entry(policy: policy).json),
      ] + reliefMembers)
  }

  /// Coupons, vouchers and member: left out where there are none, as in the first records.
  private var reliefMembers: [JSON.Member] {
    var members: [JSON.Member] = []
    if !coupons.isEmpty { members.append(JSON.Member("coupons", .array(coupons.map(\.json)))) }
    if !vouchers.isEmpty {
      members.append(JSON.Member("vouchers", .array(vouchers.map(\.json))))
    }
    if let memberID { members.append(JSON.Member("memberID", .string(memberID.text))) }
    return members
  }

  /// Reads what `body` wrote.
  public init(body: JSON, atMs: Int64) throws(RecordProblem) {
    let reader = RecordReader(body)
    var lines: [LineItem] = []
    for line in try reader.array("lines") { lines.append(try LineItem(json: line)) }
    var cells: [[Money]] = []
    for row in try reader.array("map") { cells.append(try moneyList(row, member: "map")) }
    self.init(
      id: try reader.identifier("id"), context: try TillContext(reader, atMs: atMs),
      businessDate: try reader.date("businessDate"), policyID: try reader.string("policyID"),
      lines: lines, gift: try Gift(body["gift"]), payment: try Payment(reader),
      map: TenderMap(cells: cells), coupons: try AppliedCoupon.list(reader),
      memberID: body["memberID"] == nil ? nil : try reader.identifier("memberID"))
    guard isBalanced else { throw RecordProblem(member: "map") }
  }
}

extension SaleReturn {
  /// The body of this return's journal record.
  public func body(number: Int64, entry: Entry) -> JSON {
    .object(
      context.members + optionalMembers + [
        JSON.Member("id", .string(id.text)),
        JSON.Member("originalID", .string(originalID.text)),
        JSON.Member("number", .integer(number)),
        JSON.Member("businessDate", .string(businessDate.description)),
        JSON.Member("policyID", .string(policyID)),
        JSON.Member("reason", .string(reason.rawValue)),
        JSON.Member("lines", .array(lines.map(\.json))),
        JSON.Member("gift", gift?.json ?? .null),
        JSON.Member("cashBackFen", .integer(cashBack.fen)),
        JSON.Member("entry", entry.json),
      ])
  }

  /// What most returns have not: left out where it is not, as in the first records.
  private var optionalMembers: [JSON.Member] {
    var members: [JSON.Member] = []
    if let correctedRefunds {
      members.append(JSON.Member("refunds", .array(correctedRefunds.map(\.json))))
    }
    if !vouchers.isEmpty {
      members.append(JSON.Member("vouchers", .array(vouchers.map(\.json))))
    }
    if !couponsBack.isEmpty {
      members.append(
        JSON.Member("couponsBack", .array(couponsBack.map { .string($0.text) })))
    }
    return members
  }

  /// Reads what `body` wrote.
  public init(body: JSON, atMs: Int64) throws(RecordProblem) {
    let reader = RecordReader(body)
    var lines: [ReturnedLine] = []
    for line in try reader.array("lines") { lines.append(try ReturnedLine(json: line)) }
    self.init(
      id: try reader.identifier("id"), originalID: try reader.identifier("originalID"),
      context: try TillContext(reader, atMs: atMs), businessDate: try reader.date("businessDate"),
      policyID: try reader.string("policyID"), reason: try reader.choice("reason"), lines: lines,
      gift: try ReturnedGift(body["gift"]), cashBack: try reader.money("cashBackFen"),
      correctedRefunds: try Self.correctedRefunds(reader),
      vouchers: try VoucherRefund.list(reader), couponsBack: try Self.couponsBack(reader))
  }

  private static func couponsBack(_ reader: RecordReader) throws(RecordProblem) -> [CouponID] {
    guard reader.json["couponsBack"] != nil else { return [] }
    let elements = try reader.array("couponsBack")
    let ids = elements.compactMap { $0.stringValue.flatMap { CouponID($0) } }
    guard ids.count == elements.count else { throw RecordProblem(member: "couponsBack") }
    return ids
  }

  private static func correctedRefunds(
    _ reader: RecordReader
  ) throws(RecordProblem) -> [TenderRefund]? {
    guard reader.json["refunds"] != nil else { return nil }
    var refunds: [TenderRefund] = []
    for json in try reader.array("refunds") { refunds.append(try TenderRefund(json: json)) }
    return refunds
  }
}

extension TenderRefund {
  /// `{"kind","amountFen","reference"?}`.
  public var json: JSON {
    .members([
      "kind": .string(kind.rawValue), "amountFen": .integer(amount.fen),
      "reference": reference.map { .string($0) },
    ])
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    self.init(
      kind: try reader.choice("kind"), reference: try reader.optionalString("reference"),
      amount: try reader.money("amountFen"))
  }
}

extension TillContext {
  var members: [JSON.Member] {
    [
      JSON.Member("stationID", .string(stationID.text)),
      JSON.Member("tillSessionID", .string(tillSessionID.text)),
      JSON.Member("userID", .string(userID.text)),
    ]
  }

  init(_ reader: RecordReader, atMs: Int64) throws(RecordProblem) {
    self.init(
      stationID: try reader.identifier("stationID"),
      tillSessionID: try reader.identifier("tillSessionID"),
      userID: try reader.identifier("userID"), atMs: atMs)
  }
}

extension Gift {
  public var json: JSON {
    .members(["amountFen": .integer(amount.fen), "campaign": .string(campaign)])
  }

  init?(_ json: JSON?) throws(RecordProblem) {
    guard let json, json != .null else { return nil }
    let reader = RecordReader(json)
    self.init(
      amount: try reader.money("amountFen"), campaign: try reader.string("campaign"))
  }
}

extension Payment {
  /// The tenders as data: code payments in order, then cash if any was given.
  public var tenders: [JSON] {
    var list = tendering.codePayments.map {
      JSON.members([
        "kind": .string($0.kind.rawValue), "amountFen": .integer($0.amount.fen),
        "reference": .string($0.reference),
      ])
    }
    if let given = tendering.cashGiven {
      list.append(
        .members([
          "kind": .string(TenderKind.cash.rawValue), "amountFen": .integer(cashKept.fen),
          "givenFen": .integer(given.fen), "changeFen": .integer(change.fen),
        ]))
    }
    return list
  }

  init(_ reader: RecordReader) throws(RecordProblem) {
    var codePayments: [CodePayment] = []
    var cash: RecordReader?
    for json in try reader.array("tenders") {
      let tender = RecordReader(json)
      let kind: TenderKind = try tender.choice("kind")
      if kind == .cash {
        cash = tender
      } else {
        let amount = try tender.money("amountFen")
        guard amount > .zero else { throw RecordProblem(member: "amountFen") }
        codePayments.append(
          CodePayment(kind: kind, amount: amount, reference: try tender.string("reference")))
      }
    }
    self.init(
      tendering: Tendering(
        vouchers: try PlacedVoucher.list(reader), codePayments: codePayments,
        cashGiven: try cash?.money("givenFen")),
      cashPart: try reader.money("cashPartFen"),
      cashKept: try cash?.money("amountFen") ?? .zero)
  }
}

extension ReturnedLine {
  var json: JSON {
    .object([
      JSON.Member("line", .integer(Int64(line))), quantity.member,
      JSON.Member("refundFen", .integer(refund.fen)),
      JSON.Member("concessionFen", .integer(concession.fen)),
      JSON.Member("adjustmentsFen", POS.json(adjustments)),
      JSON.Member("pledgeMicroYuan", .integer(pledge.value)),
      JSON.Member("cellsFen", POS.json(cells)),
    ])
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    self.init(
      line: try reader.lineIndex("line"), quantity: try Quantity(reader),
      refund: try reader.money("refundFen"), concession: try reader.money("concessionFen"),
      adjustments: try reader.moneyArray("adjustmentsFen"),
      pledge: try reader.microYuan("pledgeMicroYuan"),
      cells: try reader.moneyArray("cellsFen"))
  }
}

extension ReturnedGift {
  var json: JSON {
    .members([
      "amountFen": .integer(amount.fen), "campaign": .string(campaign),
      "cellsFen": POS.json(cells),
    ])
  }

  init?(_ json: JSON?) throws(RecordProblem) {
    guard let json, json != .null else { return nil }
    let reader = RecordReader(json)
    self.init(
      amount: try reader.money("amountFen"), campaign: try reader.string("campaign"),
      cells: try reader.moneyArray("cellsFen"))
  }
}
