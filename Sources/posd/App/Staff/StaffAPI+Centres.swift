import FoundationEssentials
import HTTPTypes
import POS
import POSStore
import Receipt

// Meal centres, and who is enrolled there.
extension StaffAPI {
  var centreOperations: [Operation] {
    [
      Operation(
        id: "listCentres", method: .get, path: "/api/v1/centres", summary: "meal centres",
        access: .roles(.everyone),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Centre"))]))],
        handler: listCentres),
      Operation(
        id: "createCentre", method: .post, path: "/api/v1/centres", summary: "add a meal centre",
        access: .roles(.managers),
        body: .json(
          Schema.object([
            "id": Schema.id, "name": Schema.text(count: 1...40),
            "nameEn": Schema.text(count: 0...60),
          ])),
        answers: [.json(Schema.ref("Centre"), status: 201)], errors: [.idReused, .diskFull],
        handler: createCentre),
      Operation(
        id: "listEnrolments", method: .get, path: "/api/v1/centres/{id}/enrolments",
        summary: "who is enrolled at a centre, newest first", access: .roles(.mealReaders),
        query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("Enrolment")))], errors: [.notFound],
        handler: listEnrolments),
      Operation(
        id: "enrol", method: .post, path: "/api/v1/centres/{id}/enrolments",
        summary: "a number at a centre is a person from now on", access: .roles(.mealStaff),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "number": Schema.text(count: 1...14), "personID": Schema.id,
              "from": Schema.date,
            ], optional: ["until": Schema.date])),
        answers: [.json(Schema.ref("Enrolment"), status: 201)],
        errors: [.notFound, .idReused, .enrolmentOverlaps, .diskFull], handler: enrol),
      Operation(
        id: "endEnrolment", method: .post, path: "/api/v1/enrolments/{id}/end",
        summary: "set the last day of an enrolment", access: .roles(.mealStaff),
        body: .json(Schema.object(["id": Schema.id, "until": Schema.date])),
        answers: [.json(Schema.ref("Enrolment"), status: 201)],
        errors: [.notFound, .idReused, .diskFull], handler: endEnrolment),
      Operation(
        id: "searchDiners", method: .post, path: "/api/v1/centres/{id}/people/search",
        summary: "people enrolled at a centre today, by name or number",
        access: .roles(.mealStaff),
        body: .json(Schema.object(["text": Schema.text(count: 1...40)])),
        answers: [.json(Schema.object(["items": Schema.array(of: Components.anything)]))],
        errors: [.notFound], handler: searchDiners),
    ]
  }

  /// The centre in the path, if the user may see it.
  ///
  /// Throws `not_found`.
  func centre(of request: APIRequest) async throws -> Centre {
    let user = try user(request)
    let id: CentreID = try request.id("id")
    guard user.role != .centre || user.centreID == id,
      let centre = try await store.centre(id, at: user.stationID)
    else { throw Problem(.notFound) }
    return centre
  }

  private func listCentres(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let centres = try await store.centres(of: user.stationID).filter {
      user.role != .centre || $0.id == user.centreID
    }
    return .json(.members(["items": .array(centres.map(\.view))]))
  }

  private func createCentre(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let centre = try request.body { fields in
      Centre(
        id: try fields.id("id"), stationID: user.stationID,
        name: try fields.text("name", count: 1...40),
        nameEn: try fields.text("nameEn", count: 0...60))
    }
    let isReplay = try await store.add(centre, by: user, asked(request, centre.id.uuid))
    return .json(centre.view, status: .created).replayed(if: isReplay)
  }

  private func listEnrolments(_ request: APIRequest) async throws -> APIResponse {
    let centre = try await centre(of: request)
    let limit = try request.query.limit()
    let found = try await store.enrolments(
      of: centre.id, beforeKey: try request.query.cursor(), limit: limit)
    return .json(page(found.map { ($0.key, $0.enrolment.view(name: $0.name)) }, limit: limit))
  }

  private func enrol(_ request: APIRequest) async throws -> APIResponse {
    let centre = try await centre(of: request)
    let enrolment = try request.body { fields in
      let number = try fields.text("number", count: 1...14)
      guard Enrolment.isUsable(number) else {
        throw fields.refusal(
          of: "number", expected: "letters and digits, no telephone or identity number")
      }
      let from = try fields.date("from")
      let until = fields.has("until") ? try fields.date("until") : nil
      guard until.map({ from <= $0 }) ?? true else {
        throw fields.refusal(of: "until", expected: "no day before from")
      }
      return Enrolment(
        id: try fields.id("id"), centreID: centre.id, number: number,
        personID: try fields.id("personID"), from: from, until: until)
    }
    let isReplay = try await store.enrol(
      enrolment, by: try user(request), asked(request, enrolment.id.uuid))
    let name = try await store.mealAccount(of: enrolment.personID)?.name
    return .json(enrolment.view(name: name), status: .created).replayed(if: isReplay)
  }

  private func endEnrolment(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let enrolmentID: EnrolmentID = try request.id("id")
    let (id, until) = try request.body { fields in
      (try fields.id("id", of: EnrolmentID.self), try fields.date("until"))
    }
    guard let known = try await store.enrolment(enrolmentID, at: user.stationID),
      user.role != .centre || user.centreID == known.centreID
    else { throw Problem(.notFound) }
    let (enrolment, isReplay) = try await store.end(
      enrolmentID, until: until, by: user, asked(request, id.uuid))
    let name = try await store.mealAccount(of: enrolment.personID)?.name
    return .json(enrolment.view(name: name), status: .created).replayed(if: isReplay)
  }

  private func searchDiners(_ request: APIRequest) async throws -> APIResponse {
    let centre = try await centre(of: request)
    let text = try request.body { fields in try fields.text("text", count: 1...40) }
    let today = store.policies.date(atMs: clock.nowMs)
    let found = try await store.diners(at: centre.id, on: today, matching: text)
    return .json(
      .members([
        "items": .array(
          found.map {
            .members([
              "personID": .string($0.enrolment.personID.text), "name": .string($0.name),
              "masked": .string(MaskedName($0.name).text), "number": .string($0.enrolment.number),
              "balanceFen": .integer($0.account.balance.fen),
              "owedFen": .integer($0.account.owed.fen),
            ])
          })
      ]))
  }
}

extension Enrolment {
  /// The enrolment as clients see it.
  func view(name: String?) -> JSON {
    .members([
      "id": .string(id.text), "centreID": .string(centreID.text), "number": .string(number),
      "personID": .string(personID.text), "name": name.map(JSON.string) ?? .null,
      "from": .string(from.description),
      "until": until.map { .string($0.description) } ?? .null,
    ])
  }
}

extension Set where Element == Role {
  /// Who gives out meals.
  static let mealStaff: Set<Role> = [.centre, .manager]
  /// Who finds a person by the meal card.
  static let mealDesks: Set<Role> = [.cashier, .centre, .manager]
  /// Who sees meals.
  static let mealReaders: Set<Role> = [.centre, .manager, .auditor]
}

extension QueryValues {
  /// The days `from` to `until`, both needed.
  func days() throws -> ClosedRange<BusinessDate> {
    guard let from = try date("from"), let until = try date("until"), from <= until else {
      throw Self.refusal(of: "until", expected: "no day before from")
    }
    return from...until
  }

  /// The parameters of `days()`.
  static let days: [QueryParameter] = [
    QueryParameter(name: "from", schema: Schema.date, need: .required),
    QueryParameter(name: "until", schema: Schema.date, need: .required),
  ]
}
