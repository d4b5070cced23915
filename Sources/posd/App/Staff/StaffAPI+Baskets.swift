import HTTPTypes
import POS
import POSStore

// Baskets set aside, and baskets cancelled.
extension StaffAPI {
  var basketOperations: [Operation] {
    [
      Operation(
        id: "holdBasket", method: .put, path: "/api/v1/baskets/{id}",
        summary: "set a basket aside, or replace it", access: .roles(.sellers),
        body: .json(
          Schema.object(
            [
              "label": Schema.text(count: 0...40),
              "items": Schema.array(of: Schema.ref("Item"), maximum: 200),
            ], optional: ["gift": Schema.ref("Gift")])),
        answers: [.json(Schema.ref("HeldBasket"))], errors: [.basketGone, .diskFull],
        handler: holdBasket),
      Operation(
        id: "listBaskets", method: .get, path: "/api/v1/baskets",
        summary: "the baskets set aside, oldest first", access: .roles(.readers),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("HeldBasket"))]))],
        handler: listBaskets),
      Operation(
        id: "getBasket", method: .get, path: "/api/v1/baskets/{id}",
        summary: "one basket set aside", access: .roles(.readers),
        answers: [.json(Schema.ref("HeldBasket"))], errors: [.notFound], handler: getBasket),
      Operation(
        id: "deleteBasket", method: .delete, path: "/api/v1/baskets/{id}",
        summary: "take a basket off the list", access: .roles(.sellers), answers: [.nothing],
        errors: [.basketGone, .notFound, .diskFull], handler: deleteBasket),
      Operation(
        id: "voidBasket", method: .post, path: "/api/v1/voids",
        summary: "cancel a basket before payment, on record", access: .roles(.sellers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "tillSessionID": Schema.id,
              "items": Schema.array(of: Schema.ref("Item"), maximum: 200),
              "reason": Schema.choice(of: Reason.self),
            ], optional: ["basketID": Schema.id, "approvalID": Schema.id])),
        answers: [.json(Schema.object(["id": Schema.id]), status: 201)],
        errors: Self.itemErrors + [
          .idReused, .notFound, .tillSessionClosed, .approvalNotValid, .approvalNeeded, .basketGone,
          .diskFull,
        ], handler: voidBasket),
    ]
  }

  private func holdBasket(_ request: APIRequest) async throws -> APIResponse {
    let label = try request.body { fields in
      _ = try fields.items(0...Limits.linesPerBasket)
      _ = try fields.gift()
      return try fields.text("label", count: 0...40)
    }
    let basket = HeldBasket(
      id: try request.id("id"), stationID: try user(request).stationID, label: label,
      content: request.json, heldAtMs: clock.nowMs)
    try await store.hold(basket)
    return .json(basket.view)
  }

  private func listBaskets(_ request: APIRequest) async throws -> APIResponse {
    let baskets = try await store.heldBaskets(at: try user(request).stationID)
    return .json(.members(["items": .array(baskets.map(\.view))]))
  }

  private func getBasket(_ request: APIRequest) async throws -> APIResponse {
    let basket = try await store.heldBasket(
      id: try request.id("id"), at: try user(request).stationID)
    guard let basket else { throw Problem(.notFound) }
    return .json(basket.view)
  }

  private func deleteBasket(_ request: APIRequest) async throws -> APIResponse {
    let id: BasketID = try request.id("id")
    let stationID = try user(request).stationID
    guard try await store.heldBasket(id: id, at: stationID) != nil else {
      throw Problem(.notFound)
    }
    try await store.deleteBasket(id: id, at: stationID)
    return .nothing
  }

  private func voidBasket(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let hash = request.contentHash
    let asked = try request.body { fields in
      VoidRequest(
        id: try fields.id("id"), contentHash: hash,
        tillSessionID: try fields.id("tillSessionID"),
        items: try fields.items(1...Limits.linesPerBasket), reason: try fields.choice("reason"),
        basketID: try fields.optionalID("basketID"),
        approvalID: try fields.optionalID("approvalID"))
    }
    let isReplay = try await store.void(asked, by: user, atMs: clock.nowMs)
    let answer = APIResponse.json(.members(["id": .string(asked.id.text)]), status: .created)
    return answer.replayed(if: isReplay)
  }
}

extension HeldBasket {
  fileprivate var view: JSON {
    .members([
      "id": .string(id.text), "label": .string(label), "items": content["items"] ?? [],
      "gift": content["gift"] ?? .null, "heldAtMs": .integer(heldAtMs),
    ])
  }
}
