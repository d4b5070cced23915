import HTTPTypes
import POS
import POSStore

// Goods that come and go otherwise than over the counter.
extension StaffAPI {
  var stockOperations: [Operation] {
    [
      Operation(
        id: "addPartner", method: .post, path: "/api/v1/partners",
        summary: "add a supplier or a donor: an organisation, not a person",
        access: .roles(.managers),
        body: .json(
          Schema.object([
            "id": Schema.id, "kind": Schema.choice(of: Partner.Kind.self),
            "name": Schema.text(count: 1...40),
          ])),
        answers: [.json(Schema.ref("Partner"), status: 201)],
        errors: [.idReused, .partnerNameTaken, .diskFull], handler: addPartner),
      Operation(
        id: "listPartners", method: .get, path: "/api/v1/partners",
        summary: "suppliers and donors, by name", access: .roles(.readers),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Partner"))]))],
        handler: listPartners),
      stockOperation(
        "recordDelivery", "deliveries", "goods brought by a supplier or a donor",
        Schema.object(["id": Schema.id, "partnerID": Schema.id, "lines": Self.deliveryLines]),
        handler: recordDelivery),
      stockOperation(
        "recordSentBack", "sent-back", "goods given back to a supplier",
        Schema.object(["id": Schema.id, "partnerID": Schema.id, "lines": Self.deliveryLines]),
        handler: recordSentBack),
      stockOperation(
        "recordWriteOff", "write-offs", "goods thrown away or used up",
        Schema.object([
          "id": Schema.id, "reason": Schema.choice(of: WriteOffReason.self),
          "lines": Self.stockLines,
        ]), handler: recordWriteOff),
      stockOperation(
        "recordStocktake", "counts", "goods counted; the answer has the differences",
        Schema.object(["id": Schema.id, "lines": Self.stockLines]), handler: recordStocktake),
      Operation(
        id: "listStockEvents", method: .get, path: "/api/v1/stock/events",
        summary: "deliveries, write-offs and stocktakes, newest first",
        access: .roles(.readers), query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("StockEvent")))], handler: listStockEvents),
    ]
  }

  private static let stockLines = Schema.array(
    of: Schema.object(
      ["productID": Schema.id],
      optional: ["units": Schema.integer(), "grams": Schema.integer()]), maximum: 200)

  private static let deliveryLines = Schema.array(
    of: Schema.object(
      ["productID": Schema.id],
      optional: [
        "units": Schema.integer(), "grams": Schema.integer(), "costFen": Schema.fen,
        "bestBefore": Schema.date,
      ]), maximum: 200)

  private func stockOperation(
    _ id: String, _ path: String, _ summary: String, _ body: JSON,
    handler: @escaping Operation.Handler
  ) -> Operation {
    Operation(
      id: id, method: .post, path: "/api/v1/stock/\(path)", summary: summary,
      access: .roles(.managers), body: .json(body),
      answers: [.json(Schema.ref("StockEvent"), status: 201)],
      errors: [.idReused, .notFound, .unknownProduct, .wrongQuantity, .diskFull],
      handler: handler)
  }

  private func addPartner(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let partner = try request.body { fields in
      Partner(
        id: try fields.id("id"), stationID: user.stationID, kind: try fields.choice("kind"),
        name: try fields.text("name", count: 1...40))
    }
    let isReplay = try await store.add(
      partner, by: user,
      request: ClientRequest(id: partner.id.uuid, contentHash: request.contentHash),
      atMs: clock.nowMs)
    return .json(partner.view, status: .created).replayed(if: isReplay)
  }

  private func listPartners(_ request: APIRequest) async throws -> APIResponse {
    let partners = try await store.partners(at: try user(request).stationID)
    return .json(.members(["items": .array(partners.map(\.view))]))
  }

  private func recordDelivery(_ request: APIRequest) async throws -> APIResponse {
    try await record(request) { fields in
      (.delivered(by: try fields.id("partnerID")), try fields.stockLines(.delivery))
    }
  }

  private func recordSentBack(_ request: APIRequest) async throws -> APIResponse {
    try await record(request) { fields in
      (.sentBack(to: try fields.id("partnerID")), try fields.stockLines(.delivery))
    }
  }

  private func recordWriteOff(_ request: APIRequest) async throws -> APIResponse {
    try await record(request) { fields in
      (.writtenOff(try fields.choice("reason")), try fields.stockLines(.writeOff))
    }
  }

  private func recordStocktake(_ request: APIRequest) async throws -> APIResponse {
    try await record(request) { fields in (.counted, try fields.stockLines(.count)) }
  }

  private func record(
    _ request: APIRequest, _ read: (inout Fields) throws -> (StockChange, [StockLine])
  ) async throws -> APIResponse {
    let user = try user(request)
    let event = try request.body { fields in
      let id: StockEventID = try fields.id("id")
      let (change, lines) = try read(&fields)
      return StockEvent(
        id: id, stationID: user.stationID, userID: user.id, change: change, lines: lines)
    }
    let (stored, isReplay) = try await store.record(
      StockRequest(event: event, contentHash: request.contentHash), atMs: clock.nowMs)
    let answer = APIResponse.json(try await view(stored, for: user), status: .created)
    return answer.replayed(if: isReplay)
  }

  private func listStockEvents(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let limit = try request.query.limit()
    let events = try await store.stockEvents(
      at: user.stationID, beforeKey: try request.query.cursor(), limit: limit)
    var rows: [(key: Int64, json: JSON)] = []
    for event in events { rows.append((event.key, try await view(event, for: user))) }
    return .json(page(rows, limit: limit))
  }

  private func view(_ stored: StoredStockEvent, for user: User) async throws -> JSON {
    let event = stored.event
    let (partnerID, reason): (PartnerID?, WriteOffReason?) =
      switch event.change {
      case .delivered(let id), .sentBack(let id): (id, nil)
      case .writtenOff(let reason): (nil, reason)
      case .counted: (nil, nil)
      }
    let moved = zip(event.lines, event.movements).map { line, movement in
      line.json.adding("moved", .integer(movement.count))
    }
    return .members([
      "id": .string(event.id.text), "kind": .string(event.change.kind.rawValue),
      "stationID": .string(event.stationID.text),
      "recordedBy": personView(
        event.userID, try await displayName(of: event.userID, askedBy: user)),
      "atMs": .integer(stored.atMs), "partnerID": partnerID.map { .string($0.text) } ?? .null,
      "reason": reason.map { .string($0.rawValue) } ?? .null, "lines": .array(moved),
      "costFen": .integer(event.cost.fen),
      "journal": .members(["checkCode": .string(stored.head.checkCode)]),
    ])
  }
}

