import HTTPTypes
import POS
import POSStore

// People in need: found, entered, changed, forgotten. What is asked about a person is in the body,
// never in an address, and every look is journalled.
extension StaffAPI {
  var beneficiaryOperations: [Operation] {
    [
      Operation(
        id: "searchBeneficiaries", method: .post, path: "/api/v1/beneficiaries/search",
        summary: "people by the last four characters of the identity number and the name, or by "
          + "the whole number; journalled",
        access: .roles([.manager, .centre]),
        body: .json(
          Schema.object(
            [:],
            optional: [
              "last4": Schema.text(count: 4...4), "name": Schema.text(count: 1...50),
              "identityNumber": Schema.text(count: 1...40),
            ])),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Beneficiary"))]))],
        errors: [.badIdentityNumber, .diskFull], handler: searchBeneficiaries),
      Operation(
        id: "readBeneficiary", method: .get, path: "/api/v1/beneficiaries/{id}",
        summary: "a person with all sources; journalled", access: .roles(.managers),
        answers: [.json(Schema.ref("Beneficiary"))], errors: [.notFound, .diskFull],
        handler: readBeneficiary),
      Operation(
        id: "addBeneficiary", method: .post, path: "/api/v1/beneficiaries",
        summary: "enter a person", access: .roles(.managers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "identityNumber": Schema.text(count: 1...40),
              "name": Schema.text(count: 1...50),
            ], optional: Self.personMembers)),
        answers: [.json(Schema.ref("Beneficiary"), status: 201)],
        errors: [
          .idReused, .personKnown, .badIdentityNumber, .unknownCategory, .badPhone, .diskFull,
        ], handler: addBeneficiary),
      Operation(
        id: "changeBeneficiary", method: .post, path: "/api/v1/beneficiaries/{id}/changes",
        summary: "what staff say of a person, as a whole, in place of what they said before",
        access: .roles(.managers),
        body: .json(
          Schema.object(["id": Schema.id], optional: Self.changeMembers)),
        answers: [.json(Schema.ref("Beneficiary"), status: 201)],
        errors: [.notFound, .idReused, .unknownCategory, .badPhone, .diskFull],
        handler: changeBeneficiary),
      Operation(
        id: "forgetBeneficiary", method: .post, path: "/api/v1/beneficiaries/{id}/forget",
        summary: "destroy the key of a person and all that is kept of them",
        access: .roles(.managers), body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.object(["personID": Schema.id]), status: 201)],
        errors: [.notFound, .idReused, .diskFull], handler: forgetBeneficiary),
    ] + [beneficiaryList] + categoryOperations
  }

  private var categoryOperations: [Operation] {
    let category = Schema.object([
      "code": Schema.text, "name": Schema.text, "nameEn": Schema.text,
    ])
    return [
      Operation(
        id: "listCategories", method: .get, path: "/api/v1/categories",
        summary: "categories of people in need, and the communities they live in",
        access: .roles([.manager, .centre, .auditor]),
        answers: [
          .json(
            Schema.object([
              "items": Schema.array(of: category), "communities": Schema.array(of: Schema.text),
            ]))
        ], handler: listCategories),
      Operation(
        id: "addCategory", method: .post, path: "/api/v1/categories",
        summary: "add a category of people in need", access: .roles(.managers),
        body: .json(
          Schema.object([
            "id": Schema.id, "code": Schema.text(count: 1...20), "name": Schema.text(count: 1...20),
            "nameEn": Schema.text(count: 1...60),
          ])),
        answers: [.json(category, status: 201)], errors: [.idReused, .codeTaken, .diskFull],
        handler: addCategory),
    ]
  }

  private func searchBeneficiaries(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let query = try request.body { fields in try fields.personQuery() }
    let found = try await store.lookUp(query, by: user, atMs: clock.nowMs)
    let views = found.map { user.role == .centre ? $0.centreView : $0.view }
    return .json(.members(["items": .array(views)]))
  }

  private func readBeneficiary(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let found = try await store.lookUp(.id(try request.id("id")), by: user, atMs: clock.nowMs)
    guard let person = found.first else { throw Problem(.notFound) }
    return .json(person.view)
  }

  private func addBeneficiary(_ request: APIRequest) async throws -> APIResponse {
    let today = BusinessDate(atMs: clock.nowMs)
    let (asked, number) = try request.body { fields in
      let id: PersonID = try fields.id("id")
      let number = try fields.identityNumber("identityNumber", today: today)
      var details = PersonDetails()
      details.name = try fields.personName(try fields.text("name", count: 1...50))
      try fields.read(into: &details, today: today)
      let request = PersonRequest(
        id: id, personID: id, details: details, content: request.json.canonicalBytes())
      return (request, number)
    }
    let (person, isReplay) = try await store.add(
      asked, number: number, by: try user(request), atMs: clock.nowMs)
    return .json(person.view, status: .created).replayed(if: isReplay)
  }

  private func changeBeneficiary(_ request: APIRequest) async throws -> APIResponse {
    let today = BusinessDate(atMs: clock.nowMs)
    let personID: PersonID = try request.id("id")
    let asked = try request.body { fields in
      let id: PersonID = try fields.id("id")
      var details = PersonDetails()
      details.name = try fields.optionalText("name", count: 1...50).map(fields.personName)
      try fields.read(into: &details, today: today)
      return PersonRequest(
        id: id, personID: personID, details: details, content: request.json.canonicalBytes())
    }
    let (person, isReplay) = try await store.change(
      asked, by: try user(request), atMs: clock.nowMs)
    return .json(person.view, status: .created).replayed(if: isReplay)
  }

  private func forgetBeneficiary(_ request: APIRequest) async throws -> APIResponse {
    let personID: PersonID = try request.id("id")
    let id: PersonID = try request.body { fields in try fields.id("id") }
    let content = request.json.adding("of", .string(personID.text)).contentHash
    let isReplay = try await store.forget(
      personID, by: try user(request), request: ClientRequest(id: id.uuid, contentHash: content),
      atMs: clock.nowMs)
    try noteForgotten()
    return .json(.members(["personID": .string(personID.text)]), status: .created)
      .replayed(if: isReplay)
  }

  private func listCategories(_ request: APIRequest) async throws -> APIResponse {
    let categories = try await store.needCategories()
    let communities = try await store.communities()
    return .json(
      .members([
        "items": .array(categories.map(\.view)),
        "communities": .array(communities.map(JSON.string)),
      ]))
  }

  private func addCategory(_ request: APIRequest) async throws -> APIResponse {
    let (id, category) = try request.body { fields in
      let id: PersonID = try fields.id("id")
      let code = try fields.text("code", count: 1...20)
      guard code.utf8.allSatisfy({ Unicode.Scalar($0).properties.isAlphabetic && $0 < 0x80 }) else {
        throw fields.refusal(of: "code", expected: "letters a to z")
      }
      return (
        id,
        NeedCategory(
          code: code, name: try fields.text("name", count: 1...20),
          nameEn: try fields.text("nameEn", count: 1...60))
      )
    }
    let isReplay = try await store.add(
      category, by: try user(request),
      request: ClientRequest(id: id.uuid, contentHash: request.contentHash), atMs: clock.nowMs)
    return .json(category.view, status: .created).replayed(if: isReplay)
  }

  private static let changeMembers: KeyValuePairs<String, JSON> = [
    "name": Schema.text(count: 1...50), "community": Schema.text(count: 1...20),
    "categories": Schema.array(of: Schema.text, maximum: 20),
    "residence": Schema.text(count: 1...200), "isResident": Schema.flag,
    "phone": Schema.text(count: 1...40), "note": Schema.text(count: 1...200),
    "deceasedOn": Schema.date,
  ]

  private static let personMembers: KeyValuePairs<String, JSON> = [
    "community": Schema.text(count: 1...20),
    "categories": Schema.array(of: Schema.text, maximum: 20),
    "residence": Schema.text(count: 1...200), "isResident": Schema.flag,
    "phone": Schema.text(count: 1...40), "note": Schema.text(count: 1...200),
    "deceasedOn": Schema.date,
  ]
}

