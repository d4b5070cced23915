import POS
import POSStore

// How vouchers, coupons and programmes are written in requests; every limit of the rules is held
// here.
extension Fields {
  /// Elements of any list a manager writes.
  private static let mostElements = 100

  /// The codes of vouchers and coupons, and the member; codes of vouchers as they were typed.
  mutating func shown() throws -> ShownCodes {
    let vouchers = try optionalTexts("vouchers", 0...ShownRelief.mostVouchers, count: 1...64) ?? []
    let coupons = try optionalTexts("coupons", 0...ShownRelief.mostCoupons, count: 1...64) ?? []
    return ShownCodes(
      vouchers: vouchers, coupons: coupons.map { CouponTerms.folded($0) },
      memberID: try optionalID("memberID"))
  }

  /// What the cashier saw of the vouchers: both, or neither without vouchers.
  mutating func seenVouchers() throws -> SeenVouchers {
    SeenVouchers(
      paid: Money(fen: try optionalInteger("voucherFen", in: 0...Int64.max) ?? 0),
      forfeited: Money(fen: try optionalInteger("forfeitFen", in: 0...Int64.max) ?? 0))
  }

  /// The rules of a programme.
  mutating func programme(_ id: ProgrammeID) throws -> Programme {
    let kind: VoucherKind = try choice("kind")
    let policy: VoucherRefundPolicy = try choice("refundPolicy")
    guard kind == .balance || policy != .toBalance else {
      throw refusal(of: "refundPolicy", expected: "toProgramme or lost: there is no balance")
    }
    let cap = try optionalInteger("dailyCapFen", in: 1...Limits.tenderFen)
    guard kind == .balance || cap == nil else {
      throw refusal(of: "dailyCapFen", expected: "none: it is for one visit")
    }
    return Programme(
      terms: VoucherTerms(
        programmeID: id, kind: kind, goods: try goods(), window: try window(),
        dailyCap: cap.map(Money.init(fen:)), refundPolicy: policy),
      version: 1, name: try text("name", count: 1...40),
      nameEn: try optionalText("nameEn", count: 0...60) ?? "",
      funder: try text("funder", count: 1...40),
      people: try optionalTexts("people", 1...Self.mostElements, count: 1...Limits.wordLength)
        .map(Set.init),
      isEnded: try flag("isEnded", standard: false))
  }

  /// The terms of a coupon.
  mutating func coupon(_ id: CouponID) throws -> CouponTerms {
    let code = CouponTerms.folded(try text("code", count: 1...64))
    guard (3...32).contains(code.utf8.count), CouponTerms.isCode(code) else {
      throw refusal(of: "code", expected: "3…32 letters A…Z and digits")
    }
    let holder = try holder()
    let perPerson = try optionalInteger("usesPerPerson", in: 1...1_000_000)
    guard perPerson == nil || holder != .anyone else {
      throw refusal(of: "usesPerPerson", expected: "none: uses of anyone are nobody's")
    }
    return CouponTerms(
      id: id, code: code, name: try text("name", count: 1...40),
      nameEn: try optionalText("nameEn", count: 0...60) ?? "", kind: try couponKind(),
      payer: try payer(), holder: holder,
      minimumSpend: Money(
        fen: try optionalInteger("minimumSpendFen", in: 0...Limits.tenderFen) ?? 0),
      goods: try goods(), window: try window(), usesPerPerson: perPerson.map { Int($0) },
      usesInAll: try optionalInteger("usesInAll", in: 1...1_000_000).map { Int($0) },
      stackGroup: try optionalText("stackGroup", count: 1...Limits.wordLength),
      priority: Int(try optionalInteger("priority", in: 0...1000) ?? 0),
      returnsOnFullReturn: try flag("returnsOnFullReturn", standard: false))
  }

  private mutating func couponKind() throws -> CouponKind {
    let points = try optionalInteger("basisPoints", in: 1...10_000)
    let amount = try optionalInteger("amountFen", in: 1...Limits.tenderFen)
    switch (try text("kind", count: 1...20), points, amount) {
    case ("memberPercent", let points?, nil): return .memberPercent(BasisPoints(points))
    case ("amountOff", nil, let amount?): return .amountOff(Money(fen: amount))
    default:
      throw refusal(
        of: "kind", expected: "memberPercent with basisPoints, or amountOff with amountFen")
    }
  }

