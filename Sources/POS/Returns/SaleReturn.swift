/// Part of a sale reversed: goods back, money back, the pledge taken back.
///
/// Invariants:
/// 1. Returns of a sale never exceed it in quantity or money, line by line and tender by tender.
/// 2. When everything is back, every ledger account of the sale is at zero, in whatever parts it
///    came.
public struct SaleReturn: Equatable, Sendable {
  public let id: SaleID
  public let originalID: SaleID
  public let context: TillContext
  public let businessDate: BusinessDate
  /// The policy of the original sale.
  public let policyID: String
  public let reason: Reason
  public let lines: [ReturnedLine]
  public let gift: ReturnedGift?
  /// The cash handed back; it differs from the cash part returned by the rounding.
  public let cashBack: Money
  /// What each column of the map pays back, where the sale's tenders were corrected; `nil` where
  /// they are as the sale says.
  public let correctedRefunds: [TenderRefund]?
  /// What comes back of each voucher that this return touches, in the order of the sale.
  public let vouchers: [VoucherRefund]
  /// The coupons whose use is given back: with the last goods of the sale, if their type says so.
  public let couponsBack: [CouponID]

  /// What comes back in all.
  public var refund: Money { lines.lazy.map(\.refund).total + (gift?.amount ?? .zero) }

  /// What vouchers paid of it.
  public var voucherRefund: Money { vouchers.lazy.map(\.amount).total }

  /// What the fund's pledge is less by.
  public var pledge: MicroYuan { lines.lazy.map(\.pledge).total }

  /// What comes back by tender, in the order of the sale's map: vouchers, code payments, then the
  /// cash part.
  public var refundByTender: [Money] {
    let rows = lines.map(\.cells) + (gift.map { [$0.cells] } ?? [])
    guard let width = rows.first?.count else { return [] }
    return (0..<width).map { column in rows.lazy.map { $0[column] }.total }
  }

  /// What is paid back by each column of the sale's map, vouchers left out: they pay back nothing
  /// that a shopper could take along.
  public func refunds(of sale: Sale) -> [TenderRefund] {
    if let correctedRefunds { return correctedRefunds }
    let parts = refundByTender.dropFirst(sale.vouchers.count)
    return zip(sale.tenderColumns, parts).map { column, part in
      TenderRefund(
        kind: column.kind, reference: column.reference,
        amount: column.kind == .cash ? cashBack : part)
    }
  }

  /// What rounding adds to the refund (below zero: it takes away).
  public var rounding: Money {
    if let correctedRefunds {
      return correctedRefunds.lazy.map(\.amount).total + voucherRefund - refund
    }
    return cashBack - (refundByTender.last ?? .zero)
  }
}

/// What comes back of a voucher's part of a sale, and where it goes; never to cash (RULES 4).
public struct VoucherRefund: Equatable, Sendable {
  public let id: VoucherID
  public let programmeID: ProgrammeID
  /// What the fund is claimed less.
  public let amount: Money
  /// Where the amount goes.
  public let destination: VoucherRefundPolicy
  /// What was forfeited and is so no more, with the last goods of the sale.
  public let forfeitBack: Money

  public init(
    id: VoucherID, programmeID: ProgrammeID, amount: Money, destination: VoucherRefundPolicy,
    forfeitBack: Money
  ) {
    self.id = id
    self.programmeID = programmeID
    self.amount = amount
    self.destination = destination
    self.forfeitBack = forfeitBack
  }
}

/// What comes back of one line of a sale.
public struct ReturnedLine: Equatable, Sendable {
  /// The index of the line in the sale.
  public let line: Int
  public let quantity: Quantity
  public let refund: Money
  public let concession: Money
  /// The share of each adjustment of the line, in its order, with its sign.
  public let adjustments: [Money]
  public let pledge: MicroYuan
  /// The refund by tender.
  public let cells: [Money]

  public init(
    line: Int, quantity: Quantity, refund: Money, concession: Money, adjustments: [Money],
    pledge: MicroYuan, cells: [Money]
  ) {
    self.line = line
    self.quantity = quantity
    self.refund = refund
    self.concession = concession
    self.adjustments = adjustments
    self.pledge = pledge
    self.cells = cells
  }
}

/// The shopper's own gift given back, whole.
public struct ReturnedGift: Equatable, Sendable {
  public let amount: Money
  public let campaign: String
  /// The amount by tender.
  public let cells: [Money]

  public init(amount: Money, campaign: String, cells: [Money]) {
    self.amount = amount
    self.campaign = campaign
    self.cells = cells
  }
}