extension Partner {
  fileprivate var view: JSON {
    .members([
      "id": .string(id.text), "kind": .string(kind.rawValue), "name": .string(name),
    ])
  }
}

extension Fields {
  fileprivate enum StockLines {
    case delivery
    case writeOff
    case count
  }

  /// The lines of a stock event; no product twice.
  fileprivate mutating func stockLines(_ kind: StockLines) throws -> [StockLine] {
    var seen = Set<ProductID>()
    return try objects("lines", count: 1...Limits.linesPerBasket) { fields in
      let line = try fields.stockLine(kind)
      guard seen.insert(line.productID).inserted else {
        throw fields.refusal(of: "productID", expected: "each product once")
      }
      return line
    }
  }

  private mutating func stockLine(_ kind: StockLines) throws -> StockLine {
    let least: Int64 = kind == .count ? 0 : 1
    let productID: ProductID = try id("productID")
    let units = try optionalInteger("units", in: least...Limits.stockCount)
    let grams = try optionalInteger("grams", in: least...Limits.stockCount)
    let quantity: Quantity
    switch (units, grams) {
    case (let units?, nil): quantity = .units(units)
    case (nil, let grams?): quantity = .grams(grams)
    case (nil, nil), (_?, _?): throw refusal(of: "units", expected: "units or grams")
    }
    guard kind == .delivery else { return StockLine(productID: productID, quantity: quantity) }
    let cost = try optionalInteger("costFen", in: 0...Limits.tenderFen)
    return StockLine(
      productID: productID, quantity: quantity, cost: cost.map { Money(fen: $0) },
      bestBefore: try optionalDate("bestBefore"))
  }
}
