import FoundationEssentials
import HTTPTypes
import POS
import POSStore
import Receipt

// Meal accounts (餐卡): what is in them, and money for them at a till.
extension StaffAPI {
  var mealAccountOperations: [Operation] {
    [
      Operation(
        id: "getMealAccount", method: .get, path: "/api/v1/meal-accounts/{id}",
        summary: "what is in a meal account, and what is owed", access: .roles(.everyone),
        answers: [.json(Schema.ref("MealAccount"))], errors: [.notFound],
        handler: getMealAccount),
      Operation(
        id: "topUpMealAccount", method: .post, path: "/api/v1/meal-accounts/{id}/top-ups",
        summary: "money for meals, at a till", access: .roles(.sellers),
        body: .json(
          Schema.object([
            "id": Schema.id, "tillSessionID": Schema.id,
            "purpose": Schema.choice(of: MealMoney.Kind.self),
            "amountFen": Schema.integer(1...Limits.tenderFen),
            "tender": Schema.object(
              ["kind": Schema.choice(of: TenderKind.self)],
              optional: ["givenFen": Schema.fen, "reference": Schema.text(count: 1...64)]),
          ])),
        answers: [.json(Schema.ref("MealTopUp"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionClosed, .underpaid, .moreThanOwed, .diskFull,
        ], handler: topUp),
      Operation(
        id: "mealStatement", method: .get, path: "/api/v1/meal-accounts/{id}/statement",
        summary: "what went into and out of a meal account", access: .roles(.everyone),
        query: QueryValues.days, answers: [.json(Schema.ref("MealStatement"))],
        errors: [.notFound], handler: mealStatement),
    ]
  }

  private func getMealAccount(_ request: APIRequest) async throws -> APIResponse {
    let personID: PersonID = try request.id("id")
    guard let (name, account) = try await store.mealAccount(of: personID) else {
      throw Problem(.notFound)
    }
    let policy = store.policies.policy(atMs: clock.nowMs).meals
    return .json(
      .members([
        "personID": .string(personID.text), "masked": .string(MaskedName(name).text),
        "balanceFen": .integer(account.balance.fen), "owedFen": .integer(account.owed.fen),
        "creditLimitFen": .integer(policy.creditLimit.fen), "isLow": .bool(account.isLow(policy)),
      ]))
  }

  private func topUp(_ request: APIRequest) async throws -> APIResponse {
    let personID: PersonID = try request.id("id")
    let (id, sessionID, deposit) = try request.body { fields in
      let id = try fields.id("id", of: MealPassID.self)
      let sessionID = try fields.id("tillSessionID", of: TillSessionID.self)
      let purpose = try fields.choice("purpose", of: MealMoney.Kind.self)
      let amount = Money(fen: try fields.integer("amountFen", in: 1...Limits.tenderFen))
      let (kind, given, reference) = try fields.object("tender") { fields in
        let kind = try fields.choice("kind", of: TenderKind.self)
        let given =
          kind == .cash
          ? Money(fen: try fields.integer("givenFen", in: 1...Limits.tenderFen)) : nil
        let reference = kind == .cash ? nil : try fields.text("reference", count: 1...64)
        return (kind, given, reference)
      }
      return (
        id, sessionID,
        MealDeposit(
          personID: personID, purpose: purpose, amount: amount, kind: kind, given: given,
          reference: reference)
      )
    }
    let (event, isReplay) = try await store.take(
      deposit, in: sessionID, by: try user(request), asked(request, id.uuid))
    if !isReplay, deposit.kind == .cash { drawers.kick(of: sessionID) }
    return try await answer(
      event, ["personID", "purpose", "amountFen", "tender", "balanceFen", "owedFen"], isReplay)
  }

  private func mealStatement(_ request: APIRequest) async throws -> APIResponse {
    let personID: PersonID = try request.id("id")
    let days = try request.query.days()
    guard let (_, account) = try await store.mealAccount(of: personID) else {
      throw Problem(.notFound)
    }
    let lines = try await store.mealStatement(of: personID, days: days)
    return .json(
      .members([
        "personID": .string(personID.text), "balanceFen": .integer(account.balance.fen),
        "owedFen": .integer(account.owed.fen), "items": .array(lines.map(\.view)),
      ]))
  }
}

extension MealStatementLine {
  fileprivate var view: JSON {
    .members([
      "date": .string(date.description), "atMs": .integer(atMs), "kind": .string(kind),
      "amountFen": .integer(change.balance.fen), "owedFen": .integer(change.owed.fen),
      "priceFen": .integer(charge?.price.fen ?? 0),
      "subsidyFen": .integer(charge?.subsidy?.amount.fen ?? 0),
      "centreID": centreID.map { .string($0.text) } ?? .null,
      "mealID": mealID.map { .string($0.text) } ?? .null, "record": .string(record),
    ])
  }
}
