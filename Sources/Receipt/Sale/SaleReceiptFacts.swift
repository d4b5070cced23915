public import POS

/// All that is printed of a sale or a return; ids are already names, times already text.
///
/// In a return every amount of a line has the opposite sign of the sale; gift, tenders and change
/// are what is handed back.
public struct SaleReceiptFacts: Equatable, Sendable {
  /// Where, when and by whom.
  public var heading: SaleReceiptHeading
  /// The goods, priced.
  public var lines: [LineItem]
  /// The names of coupons in the lines, by their ids; where one is missing the slip says "coupon".
  public var couponNames: [String: SlipName] = [:]
  /// The share of what is paid for goods that the station gives.
  public var pledgeRate: BasisPoints
  /// The shopper's own gift; in a return the gift handed back.
  public var gift: SaleReceiptGift?
  /// What vouchers paid, or in a return what comes back of it.
  public var vouchers: [SaleReceiptVoucher]
  /// In the order given; cash is what was handed over, before change.
  public var tenders: [SaleReceiptTender]
  /// What rounding added to the cash part (below zero: it took away).
  public var cashRounding: Money
  /// Cash given back in a sale; zero in a return.
  public var change: Money
  /// How a citizen can check it.
  public var proof: SaleReceiptProof

  /// The facts as they are; zero for what did not happen.
  public init(
    heading: SaleReceiptHeading, lines: [LineItem], pledgeRate: BasisPoints,
    gift: SaleReceiptGift? = nil, vouchers: [SaleReceiptVoucher] = [],
    tenders: [SaleReceiptTender], cashRounding: Money = .zero, change: Money = .zero,
    proof: SaleReceiptProof
  ) {
    self.heading = heading
    self.lines = lines
    self.pledgeRate = pledgeRate
    self.gift = gift
    self.vouchers = vouchers
    self.tenders = tenders
    self.cashRounding = cashRounding
    self.change = change
    self.proof = proof
  }
}

/// The number of a sale or return in its series.
public struct ReceiptNumber: Hashable, Sendable {
  /// The series; a restore opens a new one.
  public let epoch: Int64
  /// The number inside the series, without gaps.
  public let number: Int64

  /// A number of a series.
  public init(epoch: Int64, number: Int64) {
    self.epoch = epoch
    self.number = number
  }

  /// `1-17`
  public var text: String { "\(epoch)-\(number)" }
}

/// Where, when and by whom.
public struct SaleReceiptHeading: Equatable, Sendable {
  /// The station; its name heads the receipt.
  public var station: Station
  /// The number of this sale or return.
  public var number: ReceiptNumber
  /// The wall clock of the station: `2026-11-21 09:05:00`.
  public var localTime: String
  /// The cashier's display name; `nil` on public pages.
  public var cashier: String?
  /// The sale that a return takes back; `nil` for a sale.
  public var original: ReceiptNumber?
  /// 0 for the first print, then the count of reprints.
  public var copy: Int

  /// A heading; without `original` it is a sale's, without `copy` the first print's.
  public init(
    station: Station, number: ReceiptNumber, localTime: String, cashier: String?,
    original: ReceiptNumber? = nil, copy: Int = 0
  ) {
    self.station = station
    self.number = number
    self.localTime = localTime
    self.cashier = cashier
    self.original = original
    self.copy = copy
  }

  /// Whether goods came back.
  public var isReturn: Bool { original != nil }
}

/// The shopper's own gift and the campaign it is for; `nil` names: the general fund.
public struct SaleReceiptGift: Equatable, Sendable {
  /// Above zero.
  public var amount: Money
  /// The campaign's name in Chinese.
  public var campaign: String?
  /// The campaign's name in English.
  public var campaignEn: String?

  /// A gift above zero.
  public init(amount: Money, campaign: String? = nil, campaignEn: String? = nil) {
    self.amount = amount
    self.campaign = campaign
    self.campaignEn = campaignEn
  }
}

/// One payment: what was handed over, or in a return handed back.
public struct SaleReceiptTender: Equatable, Sendable {
  /// The way of paying.
  public var kind: TenderKind
  /// Zero or above.
  public var amount: Money
  /// What the payment network gave; `nil` for cash.
  public var reference: String?

  /// A payment of zero or above.
  public init(kind: TenderKind, amount: Money, reference: String? = nil) {
    self.kind = kind
    self.amount = amount
    self.reference = reference
  }
}

/// What a voucher paid, or what of it comes back. It has no place for a programme: the receipt is
/// seen by others.
public struct SaleReceiptVoucher: Equatable, Sendable {
  /// What becomes of what was not paid with it, or of what comes back.
  public enum Rest: Equatable, Sendable {
    /// Left on it.
    case left(Money)
    /// Lost with the one visit it was for.
    case forfeited(Money)
    /// A return: back on the voucher.
    case toBalance
    /// A return: not to the holder.
    case notToHolder
  }

  /// Above zero.
  public var amount: Money
  public var rest: Rest

  /// A payment, or a part of one that comes back.
  public init(amount: Money, rest: Rest) {
    self.amount = amount
    self.rest = rest
  }
}

/// How a citizen can check the receipt.
public struct SaleReceiptProof: Equatable, Sendable {
  /// The journal record of this sale or return.
  public var journal: JournalHead
  /// The public page of the receipt; without it, or if it is no `QRContent`, the check code is
  /// printed alone.
  public var publicURL: String?

  /// The proof of a journalled sale or return.
  public init(journal: JournalHead, publicURL: String? = nil) {
    self.journal = journal
    self.publicURL = publicURL
  }
}
