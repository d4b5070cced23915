import FoundationEssentials
import POS
import POSStore

/// Example programmes, vouchers and coupons of `posd demo`, for a visitor to try.
struct DemoRelief {
  private static let goodForDays = 60

  let store: Store
  let manager: User
  let nowMs: Int64

  /// Makes them; a line for each code: `voucher KIND YUAN CODE` and `coupon CODE`.
  func prepare() async throws -> [String] {
    var lines: [String] = []
    let allowance = try await add(
      "爱心购物补贴", "Care allowance", .balance, .toBalance, GoodsSet(denied: ["零食"]))
    lines += try await issue(of: allowance, 3, Money(fen: 5000))
    let festival = try await add(
      "节日慰问券", "Festival voucher", .singleUse, .toProgramme, .all)
    lines += try await issue(of: festival, 2, Money(fen: 2000))
    for terms in coupons {
      let (event, _) = try await store.add(terms, by: manager, asked(terms.id.uuid))
      lines.append("coupon \(event.body["coupon"]?["code"]?.stringValue ?? "")")
    }
    return lines
  }

  private var coupons: [CouponTerms] {
    [
      CouponTerms(
        id: CouponID(UUID()), code: "WELCOME", name: "满20减3", nameEn: "3 off 20",
        kind: .amountOff(Money(fen: 300)), payer: .fund, minimumSpend: Money(fen: 2000)),
      CouponTerms(
        id: CouponID(UUID()), code: "MEMBER5", name: "会员95折", nameEn: "Members: 5 % off",
        kind: .memberPercent(BasisPoints(500)), payer: .station, holder: .members),
    ]
  }

  private func add(
    _ name: String, _ nameEn: String, _ kind: VoucherKind, _ policy: VoucherRefundPolicy,
    _ goods: GoodsSet
  ) async throws -> Programme {
    let id = ProgrammeID(UUID())
    let programme = Programme(
      terms: VoucherTerms(programmeID: id, kind: kind, goods: goods, refundPolicy: policy),
      version: 1, name: name, nameEn: nameEn, funder: "区慈善总会", people: nil, isEnded: false)
    _ = try await store.add(programme, by: manager, asked(id.uuid))
    return programme
  }

  private func issue(
    of programme: Programme, _ count: Int, _ worth: Money
  ) async throws -> [String] {
    let today = BusinessDate(atMs: nowMs)
    let last = BusinessDate(daysSince1970: today.daysSince1970 + Self.goodForDays)
    let id = VoucherIssueID(UUID())
    let (event, _) = try await store.issue(
      VoucherIssue(
        id: id, programmeID: programme.id, recipients: .bearers(count), worth: worth,
        validity: today...last, repeatUntil: nil), by: manager, asked(id.uuid))
    var lines: [String] = []
    for voucher in try VoucherIssue.vouchers(of: event.body) {
      let code = try await store.code(of: voucher.id)
      lines.append(
        "voucher \(programme.terms.kind.rawValue) \(worth.yuanText) \(code.grouped)")
    }
    return lines
  }

  private func asked(_ id: UUID) -> TillRequest {
    TillRequest(
      request: ClientRequest(
        id: id, contentHash: JSON.string(Identifier<Store>(id).text).contentHash), atMs: nowMs)
  }
}
