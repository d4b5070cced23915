import HTTPTypes
import POS
import POSStore
import Receipt

// The catalogue as a manager keeps it: products, prices, reorder levels, what to order.
extension StaffAPI {
  var productChangeOperations: [Operation] {
    [
      Operation(
        id: "addProduct", method: .post, path: "/api/v1/products",
        summary: "add a product to the catalogue", access: .roles(.managers),
        body: .json(Self.productBody), answers: [.json(Schema.ref("Product"), status: 201)],
        errors: [.idReused, .codeTaken, .badBarcode, .diskFull], handler: addProduct),
      Operation(
        id: "changeProduct", method: .post, path: "/api/v1/products/{id}/changes",
        summary: "change a product or its price; the whole product as it is to be",
        access: .roles(.managers), body: .json(Self.productBody),
        answers: [.json(Schema.ref("Product"), status: 201)],
        errors: [.idReused, .notFound, .codeTaken, .badBarcode, .diskFull],
        handler: changeProduct),
      Operation(
        id: "setReorderLevel", method: .put, path: "/api/v1/products/{id}/reorder-level",
        summary: "when to order a product, and up to how much", access: .roles(.managers),
        body: .json(
          Schema.object(["orderAt": Schema.integer(), "orderUpTo": Schema.integer()])),
        answers: [
          .json(Schema.object(["orderAt": Schema.integer(), "orderUpTo": Schema.integer()]))
        ],
        errors: [.notFound, .diskFull], handler: setReorderLevel),
      Operation(
        id: "deleteReorderLevel", method: .delete, path: "/api/v1/products/{id}/reorder-level",
        summary: "take a product off the reorder list", access: .roles(.managers),
        answers: [.nothing], errors: [.notFound, .diskFull], handler: deleteReorderLevel),
      Operation(
        id: "reorderList", method: .get, path: "/api/v1/stock/reorder",
        summary: "products at or below their mark", access: .roles(.readers),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("ReorderAdvice"))]))],
        handler: reorderList),
      Operation(
        id: "expiringGoods", method: .get, path: "/api/v1/stock/expiring",
        summary: "delivered goods that go bad soon, the first one first",
        access: .roles(.readers),
        query: [QueryParameter(name: "days", schema: Schema.integer(0...365))],
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("ExpiringGoods"))]))],
        handler: expiringGoods),
    ]
      + documentOperations(
        "shelfLabel", at: "/api/v1/products/{id}/shelf-label", "the label of a shelf",
        for: .readers, document: shelfLabel)
  }

  private func shelfLabel(_ request: APIRequest) async throws -> ReceiptDocument {
    let found = try await store.product(
      id: try request.id("id"), at: try user(request).stationID)
    guard let product = found?.product else { throw Problem(.notFound) }
    let policy = store.policies.policy(atMs: clock.nowMs)
    return ReceiptDocument(
      shelfLabel: ShelfLabelFacts(
        name: product.name, unit: product.unit, listPrice: product.listPrice,
        stationPrice: policy.stationPrice(of: product.listPrice),
        barcode: product.barcode?.digits))
  }

  private static let productBody = Schema.object(
    [
      "id": Schema.id, "name": Schema.text(count: 1...100), "category": Schema.text(count: 1...20),
      "unit": Schema.text(count: 1...20), "pricing": Schema.choice(of: Pricing.self),
      "listPriceFen": Schema.integer(1...10_000_000),
    ],
    optional: [
      "barcode": Schema.text(count: 8...13), "itemCode": Schema.text(count: 5...5),
      "origin": Schema.text(count: 0...20),
    ])

  private func addProduct(_ request: APIRequest) async throws -> APIResponse {
    let (requestID, product) = try request.body { fields in
      let id: ProductID = try fields.id("id")
      return (id.uuid, try fields.product(id: id))
    }
    return try await keep(
      product, .new, request,
      ClientRequest(id: requestID, contentHash: request.contentHash))
  }

  private func changeProduct(_ request: APIRequest) async throws -> APIResponse {
    let productID: ProductID = try request.id("id")
    let (requestID, product) = try request.body { fields in
      let id: Identifier<ProductChange> = try fields.id("id")
      return (id.uuid, try fields.product(id: productID))
    }
    let asked: JSON = .members([
      "change": request.json, "productID": .string(productID.text),
    ])
    return try await keep(
      product, .known, request, ClientRequest(id: requestID, contentHash: asked.contentHash))
  }

  private func keep(
    _ product: Product, _ isNew: Store.IsNewProduct, _ request: APIRequest,
    _ clientRequest: ClientRequest
  ) async throws -> APIResponse {
    let user = try user(request)
    let isReplay = try await store.keep(
      product, isNew: isNew, by: user, request: clientRequest, atMs: clock.nowMs)
    let kept = try await store.product(id: product.id, at: user.stationID)
    let policy = store.policies.policy(atMs: clock.nowMs)
    let shown = StockedProduct(product: product, stock: kept?.stock ?? 0)
    return .json(shown.view(policy), status: .created).replayed(if: isReplay)
  }

  private func setReorderLevel(_ request: APIRequest) async throws -> APIResponse {
    let level = try request.body { fields in
      let orderAt = try fields.integer("orderAt", in: 0...Limits.stockCount - 1)
      return ReorderLevel(
        orderAt: orderAt,
        orderUpTo: try fields.integer("orderUpTo", in: orderAt + 1...Limits.stockCount))
    }
    try await store.setReorderLevel(
      level, of: try request.id("id"), at: try user(request).stationID)
    return .json(level.view)
  }

  private func deleteReorderLevel(_ request: APIRequest) async throws -> APIResponse {
    try await store.setReorderLevel(
      nil, of: try request.id("id"), at: try user(request).stationID)
    return .nothing
  }

  private func reorderList(_ request: APIRequest) async throws -> APIResponse {
    let policy = store.policies.policy(atMs: clock.nowMs)
    let today = policy.date(atMs: clock.nowMs)
    let since = BusinessDate(daysSince1970: today.daysSince1970 - 27)
    let advice = try await store.reorderList(
      at: try user(request).stationID, soldSince: since)
    let items = advice.map { item in
      JSON.members([
        "product": item.product.view(policy), "level": item.level.view,
        "toOrder": .integer(item.toOrder), "soldIn28Days": .integer(item.sold),
      ])
    }
    return .json(.members(["items": .array(items)]))
  }

  /// Goods a month past their day are left out: who has not looked by then has written them off.
  private func expiringGoods(_ request: APIRequest) async throws -> APIResponse {
    let days = try request.query.integer("days", in: 0...365) ?? 30
    let policy = store.policies.policy(atMs: clock.nowMs)
    let today = policy.date(atMs: clock.nowMs).daysSince1970
    let batches = try await store.expiring(
      at: try user(request).stationID, from: BusinessDate(daysSince1970: today - 30),
      until: BusinessDate(daysSince1970: today + days))
    let items = batches.map { batch in
      JSON.members([
        "product": batch.product.view(policy), "delivered": .integer(batch.delivered),
        "bestBefore": .string(batch.bestBefore.description),
        "daysLeft": .integer(Int64(batch.bestBefore.daysSince1970 - today)),
      ])
    }
    return .json(.members(["items": .array(items)]))
  }
}

extension ReorderLevel {
  fileprivate var view: JSON {
    .members(["orderAt": .integer(orderAt), "orderUpTo": .integer(orderUpTo)])
  }
}

extension Fields {
  /// The members of a product but for its id.
  fileprivate mutating func product(id: ProductID) throws -> Product {
    Product(
      id: id, barcode: try barcode(), itemCode: try itemCode(),
      name: try text("name", count: 1...Limits.nameLength),
      category: try text("category", count: 1...Limits.wordLength),
      unit: try text("unit", count: 1...Limits.wordLength), pricing: try choice("pricing"),
      listPrice: Money(fen: try integer("listPriceFen", in: 1...Limits.unitPriceFen)),
      origin: try optionalText("origin", count: 0...Limits.wordLength) ?? "")
  }

  private mutating func barcode() throws -> POS.Barcode? {
    guard let digits = try optionalText("barcode", count: 1...40) else { return nil }
    return try ItemRequest.barcode(digits)
  }

  private mutating func itemCode() throws -> String? {
    guard let code = try optionalText("itemCode", count: 1...40) else { return nil }
    guard code.utf8.count == 5, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw refusal(of: "itemCode", expected: "5 digits")
    }
    return code
  }
}
