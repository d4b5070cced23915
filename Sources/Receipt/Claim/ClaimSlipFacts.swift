public import POS

/// All that is printed of a claim: what a funder or sponsor owes for a day, line by line. It names
/// sales, never people.
public struct ClaimSlipFacts: Equatable, Sendable {
  /// What is claimed for one line of a sale.
  public struct Line: Equatable, Sendable {
    public var number: ReceiptNumber
    /// The line on the receipt, from 1; `nil` for what is of the whole.
    public var line: Int?
    public var goods: String
    /// Below zero for a return.
    public var amount: Money
    public var forfeited: Money
    public var isReturn: Bool

    /// A line of a claim.
    public init(
      number: ReceiptNumber, line: Int?, goods: String, amount: Money, forfeited: Money,
      isReturn: Bool
    ) {
      self.number = number
      self.line = line
      self.goods = goods
      self.amount = amount
      self.forfeited = forfeited
      self.isReturn = isReturn
    }
  }

  /// Where, and when it was drawn.
  public var heading: SlipHeading
  public var businessDate: BusinessDate
  /// Whether nothing can be added any more.
  public var isDayClosed: Bool
  /// The programme or sponsor.
  public var name: SlipName
  /// Who is to pay.
  public var funder: String
  public var lines: [Line]
  public var amount: Money
  public var forfeited: Money
  /// Whether all that is looked at before a claim goes out is good.
  public var areChecksGood: Bool

  /// A claim for a day.
  public init(
    heading: SlipHeading, businessDate: BusinessDate, isDayClosed: Bool, name: SlipName,
    funder: String, lines: [Line], amount: Money, forfeited: Money, areChecksGood: Bool
  ) {
    self.heading = heading
    self.businessDate = businessDate
    self.isDayClosed = isDayClosed
    self.name = name
    self.funder = funder
    self.lines = lines
    self.amount = amount
    self.forfeited = forfeited
    self.areChecksGood = areChecksGood
  }
}