  private mutating func payer() throws -> AdjustmentPayer {
    let text = try text("payer", count: 1...48)
    let id = text.hasPrefix("sponsor:") ? text.dropFirst("sponsor:".count) : "x"
    guard let payer = AdjustmentPayer(text), !id.isEmpty, id != "fund",
      id.utf8.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d })
    else {
      throw refusal(
        of: "payer", expected: "station, fund, or sponsor: and an id of small letters, digits, -")
    }
    return payer
  }

  private mutating func holder() throws -> CouponHolder {
    guard let text = try optionalText("holder", count: 1...36) else { return .anyone }
    guard let holder = CouponHolder(text) else {
      throw refusal(of: "holder", expected: "anyone, members, or the id of a member")
    }
    return holder
  }

  private mutating func goods() throws -> GoodsSet {
    try optionalObject("goods") { fields in
      let range = 1...Limits.wordLength
      return GoodsSet(
        allowed: try fields.optionalTexts("allowed", 1...Self.mostElements, count: range)
          .map(Set.init),
        denied: Set(try fields.optionalTexts("denied", 0...Self.mostElements, count: range) ?? []))
    } ?? .all
  }

  private mutating func window() throws -> UseWindow {
    try optionalObject("window") { fields in
      let window = UseWindow(
        stations: try fields.optionalSet("stations", "ids of stations") {
          $0.stringValue.flatMap { StationID($0) }
        }, from: try fields.optionalDate("from"), until: try fields.optionalDate("until"),
        weekdays: try fields.optionalSet("weekdays", "1…7, Monday is 1") {
          $0.integerValue.flatMap { Int(exactly: $0) }.flatMap(Weekday.init(rawValue:))
        },
        hours: try fields.optionalSet("hours", "pairs of minutes after midnight") {
          Self.hours($0)
        }.map { $0.sorted { $0.fromMinute < $1.fromMinute } })
      if let from = window.from, let until = window.until, until < from {
        throw fields.refusal(of: "until", expected: "not before from")
      }
      return window
    } ?? .always
  }

  private static func hours(_ json: JSON) -> HourRange? {
    guard let pair = json.arrayValue, pair.count == 2,
      let from = pair[0].integerValue.flatMap({ Int(exactly: $0) }),
      let until = pair[1].integerValue.flatMap({ Int(exactly: $0) })
    else { return nil }
    return HourRange(fromMinute: from, untilMinute: until)
  }
}

// Lists of plain values.
extension Fields {
  /// Texts, none twice, if the member is there.
  mutating func optionalTexts(
    _ name: String, _ elements: ClosedRange<Int>, count: ClosedRange<Int>
  ) throws -> [String]? {
    guard let value = take(name) else { return nil }
    let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
    guard let list = value.arrayValue, texts.count == list.count, elements.contains(list.count),
      texts.allSatisfy({ count.contains($0.unicodeScalars.count) && PlainText.isPlain($0) })
    else {
      throw refusal(
        of: name, expected: "\(elements.lowerBound)…\(elements.upperBound) texts")
    }
    return texts
  }

  /// Values, none twice and not none, if the member is there.
  mutating func optionalSet<Value: Hashable>(
    _ name: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws -> Set<Value>? {
    guard let value = take(name) else { return nil }
    let values = Set(value.arrayValue?.compactMap(read) ?? [])
    guard let list = value.arrayValue, !list.isEmpty, list.count <= 100,
      values.count == list.count
    else { throw refusal(of: name, expected: expected) }
    return values
  }

  /// Ids, none twice, if the member is there.
  mutating func optionalIDs<Subject>(
    _ name: String, _ count: ClosedRange<Int>, of: Identifier<Subject>.Type
  ) throws -> [Identifier<Subject>]? {
    guard let value = take(name) else { return nil }
    let ids = value.arrayValue?.compactMap { $0.stringValue.flatMap { Identifier<Subject>($0) } }
    guard let ids, ids.count == value.arrayValue?.count, count.contains(ids.count),
      Set(ids).count == ids.count
    else {
      throw refusal(of: name, expected: "\(count.lowerBound)…\(count.upperBound) ids, each once")
    }
    return ids
  }

  /// A date: `2026-11-21`.
  mutating func date(_ name: String) throws -> BusinessDate {
    guard let date = try optionalDate(name) else {
      throw Problem(.missingMember, ["member": .string(path(of: name))])
    }
    return date
  }

  /// A date, if the member is there.
  mutating func optionalDate(_ name: String) throws -> BusinessDate? {
    try optionalText(name, count: 10...10).map { text in
      guard let date = BusinessDate(text) else {
        throw refusal(of: name, expected: "a date: 2026-11-21")
      }
      return date
    }
  }
}

/// Codes as a request has them.
struct ShownCodes: Sendable {
  let vouchers: [String]
  let coupons: [String]
  let memberID: MemberID?

  /// The codes, each once.
  ///
  /// - Throws: `bad_voucher_code` for the first whose check characters do not fit.
  func shown() throws -> ShownRelief {
    var codes: [VoucherCode] = []
    for (index, text) in vouchers.enumerated() {
      guard let code = VoucherCode(text) else {
        throw Problem(.badVoucherCode, ["index": .integer(Int64(index))])
      }
      if !codes.contains(code) { codes.append(code) }
    }
    return ShownRelief(vouchers: codes, coupons: coupons, memberID: memberID)
  }
}