extension NeedCategory {
  fileprivate var view: JSON {
    .members(["code": .string(code), "name": .string(name), "nameEn": .string(nameEn)])
  }
}

extension Fields {
  /// By the last four characters and the name, or by the whole number.
  fileprivate mutating func personQuery() throws -> PersonQuery {
    if has("identityNumber") {
      guard let written = try need("identityNumber").stringValue else {
        throw refusal(of: "identityNumber", expected: "text")
      }
      return .identityNumber(try Problem.identityNumber(written))
    }
    let lastFour = try text("last4", count: 4...4).uppercased()
    return .lastFour(lastFour, name: try text("name", count: 1...50))
  }

  /// An identity number; no refusal shows it.
  fileprivate mutating func identityNumber(
    _ name: String, today: BusinessDate
  ) throws -> IdentityNumber {
    let number = try Problem.identityNumber(try text(name, count: 1...40))
    guard number.birthDate <= today else {
      throw Problem(.badIdentityNumber, ["problem": .string("birthDate")])
    }
    return number
  }

  /// What staff say beside the name.
  fileprivate mutating func read(into details: inout PersonDetails, today: BusinessDate) throws {
    details.community = try optionalText("community", count: 1...20)
    details.categories = try texts("categories", maximum: 20).map { Set($0) }
    details.residence = try optionalText("residence", count: 1...200)
    details.isResident = has("isResident") ? try flag("isResident", standard: false) : nil
    details.phone = try optionalText("phone", count: 1...40).map { text in
      guard let phone = PhoneNumber.plain(text) else { throw Problem(.badPhone) }
      return phone
    }
    details.note = try optionalText("note", count: 1...200)
    details.deceasedOn = try optionalText("deceasedOn", count: 10...10).map { text in
      guard let date = BusinessDate(text), date <= today else {
        throw refusal(of: "deceasedOn", expected: "a date that is not to come: 2026-11-21")
      }
      return date
    }
  }

  fileprivate func personName(_ name: String) throws -> String {
    guard !name.utf8.contains(where: { (0x30...0x39).contains($0) }) else {
      throw refusal(of: "name", expected: "a name without digits")
    }
    return name
  }
}

extension Problem {
  /// The identity number in a text, or the refusal of it, which does not show it.
  fileprivate static func identityNumber(_ written: String) throws -> IdentityNumber {
    do throws(IdentityNumber.Problem) {
      return try IdentityNumber(written)
    } catch {
      throw Problem(.badIdentityNumber, ["problem": .string(String(describing: error))])
    }
  }
}
