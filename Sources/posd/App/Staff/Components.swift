import POS

/// The schemas that operations of the staff API name.
enum Components {
  static let all: [JSON.Member] =
    ofTills + ofTerminals + ofMeals + ofPeople + ReliefSchemas.all + [
      JSON.Member("User", user), JSON.Member("Session", session), JSON.Member("Context", context),
      JSON.Member("Product", product), JSON.Member("UnlistedGoods", unlistedGoods),
      JSON.Member("Item", item), JSON.Member("Gift", gift), JSON.Member("Tender", tender),
      JSON.Member("Line", line), JSON.Member("Totals", totals), JSON.Member("Quote", quote),
      JSON.Member("HeldBasket", heldBasket), JSON.Member("Sale", sale),
      JSON.Member("ReturnQuote", returnQuote), JSON.Member("Approval", approval),
      JSON.Member("TillSession", tillSession), JSON.Member("PrintJob", PrintJob.schema),
      JSON.Member("Partner", partner), JSON.Member("StockEvent", stockEvent),
      JSON.Member("ReorderAdvice", reorderAdvice), JSON.Member("ExpiringGoods", expiringGoods),
      JSON.Member("Printer", PrinterView.schema),
    ]

  private static let named = Schema.object(["id": Schema.text, "name": Schema.text])
  static let anything: JSON = .members(["type": "object"])

  private static let user = Schema.object(
    [
      "id": Schema.id, "name": Schema.text, "displayName": Schema.text,
      "role": Schema.choice(of: Role.self), "stationID": Schema.id,
    ], optional: ["centreID": Schema.id])

  private static let session = Schema.object([
    "token": Schema.text, "expiresAtMs": Schema.timeMs, "user": Schema.ref("User"),
  ])

  private static let context = Schema.object([
    "user": Schema.ref("User"), "station": anything, "tills": Schema.array(of: named),
    "businessDate": Schema.date, "policy": anything, "refundLimitFen": Schema.fen,
    "categories": Schema.array(of: Schema.text), "campaigns": Schema.array(of: anything),
    "reasons": Schema.array(of: anything), "cashReasons": Schema.array(of: anything),
    "overShortReasons": Schema.array(of: anything),
    "tenderCorrectionReasons": Schema.array(of: anything),
  ])

  private static let partner = Schema.object([
    "id": Schema.id, "kind": Schema.choice(of: Partner.Kind.self), "name": Schema.text,
  ])

  private static let stockEvent = Schema.object([
    "id": Schema.id, "kind": Schema.text, "stationID": Schema.id, "recordedBy": anything,
    "atMs": Schema.timeMs, "partnerID": Schema.nullable(Schema.id),
    "reason": Schema.nullable(Schema.choice(of: WriteOffReason.self)),
    "lines": Schema.array(of: anything), "costFen": Schema.fen, "journal": anything,
  ])

  private static let reorderAdvice = Schema.object([
    "product": Schema.ref("Product"), "level": anything, "toOrder": Schema.integer(),
    "soldIn28Days": Schema.integer(),
  ])

  private static let expiringGoods = Schema.object([
    "product": Schema.ref("Product"), "delivered": Schema.integer(), "bestBefore": Schema.date,
    "daysLeft": Schema.integer(),
  ])

  private static let product = Schema.object([
    "id": Schema.id, "barcode": Schema.nullable(Schema.text), "name": Schema.text,
    "category": Schema.text, "unit": Schema.text, "pricing": Schema.choice(of: Pricing.self),
    "listPriceFen": Schema.fen, "stationPriceFen": Schema.fen, "stock": Schema.integer(),
    "itemCode": Schema.nullable(Schema.text), "origin": Schema.text,
  ])

  private static let unlistedGoods = Schema.object([
    "barcode": Schema.nullable(Schema.text), "name": Schema.text, "category": Schema.text,
    "lastPriceFen": Schema.fen, "saleCount": Schema.integer(), "lastSoldAtMs": Schema.timeMs,
  ])

  private static let item = Schema.object(
    [:],
    optional: [
      "productID": Schema.id, "barcode": Schema.text(count: 1...40),
      "open": Schema.object(
        [
          "name": Schema.text(count: 1...100), "category": Schema.text(count: 1...20),
          "listPriceFen": Schema.integer(1...10_000_000),
        ], optional: ["barcode": Schema.text(count: 1...20)]),
      "units": Schema.integer(1...9999), "grams": Schema.integer(1...999_999),
      "override": Schema.object([
        "priceFen": Schema.integer(0...10_000_000), "reason": Schema.choice(of: Reason.self),
      ]),
    ])

