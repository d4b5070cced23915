import HTTPTypes
import POS
import POSStore
import Receipt

// What is claimed for the subsidy of meals, with what looks wrong in it.
extension StaffAPI {
  var mealClaimOperations: [Operation] {
    [
      Operation(
        id: "mealClaims", method: .get, path: "/api/v1/meal-claims",
        summary: "claims for the subsidy of meals, by centre and funder",
        access: .roles(.supervisors), query: QueryValues.days,
        answers: [.json(Schema.ref("MealClaims"))], handler: mealClaims),
      Operation(
        id: "mealClaimLines", method: .get, path: "/api/v1/meal-claims/lines",
        summary: "the lines of a claim", access: .roles(.supervisors),
        query: QueryValues.days + QueryValues.page + [
          QueryParameter(name: "centreID", schema: Schema.id, need: .required),
          QueryParameter(name: "funder", schema: Schema.text),
        ],
        answers: [.json(Schema.page(of: Schema.ref("MealClaimLine")))], errors: [.notFound],
        handler: mealClaimLines),
    ]
      + documentOperations(
        "mealClaimReport", at: "/api/v1/meal-claims/{centreID}/report", "a claim to be signed",
        for: .supervisors,
        query: QueryValues.days + [QueryParameter(name: "funder", schema: Schema.text)],
        document: mealClaimReport)
  }

  private func mealClaimReport(_ request: APIRequest) async throws -> ReceiptDocument {
    let user = try user(request)
    let days = try request.query.days()
    guard let centre = try await store.centre(try request.id("centreID"), at: user.stationID)
    else { throw Problem(.notFound) }
    let asked = MealClaimRange(
      stationID: user.stationID, days: days, centreID: centre.id,
      funder: try request.query.text("funder", count: 1...40))
    guard let claim = try await store.mealClaims(asked).first else { throw Problem(.notFound) }
    let range = MealClaimRange(
      stationID: user.stationID, days: days, centreID: centre.id, funder: claim.funder)
    let findings = try await store.mealClaimChecks(range).filter { !$0.isOK }
    return ReceiptDocument(
      mealClaim: MealClaimFacts(
        heading: try await receipts.heading(at: user.stationID, atMs: clock.nowMs, copy: 0),
        centre: SlipName(centre.name, en: centre.nameEn), funder: claim.funder,
        from: days.lowerBound, until: days.upperBound,
        days: try await store.mealClaimDays(range).map {
          MealClaimDay(date: $0.date, count: $0.count, subsidy: $0.subsidy)
        },
        correctionCount: claim.correctionCount, correction: claim.correction,
        findings: findings.map {
          MealClaimFinding(
            name: SlipName($0.kind.name, en: $0.kind.nameEn), count: $0.meals.count)
        }))
  }

  private func mealClaims(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let days = try request.query.days()
    let range = MealClaimRange(stationID: user.stationID, days: days)
    let names = Dictionary(
      uniqueKeysWithValues: try await store.centres(of: user.stationID).map { ($0.id, $0.name) })
    let claims = try await store.mealClaims(range)
    let checks = try await store.mealClaimChecks(range)
    return .json(
      .members([
        "from": .string(days.lowerBound.description),
        "until": .string(days.upperBound.description),
        "items": .array(claims.map { $0.view(centre: names[$0.centreID] ?? "") }),
        "checks": .array(checks.map(\.view)),
      ]))
  }

  private func mealClaimLines(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let days = try request.query.days()
    let limit = try request.query.limit()
    guard let text = try request.query.text("centreID", count: 36...36),
      let centreID = CentreID(text),
      try await store.centre(centreID, at: user.stationID) != nil
    else { throw Problem(.notFound) }
    let range = MealClaimRange(
      stationID: user.stationID, days: days, centreID: centreID,
      funder: try request.query.text("funder", count: 1...40))
    let lines = try await store.mealClaimLines(
      range, offset: try request.query.cursor() ?? 0, limit: limit)
    return .json(
      page(lines.map { ($0.key, $0.view(from: days.lowerBound)) }, limit: limit))
  }
}

extension MealClaim {
  fileprivate func view(centre: String) -> JSON {
    .members([
      "centreID": .string(centreID.text), "centre": .string(centre), "funder": .string(funder),
      "mealCount": .integer(mealCount), "amountFen": .integer(amount.fen),
      "correctionCount": .integer(correctionCount), "correctionFen": .integer(correction.fen),
      "totalFen": .integer(total.fen),
    ])
  }
}

extension MealClaimCheck {
  /// More than anybody looks at one by one.
  private static let mostShown = 20

  fileprivate var view: JSON {
    .members([
      "check": .string(kind.rawValue), "centreID": .string(centreID.text),
      "count": .integer(Int64(meals.count)), "isOK": .bool(isOK),
      "meals": .array(meals.prefix(Self.mostShown).map { .string($0.text) }),
    ])
  }
}

extension MealClaimLine {
  fileprivate func view(from first: BusinessDate) -> JSON {
    .members([
      "mealID": .string(mealID.text), "date": .string(date.description),
      "bookedDate": .string(bookedDate.description), "atMs": .integer(atMs),
      "personID": .string(personID.text),
      "masked": name.map { .string(MaskedName($0).text) } ?? .null, "period": .string(period),
      "subsidyFen": .integer(subsidy.fen), "rule": .string(rule), "funder": .string(funder),
      "isCorrection": .bool(date < first), "record": .string(record),
    ])
  }
}
