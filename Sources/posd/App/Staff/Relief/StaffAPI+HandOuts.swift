import HTTPTypes
import POS
import POSStore

// Goods handed out at no charge.
extension StaffAPI {
  var handOutOperations: [Operation] {
    [
      Operation(
        id: "handOut", method: .post, path: "/api/v1/hand-outs",
        summary: "goods to a person against a programme, once", access: .roles(.managers),
        body: .json(
          Schema.object([
            "id": Schema.id, "programmeID": Schema.id, "personID": Schema.id, "tillID": Schema.id,
            "lines": Schema.array(
              of: Schema.object(
                ["productID": Schema.id],
                optional: ["units": Schema.integer(), "grams": Schema.integer()]), maximum: 200),
          ])),
        answers: [.json(Schema.ref("HandOut"), status: 201)],
        errors: [
          .notFound, .idReused, .programmeEnded, .personNotEligible, .alreadyHandedOut,
          .unknownProduct, .wrongQuantity, .diskFull,
        ], handler: handOut),
      Operation(
        id: "listHandOuts", method: .get, path: "/api/v1/hand-outs",
        summary: "what was handed out, newest first", access: .roles(.supervisors),
        query: QueryValues.page + [QueryParameter(name: "programmeID", schema: Schema.id)],
        answers: [.json(Schema.page(of: Schema.ref("HandOut")))], handler: listHandOuts),
    ]
  }

  private func handOut(_ request: APIRequest) async throws -> APIResponse {
    let wish = try request.body { fields in
      HandOutRequest(
        id: try fields.id("id"), programmeID: try fields.id("programmeID"),
        personID: try fields.id("personID"), lines: try fields.handOutLines(),
        tillID: try fields.id("tillID"))
    }
    let (event, isReplay) = try await store.handOut(
      wish, by: try user(request),
      TillRequest(
        request: ClientRequest(id: wish.id.uuid, contentHash: request.contentHash),
        atMs: clock.nowMs))
    return .json(eventView(event), status: .created).replayed(if: isReplay)
  }

  private func listHandOuts(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let programmeID = try request.query.text("programmeID", count: 36...36).map { text in
      guard let id = ProgrammeID(text) else {
        throw QueryValues.refusal(of: "programmeID", expected: "the id of a programme")
      }
      return id
    }
    let events = try await store.handOuts(
      at: try user(request).stationID, of: programmeID, beforeKey: try request.query.cursor(),
      limit: limit)
    return .json(page(events.map { ($0.key, eventView($0)) }, limit: limit))
  }
}

extension Fields {
  /// What is handed out; no product twice.
  fileprivate mutating func handOutLines() throws -> [StockLine] {
    var seen = Set<ProductID>()
    return try objects("lines", count: 1...50) { fields in
      let productID: ProductID = try fields.id("productID")
      let units = try fields.optionalInteger("units", in: 1...Limits.units)
      let grams = try fields.optionalInteger("grams", in: 1...Limits.grams)
      guard seen.insert(productID).inserted else {
        throw fields.refusal(of: "productID", expected: "each product once")
      }
      switch (units, grams) {
      case (let units?, nil): return StockLine(productID: productID, quantity: .units(units))
      case (nil, let grams?): return StockLine(productID: productID, quantity: .grams(grams))
      case (nil, nil), (_?, _?): throw fields.refusal(of: "units", expected: "units or grams")
      }
    }
  }
}
