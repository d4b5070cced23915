extension CharityPolicy {
  /// The policy as data, as the journal and the store keep it.
  public var json: JSON {
    .members([
      "id": .string(id),
      "effectiveFrom": .string(effectiveFrom.description),
      "concessionBasisPoints": .integer(concessionRate.value),
      "concessionTo": .string(concessionDestination.rawValue),
      "pledgeBasisPoints": .integer(pledgeRate.value),
      "cashRounding": .string(cashRounding.rawValue),
      "refundLimitFen": .integer(refundLimit.fen),
      "dayCutMinutes": .integer(Int64(dayCutMinutes)),
      // Later than the first records: left out where it is the standard, so that they stay equal.
      "overShortToleranceFen": overShortTolerance == Self.standardTolerance
        ? nil : .integer(overShortTolerance.fen),
      "meals": meals == .erqi ? nil : meals.json,
      "reliefDeniedCategories": reliefDeniedCategories == Self.standardReliefDenied
        ? nil : reliefDeniedCategories.json,
    ])
  }

  /// The same with every member, also those of the standard, for people to read and change.
  public var wholeJSON: JSON {
    json.setting("overShortToleranceFen", .integer(overShortTolerance.fen))
      .setting("meals", meals.json)
      .setting("reliefDeniedCategories", reliefDeniedCategories.json)
  }

  /// The first member that is unknown or, for itself among those of `base`, out of range; `nil` if
  /// each could be, or this is no object.
  public static func faultyMember(of json: JSON, base: CharityPolicy) -> String? {
    guard case .object(let members) = json else { return nil }
    return members.first { CharityPolicy(json: .object([$0]), base: base) == nil }?.name
  }

  private static let memberNames: Set<String> = [
    "id", "effectiveFrom", "concessionBasisPoints", "concessionTo", "pledgeBasisPoints",
    "cashRounding", "refundLimitFen", "dayCutMinutes", "overShortToleranceFen",
    "meals",
    "reliefDeniedCategories",
  ]

  /// Reads what `json` or `wholeJSON` wrote; `base` gives the members that are left out.
  ///
  /// `nil` if a member is unknown or out of range.
  public init?(json: JSON, base: CharityPolicy = .erqi) {
    guard case .object(let members) = json else { return nil }
    let written = base.json
    guard members.allSatisfy({ Self.memberNames.contains($0.name) }) else { return nil }
    func value(_ name: String) -> JSON? { json[name] ?? written[name] }
    func rate(_ name: String) -> BasisPoints? {
      guard let number = value(name)?.integerValue, (0...10_000).contains(number) else {
        return nil
      }
      return BasisPoints(number)
    }
    guard let id = value("id")?.stringValue, (1...40).contains(id.utf8.count),
      let from = value("effectiveFrom")?.stringValue.flatMap({ BusinessDate($0) }),
      let concessionRate = rate("concessionBasisPoints"),
      let destination = value("concessionTo")?.stringValue
        .flatMap(ConcessionDestination.init(rawValue:)),
      let pledgeRate = rate("pledgeBasisPoints"),
      let rounding = value("cashRounding")?.stringValue.flatMap(CashRounding.init(rawValue:)),
      let limitFen = value("refundLimitFen")?.integerValue, (0...Limits.tenderFen) ~= limitFen,
      let cut = value("dayCutMinutes")?.integerValue, (0...360) ~= cut,
      let toleranceFen = value("overShortToleranceFen") == nil
        ? Self.standardTolerance.fen : value("overShortToleranceFen")?.integerValue,
      (0...Limits.tenderFen) ~= toleranceFen,
      let meals = value("meals")
        .map({ MealPolicy(json: $0, dayCutMinutes: Int(cut)) }) ?? MealPolicy.erqi,
      meals.isValid(dayCutMinutes: Int(cut)),
      let denied = value("reliefDeniedCategories") == nil
        ? Self.standardReliefDenied : Set<String>(words: value("reliefDeniedCategories"))
    else { return nil }
    self.init(
      id: id, effectiveFrom: from, concessionRate: concessionRate,
      concessionDestination: destination, pledgeRate: pledgeRate, cashRounding: rounding,
      refundLimit: Money(fen: limitFen), dayCutMinutes: Int(cut),
      overShortTolerance: Money(fen: toleranceFen), meals: meals,
      reliefDeniedCategories: denied)
  }
}
