public import POS

/// All that is printed of a Z report: a till session counted and closed, once.
public struct ZReportFacts: Equatable, Sendable {
  /// Where it was closed, and when.
  public var heading: SlipHeading
  /// The number of the Z in its series, without gaps.
  public var number: ReceiptNumber
  /// What the session did; its `money` is there.
  public var reading: TillReading
  /// The cash that was counted, by denomination from high to low; what was not there is left out.
  public var counted: [DenominationCount]
  /// Who closed it, and why over or short.
  public var closing: TillClosing
  /// The totals of this till's station that never go back to zero.
  public var perpetual: PerpetualTotals
  /// How to check it.
  public var proof: SlipProof

  /// A closed session.
  public init(
    heading: SlipHeading, number: ReceiptNumber, reading: TillReading,
    counted: [DenominationCount], closing: TillClosing, perpetual: PerpetualTotals,
    proof: SlipProof
  ) {
    precondition(reading.money != nil, "a Z report is never blind")
    self.heading = heading
    self.number = number
    self.reading = reading
    self.counted = counted
    self.closing = closing
    self.perpetual = perpetual
    self.proof = proof
  }

  /// What was counted in all.
  public var countedCash: Money { counted.lazy.map(\.amount).total }
}

/// Notes or coins of one kind in the drawer.
public struct DenominationCount: Equatable, Sendable {
  /// The worth of one.
  public var denomination: Money
  /// How many, zero or above.
  public var count: Int64

  /// So many of one kind.
  public init(denomination: Money, count: Int64) {
    self.denomination = denomination
    self.count = count
  }

  /// What they are worth together.
  public var amount: Money { denomination.times(count) }
}

/// Who closed a session, and what was said of over or short.
public struct TillClosing: Equatable, Sendable {
  /// Who counted and closed.
  public var closedBy: String
  /// The manager who agreed to an amount over tolerance.
  public var approvedBy: String?
  /// The reason given for over or short.
  public var reason: SlipName?

  /// A closing; without more one inside the tolerance.
  public init(closedBy: String, approvedBy: String? = nil, reason: SlipName? = nil) {
    self.closedBy = closedBy
    self.approvedBy = approvedBy
    self.reason = reason
  }
}
