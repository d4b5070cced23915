import FoundationEssentials
import GRDB
import POS

/// Programmes, vouchers and coupons as the journal tells of them, one record after the other: the
/// verifier's own sums, which sales and rows are held against.
struct ReliefBooks {
  /// A voucher as its records leave it.
  struct Voucher {
    let stationID: StationID
    let programmeKey: Int64
    let validity: ClosedRange<BusinessDate>
    let worth: Money
    var left: Money
    var state = StoredVoucherState.active
    /// What took its place.
    var replacedBy: VoucherID?
    /// The last record that changed it.
    var key: JournalKey
  }

  /// A coupon as its records leave it.
  struct Coupon {
    let terms: CouponTerms
    let stationID: StationID
    var useCount = 0
    var usesByMember: [MemberID: Int] = [:]
    var endedKey: Int64?
    /// The last record that changed it.
    var key: JournalKey
  }

  struct Repeat {
    let issue: VoucherIssue
    let until: Month
    var last: Month
    var endedKey: Int64?
    var key: JournalKey
  }

  private struct CapKey: Hashable {
    let id: VoucherID
    let day: BusinessDate
  }

  /// By the key of its record, each version.
  var programmes: [Int64: Programme] = [:]
  /// The newest version.
  var newest: [ProgrammeID: (key: Int64, stationID: StationID, version: Int64)] = [:]
  var vouchers: [VoucherID: Voucher] = [:]
  var coupons: [CouponID: Coupon] = [:]
  var repeats: [VoucherIssueID: Repeat] = [:]
  var handOutNumbers: [String: Int64] = [:]
  /// What codes with a cap paid of it.
  private var capSpent: [CapKey: Money] = [:]

  /// Takes in a sale: its coupons and vouchers were what the records before it say, and its lines
  /// and cells follow from them.
  ///
  /// - Throws: a `Finding`.
  mutating func take(_ sale: Sale, policy: CharityPolicy, _ key: JournalKey) throws {
    let offers = try sale.vouchers.enumerated().map { index, placed in
      try offer(placed, at: index, on: sale.businessDate, key)
    }
    let shown = try sale.coupons.map { try offer($0, member: sale.memberID, key) }
    guard sale.follows(coupons: shown, vouchers: offers, policy: policy) else {
      throw key.wrong("its coupons and vouchers do not follow from their terms")
    }
    for placed in sale.vouchers {
      apply(VoucherUse(placed), to: placed.id, on: sale.businessDate, key)
    }
    for coupon in sale.coupons { count(1, coupon.id, by: sale.memberID, key) }
  }

  /// Takes in a return, whose amounts were held against its sale.
  mutating func take(_ made: SaleReturn, of original: Sale, _ key: JournalKey) throws {
    for refund in made.vouchers {
      guard vouchers[refund.id] != nil else { throw key.wrong("its voucher was never issued") }
      apply(VoucherUse(refund), to: refund.id, on: original.businessDate, key)
    }
    for id in made.couponsBack { count(-1, id, by: original.memberID, key) }
  }

  private func offer(
    _ placed: PlacedVoucher, at index: Int, on day: BusinessDate, _ key: JournalKey
  ) throws -> VoucherOffer {
    guard let voucher = vouchers[placed.id], let programme = programmes[voucher.programmeKey] else {
      throw key.wrong("its voucher was never issued")
    }
    guard voucher.state == .active, voucher.left == placed.worth else {
      throw key.wrong("its voucher is not worth what the records before it left")
    }
    // Nobody without the keys knows the code; among equals the order is the sale's.
    return VoucherOffer(
      id: placed.id, terms: programme.terms, worth: voucher.left,
      spentToday: capSpent[CapKey(id: placed.id, day: day)] ?? .zero,
      validFrom: voucher.validity.lowerBound, expiry: voucher.validity.upperBound,
      codeOrder: "\(index)")
  }

  private func offer(
    _ applied: AppliedCoupon, member: MemberID?, _ key: JournalKey
  ) throws -> CouponOffer {
    guard let coupon = coupons[applied.id] else {
      throw key.wrong("its coupon was never given out")
    }
    return CouponOffer(
      terms: coupon.terms, usesInAll: coupon.useCount,
      usesByMember: member.map { coupon.usesByMember[$0] ?? 0 } ?? 0,
      isEnded: coupon.endedKey != nil)
  }

  private mutating func apply(
    _ use: VoucherUse, to id: VoucherID, on day: BusinessDate, _ key: JournalKey
  ) {
    if let voucher = vouchers[id], programmes[voucher.programmeKey]?.terms.dailyCap != nil {
      capSpent[CapKey(id: id, day: day), default: .zero] += use.amount
    }
    var current = id
    while let next = vouchers[current]?.replacedBy { current = next }
    guard use.change != .zero else { return }
    vouchers[current]?.left += use.change
    vouchers[current]?.key = key
  }

  private mutating func count(
    _ count: Int, _ id: CouponID, by member: MemberID?, _ key: JournalKey
  ) {
    coupons[id]?.useCount += count
    coupons[id]?.key = key
    if let member { coupons[id]?.usesByMember[member, default: 0] += count }
  }
}

extension ReliefBooks {
  /// Holds what may change of vouchers, coupons and repeats against what was told.
  func check(_ db: Database) throws {
    try checkVouchers(db)
    try checkCoupons(db)
    try checkRepeats(db)
  }

  private func checkVouchers(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT id, leftFen, state FROM voucher")
    while let row = try rows.next() {
      guard let uuid = try row.uuid(at: 0), let told = vouchers[VoucherID(uuid)] else {
        throw Finding(place: "voucher", problem: "has a row that is not in the journal")
      }
      guard row.integer(at: 1) == told.left.fen else {
        throw told.key.wrong("leftFen of its voucher is not what its uses leave")
      }
      guard row.text(at: 2) == told.state.rawValue else {
        throw told.key.wrong("state of its voucher differs from the journal")
      }
    }
  }

  private func checkCoupons(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT id, useCount, endedKey FROM coupon")
    while let row = try rows.next() {
      guard let uuid = try row.uuid(at: 0), let told = coupons[CouponID(uuid)] else {
        throw Finding(place: "coupon", problem: "has a row that is not in the journal")
      }
      guard row.integer(at: 1) == Int64(told.useCount) else {
        throw told.key.wrong("useCount of its coupon is not that of its uses")
      }
      guard row[2] as DatabaseValue == told.endedKey.databaseValue else {
        throw told.key.wrong("endedKey of its coupon differs from the journal")
      }
    }
  }

  private func checkRepeats(_ db: Database) throws {
    var untold = repeats
    let rows = try Row.fetchAll(db, sql: "SELECT * FROM voucherRepeat")
    for row in rows {
      guard let data = row["issueID"] as Data?, data.count == 16,
        let told = untold.removeValue(forKey: VoucherIssueID(data))
      else {
        throw Finding(place: "voucherRepeat", problem: "has a row that is not in the journal")
      }
      try RowsOfRecord.check(
        row, "voucherRepeat", of: told.key,
        [
          "lastMonth": told.last.description, "untilMonth": told.until.description,
          "endedKey": told.endedKey,
        ])
    }
    if let missing = untold.values.min(by: { $0.key.value < $1.key.value }) {
      throw missing.key.wrong("its voucherRepeat is missing")
    }
  }
}
