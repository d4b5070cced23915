/// Why a basket cannot become a sale. The checks are made in the order of the cases.
public enum CheckoutRefusal: Error, Equatable, Sendable {
  /// No goods and no gift.
  case emptyBasket
  /// A voucher cannot be used: it is to be taken off first.
  case voucherRefused(VoucherID, VoucherRefusal)
  /// The cashier saw another amount: a price or the policy has changed since.
  case priceChanged(due: Money, seen: Money)
  /// The cashier saw vouchers pay or forfeit other amounts.
  case vouchersChanged(now: SeenVouchers, seen: SeenVouchers)
  /// Acts that need a manager's approval and have none.
  case approvalNeeded(Set<ManagedAct>)
  /// More than the bill was paid by code, and only cash gives change.
  case codePaymentsExceedDue(excess: Money)
  case underpaid(missing: Money)
}

/// Where, when and by whom something happens at a till.
public struct TillContext: Equatable, Sendable {
  public let stationID: StationID
  public let tillSessionID: TillSessionID
  public let userID: UserID
  /// Milliseconds since 1970, UTC.
  public let atMs: Int64

  public init(
    stationID: StationID, tillSessionID: TillSessionID, userID: UserID, atMs: Int64
  ) {
    self.stationID = stationID
    self.tillSessionID = tillSessionID
    self.userID = userID
    self.atMs = atMs
  }
}

/// What a cashier has seen of the vouchers of a bill.
public struct SeenVouchers: Equatable, Sendable {
  /// What they pay.
  public let paid: Money
  /// What is lost of vouchers for a single visit.
  public let forfeited: Money

  public init(paid: Money, forfeited: Money) {
    self.paid = paid
    self.forfeited = forfeited
  }

  /// No voucher.
  public static let none = SeenVouchers(paid: .zero, forfeited: .zero)
}

/// What a cashier has seen, is offered and may do when the sale is made.
public struct CheckoutOffer: Equatable, Sendable {
  public let seenDue: Money
  public let seenVouchers: SeenVouchers
  /// Code payments and cash; the vouchers are those of the quote.
  public let tendering: Tendering
  /// Acts that are approved, or all of them for a manager.
  public let allowedActs: Set<ManagedAct>

  public init(
    seenDue: Money, seenVouchers: SeenVouchers = .none, tendering: Tendering,
    allowedActs: Set<ManagedAct>
  ) {
    self.seenDue = seenDue
    self.seenVouchers = seenVouchers
    self.tendering = tendering
    self.allowedActs = allowedActs
  }
}

/// The step from a basket to a sale; the only place where a sale is made.
public enum Checkout {
  /// The sale, or why there is none.
  ///
  /// - Parameter lastClosed: the last business day that is closed: nothing enters it any more.
  public static func sale(
    id: SaleID, of quote: Quote, offer: CheckoutOffer, at context: TillContext,
    lastClosed: BusinessDate? = nil
  ) throws(CheckoutRefusal) -> Sale {
    guard !quote.lines.isEmpty || quote.gift != nil else { throw .emptyBasket }
    if let refused = quote.refusedVoucher, let refusal = refused.refusal {
      throw .voucherRefused(refused.offer.id, refusal)
    }
    let due = quote.due
    guard due == offer.seenDue else { throw .priceChanged(due: due, seen: offer.seenDue) }
    let vouchers = SeenVouchers(paid: quote.voucherTotal, forfeited: quote.forfeited)
    guard vouchers == offer.seenVouchers else {
      throw .vouchersChanged(now: vouchers, seen: offer.seenVouchers)
    }
    let unapproved = quote.managedActs.subtracting(offer.allowedActs)
    guard unapproved.isEmpty else { throw .approvalNeeded(unapproved) }
    let payment = try quote.payment(offer.tendering)
    guard payment.remaining == .zero else { throw .underpaid(missing: payment.remaining) }
    let rows = quote.lines.map(\.net) + (quote.gift.map { [$0.amount] } ?? [])
    let sale = Sale(
      id: id, context: context,
      businessDate: .openDay(
        atMs: context.atMs, cutMinutes: quote.policy.dayCutMinutes, lastClosed: lastClosed),
      policyID: quote.policy.id, lines: quote.lines, gift: quote.gift, payment: payment,
      map: TenderMap(
        rows: rows, vouchers: quote.vouchers.filter { $0.paid > .zero }.map(\.cells),
        codePayments: payment.tendering.codePayments),
      coupons: quote.appliedCoupons, memberID: quote.memberID)
    precondition(sale.isBalanced, "a sale is paid to the fen")
    return sale
  }
}
