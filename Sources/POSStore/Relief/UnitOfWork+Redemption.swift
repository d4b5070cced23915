import FoundationEssentials
import GRDB
public import POS

/// What was shown for a basket beside the goods.
public struct ShownRelief: Equatable, Sendable {
  /// A sale's most vouchers and coupons.
  public static let mostVouchers = 8
  public static let mostCoupons = 20

  public let vouchers: [VoucherCode]
  /// Codes of coupons, as they are kept.
  public let coupons: [String]
  public let memberID: MemberID?

  public init(
    vouchers: [VoucherCode] = [], coupons: [String] = [], memberID: MemberID? = nil
  ) {
    self.vouchers = vouchers
    self.coupons = coupons
    self.memberID = memberID
  }

  /// Nothing but goods.
  public static let none = ShownRelief()
}

// Vouchers and coupons in the unit of a sale: read, judged and spent in one transaction, so that
// nothing comes between.
extension UnitOfWork {
  /// Prices a basket with what was shown for it.
  ///
  /// - Throws: in this order `ReliefRefusal.unknownMember`, `.unknownCoupon`, `.unknownVoucher`.
  func quote(
    _ basket: Basket, _ shown: ShownRelief, policy: CharityPolicy, at stationID: StationID,
    atMs: Int64
  ) throws -> Quote {
    guard shown != .none else { return Quote(basket, policy: policy) }
    if let memberID = shown.memberID { try requireMember(memberID) }
    return Quote(
      basket, policy: policy,
      coupons: try couponOffers(shown.coupons, member: shown.memberID, at: stationID),
      vouchers: try voucherOffers(shown.vouchers, at: stationID, atMs: atMs),
      at: Occasion(stationID: stationID, atMs: atMs, memberID: shown.memberID))
  }

  /// - Throws: `ReliefRefusal.unknownMember`, also for who was forgotten.
  func requireMember(_ id: MemberID) throws {
    guard try memberKey(of: id) != nil else { throw ReliefRefusal.unknownMember }
  }

  /// The vouchers of codes, each once, as they stand.
  ///
  /// - Throws: `ReliefRefusal.unknownVoucher`.
  private func voucherOffers(
    _ codes: [VoucherCode], at stationID: StationID, atMs: Int64
  ) throws -> [VoucherOffer] {
    guard !codes.isEmpty else { return [] }
    let today = try openDay(at: stationID, atMs: atMs)
    var offers: [VoucherOffer] = []
    for (index, code) in codes.enumerated() {
      guard let row = try voucher(code: code) else {
        throw ReliefRefusal.unknownVoucher(index: index)
      }
      guard !offers.contains(where: { $0.id == row.id }) else { continue }
      offers.append(try offer(row, code, on: today))
    }
    return offers
  }

  private func offer(
    _ row: VoucherRow, _ code: VoucherCode, on today: BusinessDate
  ) throws -> VoucherOffer {
    let programme = try programme(key: row.programmeKey)
    let state: VoucherState =
      row.state != .active ? .blocked : row.left == .zero ? .spent : .active
    return VoucherOffer(
      id: row.id, terms: programme.terms, worth: row.left,
      spentToday: try spent(on: row.id, today), state: state, validFrom: row.validity.lowerBound,
      expiry: row.validity.upperBound, isWithHolder: try hasHolder(row, on: today),
      codeOrder: code.text)
  }

  /// Whether whom a voucher is for can still hold it, as far as is known here.
  private func hasHolder(_ row: VoucherRow, on today: BusinessDate) throws -> Bool {
    guard let personID = row.personID else { return true }
    // Somebody who was forgotten keeps what was given: nobody knows any more whose it is.
    guard let facts = try personFacts(personID) else { return true }
    return facts.deceasedOn.map { $0 > today } ?? true
  }

  /// What a code paid of the cap of a day.
  private func spent(on id: VoucherID, _ day: BusinessDate) throws -> Money {
    let fen = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT COALESCE(SUM(amountFen), 0) FROM voucherUse
          WHERE voucherID = ? AND businessDate = ?
          """), arguments: [id.data, day.description])
    return Money(fen: fen ?? 0)
  }

  /// Spends the vouchers of a sale and counts its coupons.
  func spend(_ sale: Sale, _ head: JournalHead) throws {
    for placed in sale.vouchers {
      guard var row = try voucher(id: placed.id), row.state == .active, row.left == placed.worth
      else { throw StoreProblem.badRecord("voucher") }
      row.left = placed.left
      try update(row)
      try insert(VoucherUse(placed), on: sale.businessDate, head)
    }
    for coupon in sale.coupons { try countUse(of: coupon.id, by: sale.memberID, 1, head) }
  }

  /// Gives back what a return gives back.
  ///
  /// - Parameter original: the sale, whose day's cap it counts for.
  func giveBack(_ made: SaleReturn, of original: Sale, _ head: JournalHead) throws {
    for refund in made.vouchers {
      let use = VoucherUse(refund)
      try insert(use, on: original.businessDate, head)
      guard use.change != .zero, var row = try currentVoucher(inPlaceOf: refund.id) else {
        continue
      }
      row.left += use.change
      try update(row)
    }
    for id in made.couponsBack { try countUse(of: id, by: original.memberID, -1, head) }
  }

  private func insert(_ use: VoucherUse, on day: BusinessDate, _ head: JournalHead) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO voucherUse (journalKey, voucherID, businessDate, amountFen, forfeitedFen,
          changeFen) VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      JournalKey(head).value, use.id.data, day.description, use.amount.fen, use.forfeited.fen,
      use.change.fen,
    ])
  }
}

/// What a sale or return does to a voucher: a row of `voucherUse`.
struct VoucherUse: Equatable {
  let id: VoucherID
  /// What the programme's funder owes for it.
  let amount: Money
  let forfeited: Money
  /// What it does to what is left.
  let change: Money

  init(_ placed: PlacedVoucher) {
    id = placed.id
    amount = placed.paid
    forfeited = placed.forfeited
    change = placed.left - placed.worth
  }

  init(_ refund: VoucherRefund) {
    id = refund.id
    amount = -refund.amount
    forfeited = -refund.forfeitBack
    change = refund.destination == .toBalance ? refund.amount : .zero
  }
}
