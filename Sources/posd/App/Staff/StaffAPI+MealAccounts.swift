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
        id: "findMealAccounts", method: .post, path: "/api/v1/meal-accounts/search",
        summary: "whose meal card it is: by its number at a centre, or by the last four characters "
          + "of the identity number and the whole name; masked, journalled, slowed",
        access: .roles(.mealDesks),
        body: .json(
          Schema.object(
            [:],
            optional: [
              "centreID": Schema.id, "number": Schema.text(count: 1...14),
              "last4": Schema.text(count: 4...4), "name": Schema.text(count: 1...50),
            ])),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("MealAccount"))]))],
        errors: [.unknownMealCard, .tooManyAttempts, .diskFull], handler: findMealAccounts),
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
        id: "listMealMoney", method: .get, path: "/api/v1/till-sessions/{id}/meal-money",
        summary: "money for meals that a session took, newest first", access: .roles(.readers),
        answers: [.json(Schema.object(["items": Schema.array(of: Components.anything)]))],
        errors: [.notFound], handler: listMealMoney),
      Operation(
        id: "undoMealMoney", method: .post, path: "/api/v1/meal-money/{id}/undo",
        summary: "give back money for meals that was taken by mistake, in its session",
        access: .roles(.sellers),
        body: .json(Schema.object(["id": Schema.id], optional: ["approvalID": Schema.id])),
        answers: [.json(Schema.ref("MealMoneyUndone"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionClosed, .notToBeUndone, .approvalNeeded,
          .approvalNotValid, .diskFull,
        ], handler: undoMealMoney),
      Operation(
        id: "mealStatement", method: .get, path: "/api/v1/meal-accounts/{id}/statement",
        summary: "what went into and out of a meal account", access: .roles(.mealReaders),
        query: QueryValues.days, answers: [.json(Schema.ref("MealStatement"))],
        errors: [.notFound], handler: mealStatement),
    ]
  }

  private func getMealAccount(_ request: APIRequest) async throws -> APIResponse {
    let personID: PersonID = try request.id("id")
    guard let (name, account) = try await store.mealAccount(of: personID) else {
      throw Problem(.notFound)
    }
    return .json(view(account, of: personID, named: name))
  }

  private func view(_ account: MealAccount, of personID: PersonID, named name: String) -> JSON {
    let policy = store.policies.policy(atMs: clock.nowMs).meals
    return .members([
      "personID": .string(personID.text), "masked": .string(MaskedName(name).text),
      "balanceFen": .integer(account.balance.fen), "owedFen": .integer(account.owed.fen),
      "creditLimitFen": .integer(policy.creditLimit.fen), "isLow": .bool(account.isLow(policy)),
    ])
  }

  private func findMealAccounts(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let query = try request.body { fields in try fields.dinerQuery() }
    if case .number(_, let centreID) = query, user.role == .centre, user.centreID != centreID {
      throw Problem(.unknownMealCard)
    }
    try mealLooks.begin(user, address: request.remoteAddress, now: .now)
    let found = try await store.findDiners(query, by: user, atMs: clock.nowMs)
    guard !found.isEmpty else { throw Problem(.unknownMealCard) }
    return .json(
      .members([
        "items": .array(found.map { view($0.account, of: $0.personID, named: $0.name) })
      ]))
  }

  private func listMealMoney(_ request: APIRequest) async throws -> APIResponse {
    let taken = try await store.mealMoney(
      of: try request.id("id"), at: try user(request).stationID)
    return .json(
      .members([
        "items": .array(
          taken.map { one in
            .members([
              "id": one.event.body["id"], "atMs": .integer(one.event.atMs),
              "masked": one.name.map { .string(MaskedName($0).text) } ?? .null,
              "purpose": one.event.body["purpose"], "amountFen": one.event.body["amountFen"],
              "kind": one.event.body["tender"]?["kind"], "isUndone": .bool(one.isUndone),
            ])
          })
      ]))
  }

  private func undoMealMoney(_ request: APIRequest) async throws -> APIResponse {
    let moneyID: MealPassID = try request.id("id")
    let (id, approvalID) = try request.body { fields in
      (
        try fields.id("id", of: MealPassID.self),
        try fields.optionalID("approvalID", of: ApprovalID.self)
      )
    }
    let (event, isReplay) = try await store.undo(
      moneyID, by: try user(request), asked(request, id.uuid, approvalID))
    if !isReplay, event.body["tender"]?["kind"]?.stringValue == TenderKind.cash.rawValue {
      drawers.kick(of: try event.body.id("tillSessionID"))
    }
    return try await answer(
      event, ["undoes", "personID", "purpose", "amountFen", "tender"], isReplay)
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
    if !isReplay {
      mealLooks.succeeded(try user(request), address: request.remoteAddress, now: .now)
      if deposit.kind == .cash { drawers.kick(of: sessionID) }
    }
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

extension Fields {
  /// By the number at a centre, or by the last four characters and the whole name.
  fileprivate mutating func dinerQuery() throws -> DinerQuery {
    if has("number") {
      return .number(try text("number", count: 1...14), try id("centreID", of: CentreID.self))
    }
    let lastFour = try text("last4", count: 4...4).uppercased()
    return .lastFour(lastFour, name: try text("name", count: 1...50))
  }
}
