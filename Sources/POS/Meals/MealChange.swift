/// A decision as it goes on record: a new one, or one that differs from what was decided before.
public struct MealChange: Equatable, Sendable {
  public let pass: MealPass
  /// Whether the pass is put on record with it.
  public let isNew: Bool
  public let isEnrolled: Bool
  public let decision: MealDecision
  /// The day in whose books the verdict counts.
  public let decidedDate: BusinessDate
  /// What it charged before.
  public let was: MealCharge?

  public init(
    pass: MealPass, isNew: Bool, isEnrolled: Bool, decision: MealDecision,
    decidedDate: BusinessDate, was: MealCharge?
  ) {
    self.pass = pass
    self.isNew = isNew
    self.isEnrolled = isEnrolled
    self.decision = decision
    self.decidedDate = decidedDate
    self.was = was
  }

  /// As the journal keeps it.
  public var json: JSON {
    var reason: JSON?
    if case .exception(let exception) = decision.verdict { reason = .string(exception.rawValue) }
    return .members([
      "id": .string(pass.id.text), "pass": isNew ? pass.json : nil,
      "personID": decision.personID.map { .string($0.text) }, "isEnrolled": .bool(isEnrolled),
      "date": .string(decision.date.description),
      "decidedDate": .string(decidedDate.description),
      "verdict": .string(decision.verdict.word), "reason": reason,
      "otherID": decision.verdict.otherPass.map { .string($0.text) },
      "period": decision.verdict.period.map(JSON.string),
      "ruling": decision.ruling.map { .string($0.rawValue) },
      "charge": decision.charge?.json, "was": was?.json,
    ])
  }
}

extension MealPass {
  /// As the journal keeps it: without the number, which a commitment stands for.
  var json: JSON {
    var witness: MealWitness?
    if case .staff(let given) = way { witness = given }
    return .members([
      "centreID": .string(centreID.text), "terminalID": terminalID.map { .string($0.text) },
      "numberHash": number.isEmpty
        ? nil : .string(Enrolment.commitment(to: number, of: id.text)),
      "atMs": .integer(atMs), "receivedAtMs": .integer(receivedAtMs), "way": .string(way.word),
      "isLive": .bool(isLive), "isClockDoubtful": .bool(isClockDoubtful),
      "userID": witness.map { .string($0.userID.text) },
      "witnessID": witness.map { .string($0.witnessID.text) },
    ])
  }
}

extension MealCharge {
  /// As the journal keeps it.
  public var json: JSON {
    .members([
      "priceFen": .integer(price.fen), "subsidyFen": subsidy.map { .integer($0.amount.fen) },
      "subsidyRule": subsidy.map { .string($0.rule) }, "funder": subsidy.map { .string($0.funder) },
      "payment": .string(way.rawValue),
    ])
  }

  /// Reads what `json` wrote.
  public init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    var subsidy: MealSubsidy?
    if json["subsidyFen"] != nil {
      subsidy = MealSubsidy(
        rule: try reader.string("subsidyRule"), funder: try reader.string("funder"),
        amount: try reader.money("subsidyFen"))
    }
    self.init(
      price: try reader.money("priceFen"), subsidy: subsidy, way: try reader.choice("payment"))
  }
}

extension Entry {
  /// What changed decisions post.
  public init(_ changes: [MealChange]) {
    self.init(mealChanges: changes.map { ($0.was, $0.decision.charge) })
  }

  /// What the changes of a record post, made of the record.
  public init(mealChanges json: [JSON]) throws(RecordProblem) {
    var changes: [(was: MealCharge?, now: MealCharge?)] = []
    for change in json {
      changes.append((try Self.charge(change["was"]), try Self.charge(change["charge"])))
    }
    self.init(mealChanges: changes)
  }

  private static func charge(_ json: JSON?) throws(RecordProblem) -> MealCharge? {
    guard let json else { return nil }
    return try MealCharge(json: json)
  }
}
