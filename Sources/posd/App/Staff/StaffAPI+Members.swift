import HTTPTypes
import POS
import POSStore

// Households that shop as members: a number and a phone, nothing more.
extension StaffAPI {
  var memberOperations: [Operation] {
    [
      Operation(
        id: "joinMember", method: .post, path: "/api/v1/members",
        summary: "take in a member by one phone number", access: .roles(.sellers),
        body: .json(Schema.object(["id": Schema.id, "phone": Schema.text(count: 1...40)])),
        answers: [.json(Schema.ref("Member"), status: 201)],
        errors: [.idReused, .badPhone, .phoneKnown, .diskFull], handler: joinMember),
      Operation(
        id: "listMembers", method: .get, path: "/api/v1/members", summary: "members by number",
        access: .roles(.managers), query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("Member")))], handler: listMembers),
      Operation(
        id: "searchMembers", method: .post, path: "/api/v1/members/search",
        summary: "the member of a number or a phone", access: .roles(.sellers),
        body: .json(
          Schema.object(
            [:],
            optional: [
              "number": Schema.text(count: 1...20), "phone": Schema.text(count: 1...40),
            ])),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Member"))]))],
        errors: [.badPhone], handler: searchMembers),
      Operation(
        id: "readMember", method: .get, path: "/api/v1/members/{id}",
        summary:
          "a member with their coupons, what they bought last, and what their shopping has given",
        access: .roles(.sellers), answers: [.json(Schema.ref("Member"))], errors: [.notFound],
        handler: readMember),
      Operation(
        id: "forgetMember", method: .post, path: "/api/v1/members/{id}/forget",
        summary: "destroy the phone of a member; number and purchases stay",
        access: .roles(.managers), body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.object(["memberID": Schema.id]), status: 201)],
        errors: [.notFound, .idReused, .diskFull], handler: forgetMember),
    ]
  }

  private func joinMember(_ request: APIRequest) async throws -> APIResponse {
    let (id, phone): (MemberID, String) = try request.body { fields in
      (try fields.id("id"), try fields.mobile("phone"))
    }
    let (member, isReplay) = try await store.join(
      id, phone: phone, content: request.json.canonicalBytes(), by: try user(request),
      atMs: clock.nowMs)
    return .json(member.view, status: .created).replayed(if: isReplay)
  }

  private func listMembers(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let after = try request.query.cursor()
    let members = try await store.members(after: after.map(String.init) ?? "", limit: limit)
    let rows = members.map { (key: Int64($0.member.number.digits) ?? 0, json: $0.view) }
    return .json(page(rows, limit: limit))
  }

  private func searchMembers(_ request: APIRequest) async throws -> APIResponse {
    let (number, phone) = try request.body { fields in
      let typed = try fields.optionalText("number", count: 1...20)
      guard fields.has("phone") != (typed != nil) else {
        throw fields.refusal(of: "number", expected: "number or phone")
      }
      return (typed, fields.has("phone") ? try fields.mobile("phone") : nil)
    }
    var found: StoredMember?
    if let phone { found = try await store.member(phone: phone) }
    if let number = number.flatMap({ MemberNumber($0) }) {
      found = try await store.member(number: number)
    }
    return .json(.members(["items": .array(found.map { [$0.view] } ?? [])]))
  }

  private func readMember(_ request: APIRequest) async throws -> APIResponse {
    let id: MemberID = try request.id("id")
    guard let member = try await store.member(id) else { throw Problem(.notFound) }
    let stationID = try user(request).stationID
    let history = try await store.history(of: id, at: stationID)
    let coupons = try await store.coupons(ofMember: id, at: stationID)
    return .json(
      member.view.adding("coupons", .array(coupons.map(\.view)))
        .adding("history", history.view))
  }

  private func forgetMember(_ request: APIRequest) async throws -> APIResponse {
    let memberID: MemberID = try request.id("id")
    let id: MemberID = try request.body { fields in try fields.id("id") }
    let content = request.json.adding("of", .string(memberID.text)).contentHash
    let isReplay = try await store.forget(
      memberID, by: try user(request), request: ClientRequest(id: id.uuid, contentHash: content),
      atMs: clock.nowMs)
    try noteForgotten()
    return .json(.members(["memberID": .string(memberID.text)]), status: .created)
      .replayed(if: isReplay)
  }
}

extension Fields {
  /// A mobile phone; no refusal shows it.
  fileprivate mutating func mobile(_ name: String) throws -> String {
    guard let phone = PhoneNumber.mobile(try text(name, count: 1...40)) else {
      throw Problem(.badPhone)
    }
    return phone
  }
}
