import HTTPTypes
import POS
import POSStore

extension StaffAPI {
  var saleOperations: [Operation] {
    [
      Operation(
        id: "createSale", method: .post, path: "/api/v1/sales", summary: "sell a basket",
        access: .roles(.sellers), body: .json(Self.saleSchema),
        answers: [.json(Schema.ref("Sale"), status: 201)],
        errors: Self.itemErrors + Self.codeErrors + [
          .voucherRefused, .vouchersChanged, .unknownCoupon, .noSuchMember, .idReused, .notFound,
          .tillSessionClosed, .approvalNotValid, .emptyBasket, .priceChanged,
          .approvalNeeded, .overpaidWithoutCash, .underpaid, .basketGone, .unknownCampaign,
          .diskFull,
        ], handler: createSale),
      Operation(
        id: "listSales", method: .get, path: "/api/v1/sales",
        summary: "sales and returns, newest first", access: .roles(.readers),
        query: QueryValues.page + [QueryParameter(name: "businessDate", schema: Schema.date)],
        answers: [.json(Schema.page(of: Schema.ref("Sale")))], handler: listSales),
      Operation(
        id: "getSaleByNumber", method: .get, path: "/api/v1/sales/by-number/{number}",
        summary: "the sale or return with this receipt number: 17, or 1-17",
        access: .roles(.readers),
        answers: [.json(Schema.ref("Sale"))], errors: [.notFound], handler: getSaleByNumber),
      Operation(
        id: "getSale", method: .get, path: "/api/v1/sales/{id}",
        summary: "one sale or return, with what can still come back", access: .roles(.readers),
        answers: [.json(Schema.ref("Sale"))], errors: [.notFound], handler: getSale),
    ]
  }

  private static let saleSchema = Schema.object(
    [
      "id": Schema.id, "tillSessionID": Schema.id,
      "items": Schema.array(of: Schema.ref("Item"), maximum: 200),
      "tenders": Schema.array(of: Schema.ref("Tender"), maximum: 8), "dueFen": Schema.fen,
    ],
    optional: [
      "gift": Schema.ref("Gift"), "basketID": Schema.id, "approvalID": Schema.id,
      "vouchers": Schema.array(of: Schema.text(count: 1...64), maximum: 8),
      "coupons": Schema.array(of: Schema.text(count: 1...64), maximum: 20), "memberID": Schema.id,
      "voucherFen": Schema.fen, "forfeitFen": Schema.fen,
    ])

  private func createSale(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let hash = request.contentHash
    let (wish, codes) = try request.body { fields in
      let codes = try fields.shown()
      return (try fields.sale(hash), codes)
    }
    let (sale, isReplay) = try await guardingCodes(request, isCoded: !codes.vouchers.isEmpty) {
      try await store.complete(wish.showing(try codes.shown()), by: user, atMs: clock.nowMs)
    }
    if !isReplay { drawers.kick(after: .sale(sale)) }
    let cashier = try await displayName(of: sale.value.context.userID, askedBy: user)
    let answer = APIResponse.json(sale.view(cashier: cashier), status: .created)
    return answer.replayed(if: isReplay)
  }

  private func listSales(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let limit = try request.query.limit()
    let date = try request.query.date("businessDate")
    let rows = try await store.sales(
      at: user.stationID, date: date, beforeKey: try request.query.cursor(), limit: limit)
    var views: [(key: Int64, json: JSON)] = []
    for row in rows { views.append((row.key, try await view(row.sale))) }
    return .json(page(views, limit: limit))
  }

  private func getSale(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    return try await answer(try await store.sale(id: try request.id("id"), at: stationID))
  }

  private func getSaleByNumber(_ request: APIRequest) async throws -> APIResponse {
    let (epoch, number) = try request.seriesNumber()
    return try await answer(
      try await store.sale(number: number, epoch: epoch, at: try user(request).stationID))
  }

  private func answer(_ found: StoredSale?) async throws -> APIResponse {
    guard let found else { throw Problem(.notFound) }
    guard case .sale(let sale) = found,
      let balance = try await store.balance(
        of: sale.value.id, at: sale.value.context.stationID)
    else { return .json(try await view(found)) }
    var corrections: [JSON] = []
    for event in balance.corrections { corrections.append(try await correctionView(event)) }
    return .json(
      try await view(found).adding("returnable", balance.returnableView)
        .adding("isGiftReturnable", .bool(balance.book.isGiftLeft))
        .adding("returns", .array(balance.returns.map { .string($0.value.id.text) }))
        .adding("corrections", .array(corrections)))
  }

  /// Either kind as an answer.
  func view(_ stored: StoredSale) async throws -> JSON {
    switch stored {
    case .sale(let sale):
      return sale.view(cashier: try await store.displayName(of: sale.value.context.userID))
    case .saleReturn(let saleReturn):
      let context = saleReturn.value.context
      guard
        case .sale(let original)? = try await store.sale(
          id: saleReturn.value.originalID, at: context.stationID)
      else { throw Problem(.internalError) }
      return saleReturn.view(
        cashier: try await store.displayName(of: context.userID), original: original)
    }
  }
}

extension Fields {
  /// A sale, but for what was shown beside the goods.
  fileprivate mutating func sale(_ hash: [UInt8]) throws -> SaleRequest {
    SaleRequest(
      id: try id("id"), contentHash: hash, tillSessionID: try id("tillSessionID"),
      items: try items(0...Limits.linesPerBasket), gift: try gift(), tendering: try tendering(),
      seenDue: Money(fen: try integer("dueFen", in: 0...Int64.max)),
      seenVouchers: try seenVouchers(), basketID: try optionalID("basketID"),
      approvalID: try optionalID("approvalID"))
  }
}
