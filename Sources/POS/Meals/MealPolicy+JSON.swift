extension MealPolicy {
  /// The policy as data, as a `CharityPolicy` keeps it.
  public var json: JSON {
    .members([
      "periods": .array(
        periods.map {
          .members([
            "code": .string($0.code), "name": .string($0.name), "nameEn": .string($0.nameEn),
            "fromMinute": .integer(Int64($0.fromMinute)),
            "untilMinute": .integer(Int64($0.untilMinute)), "priceFen": .integer($0.price.fen),
          ])
        }),
      "subsidies": .array(
        subsidies.map {
          .members([
            "code": .string($0.code), "amountFen": .integer($0.amount.fen),
            "funder": .string($0.funder),
            "minimumAge": $0.minimumAge.map { .integer(Int64($0)) },
            "residentsOnly": .bool($0.isForResidents),
            "category": $0.category.map(JSON.string), "onceADay": .bool($0.isOnceADay),
          ])
        }),
      "repeatMinutes": .integer(Int64(repeatMinutes)),
      "clockToleranceMinutes": .integer(Int64(clockToleranceMinutes)),
      "creditLimitFen": .integer(creditLimit.fen),
    ])
  }

  /// Reads what `json` wrote; `nil` if a member is missing, unknown or out of range.
  public init?(json: JSON, dayCutMinutes: Int) {
    let known = [
      "periods", "subsidies", "repeatMinutes", "clockToleranceMinutes", "creditLimitFen",
    ]
    guard case .object(let members) = json, members.allSatisfy({ known.contains($0.name) }),
      let periods = json["periods"]?.arrayValue, periods.count <= Self.mostRules,
      let subsidies = json["subsidies"]?.arrayValue, subsidies.count <= Self.mostRules,
      let window = json["repeatMinutes"]?.smallInteger,
      let tolerance = json["clockToleranceMinutes"]?.smallInteger,
      let limitFen = json["creditLimitFen"]?.integerValue
    else { return nil }
    let readPeriods = periods.compactMap { MealPeriod(json: $0) }
    let readSubsidies = subsidies.compactMap { SubsidyRule(json: $0) }
    guard readPeriods.count == periods.count, readSubsidies.count == subsidies.count else {
      return nil
    }
    self.init(
      periods: readPeriods, subsidies: readSubsidies, repeatMinutes: window,
      clockToleranceMinutes: tolerance, creditLimit: Money(fen: limitFen))
    guard isValid(dayCutMinutes: dayCutMinutes) else { return nil }
  }

  /// More periods or rules than any district has.
  private static let mostRules = 50
}

extension MealPeriod {
  fileprivate init?(json: JSON) {
    guard let code = json["code"]?.stringValue, let name = json["name"]?.stringValue,
      let nameEn = json["nameEn"]?.stringValue, let from = json["fromMinute"]?.smallInteger,
      let until = json["untilMinute"]?.smallInteger, let priceFen = json["priceFen"]?.integerValue,
      case .object(let members) = json, members.count == 6
    else { return nil }
    self.init(
      code: code, name: name, nameEn: nameEn, fromMinute: from, untilMinute: until,
      price: Money(fen: priceFen))
  }
}

extension SubsidyRule {
  fileprivate init?(json: JSON) {
    let known = [
      "code", "amountFen", "funder", "minimumAge", "residentsOnly", "category", "onceADay",
    ]
    guard case .object(let members) = json, members.allSatisfy({ known.contains($0.name) }),
      let code = json["code"]?.stringValue, let amountFen = json["amountFen"]?.integerValue,
      let funder = json["funder"]?.stringValue,
      case .bool(let isForResidents)? = json["residentsOnly"],
      case .bool(let isOnceADay)? = json["onceADay"],
      json["minimumAge"] == nil || json["minimumAge"]?.smallInteger != nil,
      json["category"] == nil || json["category"]?.stringValue != nil
    else { return nil }
    self.init(
      code: code, amount: Money(fen: amountFen), funder: funder,
      minimumAge: json["minimumAge"]?.smallInteger, isForResidents: isForResidents,
      category: json["category"]?.stringValue, isOnceADay: isOnceADay)
  }
}

extension JSON {
  /// A whole number that no sum can overflow.
  fileprivate var smallInteger: Int? {
    guard let number = integerValue, number.magnitude <= 100_000 else { return nil }
    return Int(number)
  }
}
