import HTTPTypes
import POS
import POSStore

extension StaffAPI {
  var productOperations: [Operation] {
    [
      Operation(
        id: "listProducts", method: .get, path: "/api/v1/products", summary: "the catalogue",
        access: .roles(.readers), query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("Product")))], handler: listProducts),
      Operation(
        id: "searchProducts", method: .get, path: "/api/v1/products/search",
        summary: "goods by name, pinyin initials or part of a barcode",
        access: .roles(.readers),
        query: [
          QueryParameter(name: "q", schema: Schema.text(count: 1...100), need: .required),
          QueryParameter(name: "limit", schema: Schema.integer(1...200)),
        ],
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Product"))]))],
        handler: searchProducts),
      Operation(
        id: "scanBarcode", method: .get, path: "/api/v1/products/by-barcode/{digits}",
        summary: "what a scan means", access: .roles(.readers),
        answers: [
          .json(Schema.object(["product": Schema.ref("Product"), "item": Schema.ref("Item")]))
        ],
        errors: [.badBarcode, .unknownBarcode, .emptyLabel, .wrongQuantity], handler: scan),
      Operation(
        id: "getProduct", method: .get, path: "/api/v1/products/{id}", summary: "one product",
        access: .roles(.readers), answers: [.json(Schema.ref("Product"))], errors: [.notFound],
        handler: getProduct),
      Operation(
        id: "listUnlistedGoods", method: .get, path: "/api/v1/unlisted-goods",
        summary: "goods sold without a catalogue entry", access: .roles(.supervisors),
        answers: [
          .json(Schema.object(["items": Schema.array(of: Schema.ref("UnlistedGoods"))]))
        ], handler: listUnlisted),
    ]
  }

  private var policy: CharityPolicy { store.policies.policy(atMs: clock.nowMs) }

  private func listProducts(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let rows = try await store.products(
      at: try user(request).stationID, afterKey: try request.query.cursor() ?? 0, limit: limit)
    let policy = policy
    return .json(page(rows.map { ($0.key, $0.product.view(policy)) }, limit: limit))
  }

  private func searchProducts(_ request: APIRequest) async throws -> APIResponse {
    let typed = try request.query.text("q", count: 1...100) ?? ""
    let limit = try request.query.integer("limit", in: 1...200) ?? 20
    let found = try await store.search(
      typed, at: try user(request).stationID, limit: limit)
    let policy = policy
    return .json(.members(["items": .array(found.map { $0.view(policy) })]))
  }

  private func scan(_ request: APIRequest) async throws -> APIResponse {
    let digits = request.pathText("digits")
    let (product, isLabel) = try await store.scan(digits, at: try user(request).stationID)
    let item: JSON =
      isLabel || product.product.pricing == .weighed
      ? .members(["barcode": .string(digits)])
      : .members(["barcode": .string(digits), "units": 1])
    return .json(.members(["product": product.view(policy), "item": item]))
  }

  private func getProduct(_ request: APIRequest) async throws -> APIResponse {
    let found = try await store.product(
      id: try request.id("id"), at: try user(request).stationID)
    guard let found else { throw Problem(.notFound) }
    return .json(found.view(policy))
  }

  private func listUnlisted(_ request: APIRequest) async throws -> APIResponse {
    let goods = try await store.unlistedGoods(at: try user(request).stationID)
    return .json(
      .members([
        "items": .array(
          goods.map {
            .members([
              "barcode": $0.barcode.map(JSON.string) ?? .null, "name": .string($0.name),
              "category": .string($0.category), "lastPriceFen": .integer($0.lastPrice.fen),
              "saleCount": .integer($0.saleCount), "lastSoldAtMs": .integer($0.lastSoldAtMs),
            ])
          })
      ]))
  }
}

extension StockedProduct {
  /// The product as pages show it, with today's station price.
  func view(_ policy: CharityPolicy) -> JSON {
    .members([
      "id": .string(product.id.text),
      "barcode": product.barcode.map { .string($0.digits) } ?? .null,
      "name": .string(product.name), "category": .string(product.category),
      "unit": .string(product.unit), "pricing": .string(product.pricing.rawValue),
      "listPriceFen": .integer(product.listPrice.fen),
      "stationPriceFen": .integer(policy.stationPrice(of: product.listPrice).fen),
      "itemCode": product.itemCode.map { .string($0) } ?? .null,
      "origin": .string(product.origin),
      "stock": .integer(stock),
    ])
  }
}
