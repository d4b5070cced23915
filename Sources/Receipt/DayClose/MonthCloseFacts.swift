public import POS

/// All that is printed of a month close (月结): the sums of its day closes.
public struct MonthCloseFacts: Equatable, Sendable {
  /// Where it was closed, and when.
  public var heading: SlipHeading
  /// The month: `2026-11`.
  public var month: String
  /// The days in it, in order.
  public var days: [ClosedDay]
  /// What the month came to.
  public var totals: CloseTotals
  /// Each way of paying against its statements.
  public var tenders: [TenderMatch]
  /// Who closed it.
  public var closedBy: String
  /// How to check it.
  public var proof: SlipProof

  /// A closed month.
  public init(
    heading: SlipHeading, month: String, days: [ClosedDay], totals: CloseTotals,
    tenders: [TenderMatch], closedBy: String, proof: SlipProof
  ) {
    self.heading = heading
    self.month = month
    self.days = days
    self.totals = totals
    self.tenders = tenders
    self.closedBy = closedBy
    self.proof = proof
  }
}

/// One day of a closed month.
public struct ClosedDay: Equatable, Sendable {
  public var businessDate: BusinessDate
  /// The number of its day close.
  public var number: ReceiptNumber
  /// Paid for goods less paid back.
  public var net: Money
  /// What went to the charity fund.
  public var transfer: Money

  /// A day with the number of its close.
  public init(businessDate: BusinessDate, number: ReceiptNumber, net: Money, transfer: Money) {
    self.businessDate = businessDate
    self.number = number
    self.net = net
    self.transfer = transfer
  }
}
