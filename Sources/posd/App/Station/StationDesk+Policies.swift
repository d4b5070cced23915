import POS
import POSStore

extension StationDesk {
  /// The policies in the order of their dates; `isInForce` is on the one of this moment.
  func listPolicies() -> JSON {
    let timeline = store.policies
    let current = timeline.policy(atMs: clock.nowMs).id
    return .members([
      "items": .array(
        timeline.policies.map {
          $0.wholeJSON.adding("isInForce", .bool($0.id == current))
        })
    ])
  }

  /// Takes in a policy: `id`, `effectiveFrom` and what is to be other than in the policy before it.
  ///
  /// Throws `Problem`: `bad_value` names the member, also one whose name or day is taken.
  func addPolicy(_ json: JSON) async throws -> JSON {
    guard let from = json["effectiveFrom"]?.stringValue.flatMap({ BusinessDate($0) }) else {
      throw PolicyMember.effectiveFrom.problem
    }
    guard json["id"] != nil else { throw PolicyMember.id.problem }
    let timeline = store.policies
    let before = timeline.policies.last { $0.effectiveFrom < from } ?? timeline.policies[0]
    guard let policy = CharityPolicy(json: json, base: before) else {
      let name = CharityPolicy.faultyMember(of: json, base: before)
      throw name.map(PolicyMember.problem(named:)) ?? PolicyMember.dayCutMinutes.problem
    }
    try await store.add(policy, atMs: clock.nowMs)
    return policy.wholeJSON
  }
}

/// The members of a policy as an operator writes them, each with what it may be.
private enum PolicyMember: String {
  case id, effectiveFrom, concessionBasisPoints, pledgeBasisPoints, concessionTo, cashRounding
  case refundLimitFen, dayCutMinutes, overShortToleranceFen, meals, reliefDeniedCategories

  var problem: Problem {
    Problem(.badValue, ["member": .string(rawValue), "expected": .string(expected)])
  }

  static func problem(named name: String) -> Problem {
    PolicyMember(rawValue: name)?.problem
      ?? Problem(.badValue, ["member": .string(name), "expected": "no such member"])
  }

  private var expected: String {
    switch self {
    case .id: "a name of 1 to 40 bytes, as erqi-2027"
    case .effectiveFrom: "a date as 2027-01-01"
    case .concessionBasisPoints, .pledgeBasisPoints: "hundredths of a percent, 0 to 10000"
    case .concessionTo: "toShopper or toReliefFund"
    case .cashRounding: "none, downToJiao, downToYuan or nearestJiao"
    case .refundLimitFen, .overShortToleranceFen: "fen, 0 to \(Limits.tenderFen)"
    case .dayCutMinutes: "minutes after midnight, 0 to 360, not within a meal period"
    case .meals: "all of periods, subsidies, repeatMinutes, clockToleranceMinutes, creditLimitFen"
    case .reliefDeniedCategories: "a list of categories"
    }
  }
}

extension PolicyRefusal {
  /// Which member is to be another.
  var values: KeyValuePairs<String, JSON> {
    switch self {
    case .nameTaken: ["member": "id", "expected": "a name that no policy has"]
    case .dayTaken: ["member": "effectiveFrom", "expected": "a day on which no other begins"]
    case .dayHasBegun: ["member": "effectiveFrom", "expected": "a day after today"]
    }
  }
}
