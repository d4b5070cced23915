import HTTPTypes
import POS
import POSStore

extension StaffAPI {
  /// What any basket can be refused for.
  static let itemErrors: [ProblemCode] = [
    .badBarcode, .unknownBarcode, .unknownProduct, .quantityMissing, .quantityOnLabel,
    .wrongQuantity, .emptyLabel,
  ]

  var quoteOperations: [Operation] {
    [
      Operation(
        id: "quote", method: .post, path: "/api/v1/quotes",
        summary: "price a basket; no effect", access: .roles(.readers),
        body: .json(
          Schema.object(
            ["items": Schema.array(of: Schema.ref("Item"), maximum: 200)],
            optional: [
              "gift": Schema.ref("Gift"),
              "tenders": Schema.array(of: Schema.ref("Tender"), maximum: 8),
            ])),
        answers: [.json(Schema.ref("Quote"))],
        errors: Self.itemErrors + [.unknownCampaign, .overpaidWithoutCash], handler: quote)
    ]
  }

  private func quote(_ request: APIRequest) async throws -> APIResponse {
    let (items, gift, tendering) = try request.body { fields in
      (
        try fields.items(0...Limits.linesPerBasket), try fields.gift(),
        fields.has("tenders") ? try fields.tendering() : nil
      )
    }
    let quote = try await store.quote(
      items, gift: gift, at: try user(request).stationID, atMs: clock.nowMs)
    return .json(try quote.view(tendering))
  }
}

extension Quote {
  /// The quote with what a tendering would come to.
  ///
  /// - Throws: `CheckoutRefusal.codePaymentsExceedDue`.
  func view(_ tendering: Tendering?) throws -> JSON {
    try view(tendering.map { try payment($0) })
  }
}
