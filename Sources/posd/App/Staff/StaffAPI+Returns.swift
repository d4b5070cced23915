import HTTPTypes
import POS
import POSStore

extension StaffAPI {
  private static let returnErrors: [ProblemCode] = [
    .notFound, .nothingAsked, .unknownLine, .nothingLeftToReturn, .moreThanLeft, .wrongQuantity,
    .noGiftLeft,
  ]

  private static let partsSchema = Schema.array(
    of: Schema.object(
      ["line": Schema.integer(0...199)],
      optional: ["units": Schema.integer(1...9999), "grams": Schema.integer(1...999_999)]),
    maximum: 200)

  var returnOperations: [Operation] {
    [
      Operation(
        id: "quoteReturn", method: .post, path: "/api/v1/sales/{id}/return-quotes",
        summary: "what a return would pay; no effect", access: .roles(.readers),
        body: .json(
          Schema.object(["items": Self.partsSchema], optional: ["refundGift": Schema.flag])),
        answers: [.json(Schema.ref("ReturnQuote"))], errors: Self.returnErrors,
        handler: quoteReturn),
      Operation(
        id: "createReturn", method: .post, path: "/api/v1/sales/{id}/returns",
        summary: "take goods back", access: .roles(.sellers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "tillSessionID": Schema.id, "items": Self.partsSchema,
              "reason": Schema.choice(of: Reason.self), "refundFen": Schema.fen,
            ], optional: ["refundGift": Schema.flag, "approvalID": Schema.id])),
        answers: [.json(Schema.ref("Sale"), status: 201)],
        errors: Self.returnErrors + [
          .idReused, .tillSessionClosed, .approvalNotValid, .approvalNeeded, .refundChanged,
          .diskFull,
        ], handler: createReturn),
    ]
  }

  private func quoteReturn(_ request: APIRequest) async throws -> APIResponse {
    let asked = try request.body { fields in
      try fields.returnRequest(reason: .other)
    }
    let quote = try await store.quote(
      asked, of: try request.id("id"), by: try user(request), atMs: clock.nowMs)
    let acts = quote.managedActs.map(\.rawValue).sorted().map(JSON.string)
    return .json(
      quote.saleReturn.view(of: quote.original.value).adding("approvalsNeeded", .array(acts)))
  }

  private func createReturn(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let originalID: SaleID = try request.id("id")
    let hash = request.contentHash
    let asked = try request.body { fields in
      SaleReturnRequest(
        id: try fields.id("id"), contentHash: hash, originalID: originalID,
        tillSessionID: try fields.id("tillSessionID"),
        request: try fields.returnRequest(reason: try fields.choice("reason")),
        seenRefund: Money(fen: try fields.integer("refundFen", in: 0...Int64.max)),
        approvalID: try fields.optionalID("approvalID"))
    }
    let (original, made, isReplay) = try await store.complete(
      asked, by: user, atMs: clock.nowMs)
    guard original.value.id == originalID else { throw Problem(.idReused) }
    if !isReplay { drawers.kick(after: .saleReturn(made)) }
    let cashier = try await displayName(of: made.value.context.userID, askedBy: user)
    let answer = APIResponse.json(
      made.view(cashier: cashier, original: original), status: .created)
    return answer.replayed(if: isReplay)
  }
}

extension Fields {
  fileprivate mutating func returnRequest(reason: Reason) throws -> ReturnRequest {
    let parts = try objects("items", count: 0...Limits.linesPerBasket) { fields in
      let line = Int(try fields.integer("line", in: 0...Int64(Limits.linesPerBasket)))
      let units = try fields.optionalInteger("units", in: 1...Limits.units)
      let grams = try fields.optionalInteger("grams", in: 1...Limits.grams)
      switch (units, grams) {
      case (let units?, nil): return ReturnRequest.Part(line: line, quantity: .units(units))
      case (nil, let grams?): return ReturnRequest.Part(line: line, quantity: .grams(grams))
      case (nil, nil), (_?, _?): throw fields.refusal(of: "units", expected: "units or grams")
      }
    }
    return ReturnRequest(
      parts: parts, includesGift: try flag("refundGift", standard: false), reason: reason)
  }
}
