/// How the clock stands to the last record when a till opens (RULES 7).
public enum ClockStep: Equatable, Sendable {
  case none
  case behind
  case ahead

  /// How far the clock may be behind: requests are stamped when they come and written in the order
  /// of the queue, and a time server may set a clock back a little.
  public static let toleratedBehindMs: Int64 = 10_000
  /// How far it may be ahead: a weekend; more is a wrong clock or a long holiday.
  public static let toleratedAheadMs: Int64 = 2 * 86_400_000

  /// The step from the last record to now.
  public init(lastMs: Int64, nowMs: Int64) {
    if nowMs < lastMs - Self.toleratedBehindMs {
      self = .behind
    } else if nowMs > lastMs + Self.toleratedAheadMs {
      self = .ahead
    } else {
      self = .none
    }
  }
}
