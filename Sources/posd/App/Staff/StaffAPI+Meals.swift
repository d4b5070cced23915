import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// Meals of a centre, and what people say of them.
extension StaffAPI {
  /// How long afterwards a meal may be entered: a week, as from a list on paper.
  private static let oldestLogMs: Int64 = 7 * 86_400_000

  var mealOperations: [Operation] {
    [
      Operation(
        id: "listMeals", method: .get, path: "/api/v1/centres/{id}/meals",
        summary: "meals of a day, newest first", access: .roles(.mealReaders),
        query: QueryValues.page + [QueryParameter(name: "date", schema: Schema.date)],
        answers: [.json(Schema.page(of: Schema.ref("Meal")))], errors: [.notFound],
        handler: listMeals),
      Operation(
        id: "listMealExceptions", method: .get, path: "/api/v1/centres/{id}/exceptions",
        summary: "meals that wait for a word of somebody", access: .roles(.mealReaders),
        query: [QueryParameter(name: "date", schema: Schema.date)],
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Meal"))]))],
        errors: [.notFound], handler: listMealExceptions),
      Operation(
        id: "logMeal", method: .post, path: "/api/v1/centres/{id}/meals",
        summary: "a meal without a face, with a witness", access: .roles(.mealStaff),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "means": Schema.choice(of: MealWitness.Means.self),
              "witness": Schema.text(count: 1...40), "pin": Schema.text,
            ],
            optional: [
              "personID": Schema.id, "number": Schema.text(count: 1...14), "atMs": Schema.timeMs,
            ])),
        answers: [.json(Schema.ref("Meal"), status: 201)],
        errors: [
          .notFound, .loginFailed, .tooManyAttempts, .ownWitness, .idReused, .diskFull,
        ], handler: logMeal),
    ] + MealRuling.allCases.map(ruling)
  }

  private func ruling(_ ruling: MealRuling) -> Operation {
    let (id, word, summary) =
      switch ruling {
      case .confirmed: ("confirmMeal", "confirm", "a second meal was eaten")
      case .settled: ("settleMeal", "settle", "a meal in conflict was eaten")
      case .dismissed: ("dismissMeal", "dismiss", "a meal was not eaten by this person")
      }
    return Operation(
      id: id, method: .post, path: "/api/v1/meals/{id}/\(word)", summary: summary,
      access: .roles(.mealStaff), body: .json(Schema.object(["id": Schema.id])),
      answers: [.json(Schema.ref("Meal"), status: 201)],
      errors: [.notFound, .idReused, .rulingDoesNotFit, .diskFull]
    ) { request in
      let mealID: MealPassID = try request.id("id")
      let asked = try request.body { fields in
        // The word is a part of what is asked: the same body at another path is another request.
        let id = try fields.id("id", of: MealPassID.self)
        let content = request.json.adding("of", .string(mealID.text))
          .adding("ruling", .string(word))
        return TillRequest(
          request: ClientRequest(id: id.uuid, contentHash: content.contentHash),
          atMs: clock.nowMs)
      }
      let isReplay = try await store.rule(ruling, on: mealID, by: try user(request), asked)
      return try await mealAnswer(mealID, request, isReplay)
    }
  }

  private func mealAnswer(
    _ id: MealPassID, _ request: APIRequest, _ isReplay: Bool
  ) async throws -> APIResponse {
    guard let meal = try await store.meal(id, at: try user(request).stationID) else {
      throw Problem(.notFound)
    }
    return .json(meal.view, status: .created).replayed(if: isReplay)
  }

  private func listMeals(_ request: APIRequest) async throws -> APIResponse {
    let centre = try await centre(of: request)
    let limit = try request.query.limit()
    let offset = try request.query.cursor() ?? 0
    let date = try request.query.date("date") ?? today
    let meals = try await store.meals(of: centre.id, on: date, offset: offset, limit: limit)
    let rows = meals.enumerated().map {
      (key: offset + Int64($0.offset) + 1, json: $0.element.view)
    }
    return .json(page(rows, limit: limit))
  }

  private var today: BusinessDate { store.policies.date(atMs: clock.nowMs) }

  private func listMealExceptions(_ request: APIRequest) async throws -> APIResponse {
    let centre = try await centre(of: request)
    let meals = try await store.waitingMeals(
      of: centre.id, on: try request.query.date("date"))
    return .json(.members(["items": .array(meals.map(\.view))]))
  }

  private func logMeal(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let centre = try await centre(of: request)
    let nowMs = clock.nowMs
    let (id, diner, means, name, pin, atMs) = try request.body { fields in
      (
        try fields.id("id", of: MealPassID.self), try fields.diner(),
        try fields.choice("means", of: MealWitness.Means.self),
        try fields.text("witness", count: 1...40), try fields.secret("pin"),
        try fields.optionalInteger("atMs", in: (nowMs - Self.oldestLogMs)...nowMs)
      )
    }
    let credentials = try await store.credentials(name: name)
    let isHere = credentials?.user.stationID == user.stationID
    try await check(
      name, pin, isHere ? credentials?.pinHash : nil, credentials?.user, request.remoteAddress)
    guard let witness = credentials?.user else { throw Problem(.loginFailed) }
    // The PIN stays out of the hash: it is no content, and a hash of it could be guessed.
    let content = JSON.members([
      "of": .string(centre.id.text), "personID": request.json["personID"],
      "number": request.json["number"], "means": .string(means.rawValue),
      "witness": .string(name), "atMs": request.json["atMs"],
    ])
    let (mealID, isReplay) = try await store.log(
      MealLog(
        centreID: centre.id, diner: diner, means: means, witnessID: witness.id, atMs: atMs),
      by: user,
      TillRequest(
        request: ClientRequest(id: id.uuid, contentHash: content.contentHash), atMs: nowMs))
    return try await mealAnswer(mealID, request, isReplay)
  }
}

extension Fields {
  /// Who eats: `personID`, or `number` at the centre.
  fileprivate mutating func diner() throws -> MealLog.DinerName {
    if has("number"), !has("personID") {
      return .number(try text("number", count: 1...14))
    }
    return .person(try id("personID"))
  }
}
