/// How far a till session has come.
public enum TillState: String, CaseIterable, Sendable {
  /// It sells.
  case open
  /// It sells no more and waits for its count; the till may open another session.
  case ended
  /// Counted and closed by a Z report.
  case closed
}

/// Why a till session does not do what it was asked. The checks are made in the order of the cases.
public enum TillRefusal: Error, Equatable, Sendable {
  /// The clock is behind the last record, by so much.
  case clockBehind(lastMs: Int64, nowMs: Int64)
  /// The clock is days ahead of the last record.
  case clockAhead(lastMs: Int64, nowMs: Int64)
  /// An act that needs a manager's word and has none.
  case approvalNeeded(ManagedAct)
  /// Closed by this Z report: nothing more can be entered.
  case sessionClosed
  /// The correction is not the opposite of what it names.
  case notOpposite
  /// What it names was corrected before.
  case alreadyCorrected
  /// Something was entered, or another count made, after the count.
  case countStale
  /// The difference is over the tolerance, and no reason is given.
  case reasonNeeded(difference: Money, tolerance: Money)
}