  private static let gift = Schema.object(
    [:],
    optional: [
      "amountFen": Schema.integer(1...100_000_000), "roundUp": Schema.flag,
      "campaign": Schema.text(count: 1...32),
    ])

  private static let tender = Schema.object(
    ["kind": Schema.choice(of: TenderKind.self)],
    optional: [
      "givenFen": Schema.fen, "amountFen": Schema.fen, "reference": Schema.text(count: 1...64),
    ])

  private static let line = Schema.object(
    [
      "index": Schema.integer(), "name": Schema.text, "category": Schema.text,
      "unit": Schema.text, "listPriceFen": Schema.fen, "stationPriceFen": Schema.fen,
      "listAmountFen": Schema.fen, "concessionFen": Schema.fen,
      "adjustments": Schema.array(of: anything), "netFen": Schema.fen,
      "pledgeMicroYuan": Schema.integer(), "pledge": Schema.text,
    ],
    optional: [
      "productID": Schema.id, "barcode": Schema.text, "units": Schema.integer(),
      "grams": Schema.integer(),
    ])

  private static let totals = Schema.object([
    "listFen": Schema.fen, "concessionFen": Schema.fen, "adjustmentFen": Schema.fen,
    "netFen": Schema.fen, "giftFen": Schema.fen, "dueFen": Schema.fen,
    "pledgeMicroYuan": Schema.integer(), "pledge": Schema.text,
  ])

  private static let quote = Schema.object([
    "policyID": Schema.text, "lines": Schema.array(of: Schema.ref("Line")),
    "gift": Schema.nullable(Schema.ref("Gift")), "totals": Schema.ref("Totals"),
    "payment": Schema.nullable(anything), "cashSuggestionsFen": Schema.array(of: Schema.fen),
    "approvalsNeeded": Schema.array(of: Schema.text), "vouchers": Schema.array(of: anything),
    "coupons": Schema.array(of: anything), "voucherFen": Schema.fen, "forfeitFen": Schema.fen,
    "remainingFen": Schema.fen,
  ])

  private static let heldBasket = Schema.object([
    "id": Schema.id, "label": Schema.text, "items": Schema.array(of: Schema.ref("Item")),
    "gift": Schema.nullable(Schema.ref("Gift")), "heldAtMs": Schema.timeMs,
  ])

  /// A sale or a return; the members of only one kind are optional.
  private static let sale: JSON = .members([
    "type": "object",
    "required": [
      "id", "kind", "number", "stationID", "tillSessionID", "cashier", "businessDate", "atMs",
      "policyID", "lines", "journal",
    ],
    "properties": .members([
      "id": Schema.id, "kind": Schema.choice(["sale", "return"]), "number": Schema.integer(),
      "stationID": Schema.id, "tillSessionID": Schema.id, "cashier": anything,
      "businessDate": Schema.date, "atMs": Schema.timeMs, "policyID": Schema.text,
      "lines": Schema.array(of: anything), "journal": anything,
    ]),
  ])

  private static let returnQuote: JSON = .members([
    "type": "object",
    "required": ["lines", "giftFen", "refundFen", "refunds", "roundingFen", "approvalsNeeded"],
    "properties": .members([
      "lines": Schema.array(of: anything), "giftFen": Schema.fen, "refundFen": Schema.fen,
      "refunds": Schema.array(of: anything), "roundingFen": Schema.fen,
      "approvalsNeeded": Schema.array(of: Schema.text),
    ]),
  ])

  private static let approval = Schema.object([
    "id": Schema.id, "act": Schema.choice(of: ManagedAct.self), "subjectID": Schema.id,
    "expiresAtMs": Schema.timeMs,
  ])

  private static let tillSession = Schema.object([
    "id": Schema.id, "tillID": Schema.id, "stationID": Schema.id, "openedBy": anything,
    "responsible": anything, "openedAtMs": Schema.timeMs, "floatFen": Schema.fen,
    "businessDate": Schema.date, "state": Schema.choice(of: TillState.self),
    "endedAtMs": Schema.nullable(Schema.timeMs), "zNumber": Schema.nullable(Schema.integer()),
    "expectedCashFen": Schema.nullable(Schema.integer()), "saleCount": Schema.integer(),
  ])
}
