public import POS

/// All that is printed of a day close (日结): every till of the station, once.
public struct DayCloseFacts: Equatable, Sendable {
  /// Where it was closed, and when.
  public var heading: SlipHeading
  /// The number of the close in its series, without gaps.
  public var number: ReceiptNumber
  /// The day that is closed.
  public var businessDate: BusinessDate
  /// The Z reports in it.
  public var zNumbers: [ReceiptNumber]
  /// What the day came to.
  public var totals: CloseTotals
  /// Each way of paying against its statement.
  public var tenders: [TenderMatch]
  /// Who closed it.
  public var closedBy: String
  /// How to check it.
  public var proof: SlipProof

  /// A closed day.
  public init(
    heading: SlipHeading, number: ReceiptNumber, businessDate: BusinessDate,
    zNumbers: [ReceiptNumber], totals: CloseTotals, tenders: [TenderMatch], closedBy: String,
    proof: SlipProof
  ) {
    self.heading = heading
    self.number = number
    self.businessDate = businessDate
    self.zNumbers = zNumbers
    self.totals = totals
    self.tenders = tenders
    self.closedBy = closedBy
    self.proof = proof
  }
}
