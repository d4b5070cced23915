import HTTPTypes
import POS
import POSStore

// Coupons: given out by a manager, used at the till.
extension StaffAPI {
  var couponOperations: [Operation] {
    [
      Operation(
        id: "listCoupons", method: .get, path: "/api/v1/coupons",
        summary: "coupons, newest first; of one member", access: .roles(.readers),
        query: QueryValues.page + [QueryParameter(name: "memberID", schema: Schema.id)],
        answers: [.json(Schema.page(of: Schema.ref("Coupon")))], handler: listCoupons),
      Operation(
        id: "addCoupon", method: .post, path: "/api/v1/coupons", summary: "give out a coupon",
        access: .roles(.managers), body: .json(ReliefSchemas.couponRequest),
        answers: [.json(Schema.ref("Coupon"), status: 201)],
        errors: [.idReused, .noSuchMember, .couponCodeTaken, .diskFull], handler: addCoupon),
      Operation(
        id: "endCoupon", method: .post, path: "/api/v1/coupons/{id}/end",
        summary: "end a coupon before its time", access: .roles(.managers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Components.anything, status: 201)],
        errors: [.notFound, .idReused, .couponEnded, .diskFull], handler: endCoupon),
    ]
  }

  private func listCoupons(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    if let text = try request.query.text("memberID", count: 36...36) {
      guard let id = MemberID(text) else {
        throw QueryValues.refusal(of: "memberID", expected: "the id of a member")
      }
      let own = try await store.coupons(ofMember: id, at: try user(request).stationID)
      return .json(.members(["items": .array(own.map(\.view)), "nextCursor": .null]))
    }
    let coupons = try await store.coupons(
      at: try user(request).stationID, beforeKey: try request.query.cursor(), limit: limit)
    return .json(page(coupons.map { ($0.key, $0.view) }, limit: limit))
  }

  private func addCoupon(_ request: APIRequest) async throws -> APIResponse {
    let terms = try request.body { fields in try fields.coupon(try fields.id("id")) }
    let (event, isReplay) = try await store.add(
      terms, by: try user(request),
      TillRequest(
        request: ClientRequest(id: terms.id.uuid, contentHash: request.contentHash),
        atMs: clock.nowMs))
    let made = try CouponTerms(json: event.body["coupon"] ?? .null)
    return .json(
      made.json.adding("useCount", 0).adding("isEnded", false)
        .adding("atMs", .integer(event.atMs)).adding("journal", event.head.view),
      status: .created
    ).replayed(if: isReplay)
  }

  private func endCoupon(_ request: APIRequest) async throws -> APIResponse {
    let couponID: CouponID = try request.id("id")
    let id = try request.body { fields in try fields.id("id", of: CouponID.self) }
    let (event, isReplay) = try await store.endCoupon(
      couponID, by: try user(request), request.asked(id, of: couponID, clock))
    return .json(eventView(event), status: .created).replayed(if: isReplay)
  }
}
