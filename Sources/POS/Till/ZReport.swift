/// The numbered reading that closes a till session; made once and never changed.
///
/// Invariants:
/// 1. Its figures are those of an X report at the same moment.
/// 2. `difference` is what was counted less what was expected; the entry books it, and takes
///    everything counted out of the drawer.
/// 3. Its perpetual totals are those of the Z before plus its own: they never reset.
public struct ZReport: Equatable, Sendable {
  public let id: ZReportID
  public let tillSessionID: TillSessionID
  public let countID: TillCountID
  public let closedBy: UserID
  public let count: CashCount
  public let figures: TillFigures
  /// What the drawer may be off without a manager.
  public let tolerance: Money
  /// Why it is off by more.
  public let reason: OverShortReason?
  public let perpetual: PerpetualTotals

  /// The Z of a session.
  ///
  /// - Parameters:
  ///   - previous: the perpetual totals of the station's last Z.
  /// - Throws: `.countStale` if the count is not of these figures, `.reasonNeeded`,
  ///   `.approvalNeeded`.
  public init(
    _ close: TillClose, count: TillCount, figures: TillFigures, previous: PerpetualTotals,
    allowedActs: Set<ManagedAct>
  ) throws(TillRefusal) {
    guard count.expected == figures.expectedCash else { throw .countStale }
    if count.isOverTolerance {
      guard close.reason != nil else {
        throw .reasonNeeded(difference: count.difference, tolerance: count.tolerance)
      }
      guard allowedActs.contains(.closeOverTolerance) else {
        throw .approvalNeeded(.closeOverTolerance)
      }
    }
    id = close.id
    tillSessionID = count.tillSessionID
    countID = count.id
    closedBy = close.userID
    self.count = count.count
    self.figures = figures
    tolerance = count.tolerance
    reason = close.reason
    perpetual = previous.adding(figures)
  }

  /// What was counted less what was expected: above zero is over, below zero short.
  public var difference: Money { count.total - figures.expectedCash }

  /// What was counted goes to the safe, the difference is booked, and the drawer is at zero.
  public var entry: Entry {
    Entry([
      Posting(.safe, count.total.microYuan),
      Posting(.overShort, -difference.microYuan),
      Posting(.cash, -figures.expectedCash.microYuan),
    ])
  }
}

/// What a `ZReportID` names.
public typealias ZReportID = Identifier<ZReport>

/// A wish to close a till session.
public struct TillClose: Equatable, Sendable {
  public let id: ZReportID
  public let userID: UserID
  public let reason: OverShortReason?

  public init(id: ZReportID, userID: UserID, reason: OverShortReason?) {
    self.id = id
    self.userID = userID
    self.reason = reason
  }
}

/// A blind count, with what the ledger expected at that moment.
public struct TillCount: Equatable, Sendable {
  public let id: TillCountID
  public let tillSessionID: TillSessionID
  public let count: CashCount
  public let expected: Money
  public let tolerance: Money

  public init(
    id: TillCountID, tillSessionID: TillSessionID, count: CashCount, expected: Money,
    tolerance: Money
  ) {
    self.id = id
    self.tillSessionID = tillSessionID
    self.count = count
    self.expected = expected
    self.tolerance = tolerance
  }

  /// Counted less expected.
  public var difference: Money { count.total - expected }

  /// Whether a manager and a reason are needed: a difference of just the tolerance is within it.
  public var isOverTolerance: Bool { max(difference, -difference) > tolerance }
}

/// What a `TillCountID` names.
public typealias TillCountID = Identifier<TillCount>

/// What a station sold and took back since its first record, up to its last Z; never reset.
public struct PerpetualTotals: Equatable, Sendable {
  public let saleCount: Int64
  public let sales: Money
  public let returnCount: Int64
  public let returns: Money

  public init(saleCount: Int64, sales: Money, returnCount: Int64, returns: Money) {
    self.saleCount = saleCount
    self.sales = sales
    self.returnCount = returnCount
    self.returns = returns
  }

  /// Before the first Z.
  public static let zero = PerpetualTotals(
    saleCount: 0, sales: .zero, returnCount: 0, returns: .zero)

  /// With the figures of one more session. Wraps around, as sums of forged records may.
  func adding(_ figures: TillFigures) -> PerpetualTotals {
    PerpetualTotals(
      saleCount: saleCount &+ figures.sales.count,
      sales: Money(fen: sales.fen &+ figures.sales.amount.fen),
      returnCount: returnCount &+ figures.returns.count,
      returns: Money(fen: returns.fen &+ figures.returns.amount.fen))
  }
}
