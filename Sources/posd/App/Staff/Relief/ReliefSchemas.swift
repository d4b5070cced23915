import POS
import POSStore

/// The schemas of vouchers, coupons and relief.
enum ReliefSchemas {
  static let all = [
    JSON.Member("Programme", programme), JSON.Member("VoucherIssue", issue),
    JSON.Member("Voucher", voucher), JSON.Member("Coupon", coupon),
    JSON.Member("HandOut", handOut), JSON.Member("Claim", claim),
  ]

  private static let words = Schema.array(of: Schema.text(count: 1...20), maximum: 100)
  private static let goods = Schema.object([:], optional: ["allowed": words, "denied": words])
  private static let window = Schema.object(
    [:],
    optional: [
      "stations": Schema.array(of: Schema.id, maximum: 100), "from": Schema.date,
      "until": Schema.date, "weekdays": Schema.array(of: Schema.integer(1...7), maximum: 7),
      "hours": Schema.array(of: Schema.array(of: Schema.integer(0...1440), maximum: 2)),
    ])

  static let programmeRequest = Schema.object(
    [
      "id": Schema.id, "name": Schema.text(count: 1...40), "funder": Schema.text(count: 1...40),
      "kind": Schema.choice(of: VoucherKind.self),
      "refundPolicy": Schema.choice(of: VoucherRefundPolicy.self),
    ],
    optional: [
      "nameEn": Schema.text(count: 0...60), "people": words, "dailyCapFen": Schema.fen,
      "goods": goods, "window": window, "isEnded": Schema.flag,
    ])

  private static let programme: JSON = .members([
    "type": "object",
    "properties": .members([
      "id": Schema.id, "version": Schema.integer(), "name": Schema.text, "nameEn": Schema.text,
      "funder": Schema.text, "people": Schema.nullable(words),
      "kind": Schema.choice(of: VoucherKind.self),
      "refundPolicy": Schema.choice(of: VoucherRefundPolicy.self),
      "dailyCapFen": Schema.nullable(Schema.fen), "goods": goods, "window": window,
      "isEnded": Schema.flag,
    ]),
  ])

  static let issueRequest = Schema.object(
    [
      "id": Schema.id, "amountFen": Schema.integer(1...Limits.tenderFen), "validFrom": Schema.date,
      "validUntil": Schema.date,
    ],
    optional: [
      "people": Schema.array(of: Schema.id, maximum: Int64(VoucherIssue.mostVouchers)),
      "bearerCount": Schema.integer(1...Int64(VoucherIssue.mostVouchers)),
      "repeatMonthly": Schema.text(count: 7...7),
    ])

  private static let issue: JSON = .members([
    "type": "object",
    "properties": .members([
      "id": Schema.id, "programmeID": Schema.id, "version": Schema.integer(),
      "worthFen": Schema.fen, "validFrom": Schema.date, "validUntil": Schema.date,
      "month": Schema.text, "repeatUntil": Schema.nullable(Schema.text),
      "repeats": Schema.nullable(Schema.id), "isForPeople": Schema.flag,
      "voucherCount": Schema.integer(), "atMs": Schema.timeMs,
    ]),
  ])

  private static let voucher: JSON = .members([
    "type": "object",
    "properties": .members([
      "voucherID": Schema.id, "codeEnd": Schema.text, "programme": Components.anything,
      "kind": Schema.choice(of: VoucherKind.self), "worthFen": Schema.fen, "leftFen": Schema.fen,
      "validFrom": Schema.date, "validUntil": Schema.date,
      "state": Schema.choice([
        "active", "spent", "expired", "notYetValid", "blocked", "replaced",
      ]), "goods": goods, "window": window, "personID": Schema.nullable(Schema.id),
    ]),
  ])

  static let couponRequest = Schema.object(
    [
      "id": Schema.id, "code": Schema.text(count: 3...64), "name": Schema.text(count: 1...40),
      "kind": Schema.choice(["memberPercent", "amountOff"]), "payer": Schema.text(count: 1...48),
    ],
    optional: [
      "nameEn": Schema.text(count: 0...60), "basisPoints": Schema.integer(1...10_000),
      "amountFen": Schema.fen, "holder": Schema.text(count: 1...36),
      "minimumSpendFen": Schema.fen, "goods": goods, "window": window,
      "usesPerPerson": Schema.integer(1...1_000_000), "usesInAll": Schema.integer(1...1_000_000),
      "stackGroup": Schema.text(count: 1...20), "priority": Schema.integer(0...1000),
      "returnsOnFullReturn": Schema.flag,
    ])

  private static let coupon: JSON = .members([
    "type": "object",
    "properties": .members([
      "id": Schema.id, "code": Schema.text, "name": Schema.text, "nameEn": Schema.text,
      "kind": Schema.text, "payer": Schema.text, "holder": Schema.text, "goods": goods,
      "window": window, "useCount": Schema.integer(), "isEnded": Schema.flag,
    ]),
  ])

  private static let handOut: JSON = .members([
    "type": "object",
    "properties": .members([
      "id": Schema.id, "number": Schema.integer(), "programmeID": Schema.id,
      "personID": Schema.id, "lines": Schema.array(of: Components.anything),
    ]),
  ])

  private static let claim: JSON = .members([
    "type": "object",
    "properties": .members([
      "kind": Schema.choice(["programme", "sponsor"]), "id": Schema.text, "name": Schema.text,
      "funder": Schema.text, "amountFen": Schema.fen, "forfeitedFen": Schema.fen,
      "lineCount": Schema.integer(), "checks": Schema.array(of: Components.anything),
    ]),
  ])
}
