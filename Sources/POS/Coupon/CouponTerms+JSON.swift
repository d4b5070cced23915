extension CouponTerms {
  /// The terms as data, as journal and store keep them.
  public var json: JSON {
    .members([
      "id": .string(id.text), "code": .string(code), "name": .string(name),
      "nameEn": .string(nameEn), "kind": .string(kind.name), "basisPoints": kind.basisPoints,
      "amountFen": kind.amount, "payer": .string(payer.text), "holder": .string(holder.text),
      "minimumSpendFen": .integer(minimumSpend.fen), "goods": goods.json, "window": window.json,
      "usesPerPerson": usesPerPerson.map { .integer(Int64($0)) },
      "usesInAll": usesInAll.map { .integer(Int64($0)) },
      "stackGroup": stackGroup.map { .string($0) }, "priority": .integer(Int64(priority)),
      "returnsOnFullReturn": .bool(returnsOnFullReturn),
    ])
  }

  /// Reads what `json` wrote.
  public init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    guard let payer = AdjustmentPayer(try reader.string("payer")) else {
      throw RecordProblem(member: "payer")
    }
    guard let holder = CouponHolder(try reader.string("holder")) else {
      throw RecordProblem(member: "holder")
    }
    self.init(
      id: try reader.identifier("id"), code: try reader.string("code"),
      name: try reader.string("name"), nameEn: try reader.string("nameEn"),
      kind: try CouponKind(reader), payer: payer, holder: holder,
      minimumSpend: try reader.money("minimumSpendFen"), goods: try GoodsSet(json: json["goods"]),
      window: try UseWindow(json: json["window"]),
      usesPerPerson: try reader.optionalLimit("usesPerPerson"),
      usesInAll: try reader.optionalLimit("usesInAll"),
      stackGroup: try reader.optionalString("stackGroup"),
      priority: try reader.count("priority", in: 0...Limits.couponPriority),
      returnsOnFullReturn: try reader.flag("returnsOnFullReturn"))
  }
}

extension CouponKind {
  /// What it is called in data: `memberPercent` or `amountOff`.
  public var name: String {
    switch self {
    case .memberPercent: "memberPercent"
    case .amountOff: "amountOff"
    }
  }

  fileprivate var basisPoints: JSON? {
    if case .memberPercent(let off) = self { .integer(off.value) } else { nil }
  }

  fileprivate var amount: JSON? {
    if case .amountOff(let amount) = self { .integer(amount.fen) } else { nil }
  }

  fileprivate init(_ reader: RecordReader) throws(RecordProblem) {
    switch try reader.string("kind") {
    case "memberPercent":
      let points = try reader.count("basisPoints", in: 1...10_000)
      self = .memberPercent(BasisPoints(Int64(points)))
    case "amountOff":
      let amount = try reader.money("amountFen")
      guard amount > .zero else { throw RecordProblem(member: "amountFen") }
      self = .amountOff(amount)
    default: throw RecordProblem(member: "kind")
    }
  }
}

extension CouponHolder {
  /// `anyone`, `members` or the id of a member.
  public var text: String {
    switch self {
    case .anyone: "anyone"
    case .members: "members"
    case .member(let id): id.text
    }
  }

  /// Reads what `text` wrote; `nil` for anything else.
  public init?(_ text: String) {
    switch text {
    case "anyone": self = .anyone
    case "members": self = .members
    default:
      guard let id = MemberID(text) else { return nil }
      self = .member(id)
    }
  }
}

extension RecordReader {
  /// How often something may be done; may be left out.
  fileprivate func optionalLimit(_ name: String) throws(RecordProblem) -> Int? {
    json[name] == nil ? nil : try count(name, in: 1...Limits.couponUses)
  }
}
