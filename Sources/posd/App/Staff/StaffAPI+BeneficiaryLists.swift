import HTTPTypes
import POS
import POSStore

// Whom to give vouchers to: people by category and community, page by page.
extension StaffAPI {
  var beneficiaryList: Operation {
    let texts = Schema.array(of: Schema.text, maximum: Int64(Self.mostChoices))
    let person = Schema.object([
      "personID": Schema.id, "name": Schema.text, "last4": Schema.text,
      "community": Schema.nullable(Schema.text), "categories": Schema.array(of: Schema.text),
    ])
    return Operation(
      id: "listBeneficiaries", method: .post, path: "/api/v1/beneficiaries/lists",
      summary: "people by category and community, page by page; journalled",
      access: .roles(.managers),
      body: .json(
        Schema.object(
          [:],
          optional: [
            "categories": texts, "communities": texts, "after": Schema.id,
            "limit": Schema.integer(1...200),
          ])),
      answers: [
        .json(
          Schema.object(["items": Schema.array(of: person), "next": Schema.nullable(Schema.id)]))
      ], errors: [.diskFull], handler: listBeneficiaries)
  }

  /// More than a district has communities.
  private static let mostChoices = 400

  private func listBeneficiaries(_ request: APIRequest) async throws -> APIResponse {
    let choice = try request.body { fields in
      PersonChoice(
        categories: try fields.texts("categories", maximum: Self.mostChoices) ?? [],
        communities: try fields.texts("communities", maximum: Self.mostChoices) ?? [],
        after: try fields.optionalID("after"),
        limit: Int(try fields.optionalInteger("limit", in: 1...200) ?? 50))
    }
    let people = try await store.list(choice, by: try user(request), atMs: clock.nowMs)
    let isFull = people.count == choice.limit
    return .json(
      .members([
        "items": .array(people.map(\.listView)),
        "next": isFull ? people.last.map { .string($0.id.text) } ?? .null : .null,
      ]))
  }
}

extension StoredPerson {
  fileprivate var listView: JSON {
    .members([
      "personID": .string(id.text), "name": .string(details.name ?? ""),
      "last4": .string(lastFour), "community": details.community.map(JSON.string) ?? .null,
      "categories": .array((details.categories ?? []).sorted().map(JSON.string)),
    ])
  }
}

extension Fields {
  /// A list of at most so many texts, if the member is there.
  mutating func texts(_ name: String, maximum: Int) throws -> [String]? {
    try take(name).map { list in
      let texts = list.arrayValue?.compactMap(\.stringValue)
      guard let texts, texts.count <= maximum, texts.count == list.arrayValue?.count else {
        throw refusal(of: name, expected: "at most \(maximum) texts")
      }
      return texts
    }
  }
}
