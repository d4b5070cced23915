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
              "vouchers": Schema.array(of: Schema.text(count: 1...64), maximum: 8),
              "coupons": Schema.array(of: Schema.text(count: 1...64), maximum: 20),
              "memberID": Schema.id,
            ])),
        answers: [.json(Schema.ref("Quote"))],
        errors: Self.itemErrors + Self.codeErrors + [
          .unknownCampaign, .overpaidWithoutCash, .unknownCoupon, .noSuchMember,
        ], handler: quote)
    ]
  }

  private func quote(_ request: APIRequest) async throws -> APIResponse {
    let (items, gift, tendering, codes) = try request.body { fields in
      (
        try fields.items(0...Limits.linesPerBasket), try fields.gift(),
        fields.has("tenders") ? try fields.tendering() : nil, try fields.shown()
      )
    }
    let stationID = try user(request).stationID
    let quote = try await guardingCodes(request, isCoded: !codes.vouchers.isEmpty) {
      try await store.quote(
        items, gift: gift, shown: try codes.shown(), at: stationID, atMs: clock.nowMs)
    }
    return .json(try await withRelief(try quote.view(tendering), quote))
  }

  /// A quote with what became of vouchers and coupons.
  private func withRelief(_ view: JSON, _ quote: Quote) async throws -> JSON {
    let programmes = try await store.programmeNames(
      Set(quote.vouchers.map(\.offer.terms.programmeID)))
    var vouchers: [JSON] = []
    for placement in quote.vouchers {
      let code = try await store.code(of: placement.offer.id)
      vouchers.append(
        placement.view(programmes[placement.offer.terms.programmeID], codeEnd: code.end))
    }
    return view.adding(
      contentsOf: .members([
        "vouchers": .array(vouchers), "coupons": .array(quote.coupons.map(\.view)),
        "voucherFen": .integer(quote.voucherTotal.fen),
        "forfeitFen": .integer(quote.forfeited.fen), "remainingFen": .integer(quote.remaining.fen),
      ]))
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
