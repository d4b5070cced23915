/// How long a printer is waited for, and how its bytes are cut.
public struct PrintingLimits: Equatable, Sendable {
  /// A block of a write: small enough that progress is seen, 4 to 16 KiB.
  public var blockBytes = 4096
  /// The longest single wait inside a write before the printer is looked at again.
  public var sliceMs: Int64 = 2_000
  /// Without one byte taken for so long, a slip is given up.
  public var noProgressMs: Int64 = 10_000
  /// The same while paper or cover wait for the cashier.
  public var refillMs: Int64 = 60_000
  /// One status answer; silence means unknown.
  public var answerMs: Int64 = 500
  /// How long the status must stay good after the last byte.
  public var settleMs: Int64 = 1_000
  /// The word that the slip is printed, while the status is good.
  public var confirmMs: Int64 = 15_000
  /// A printer held by another process, or a network printer being reached.
  public var openMs: Int64 = 3_000

  /// The limits of a shop.
  public init() {}

  /// The same for people who wait longer, or less: `patienceMs` is `noProgressMs`, and what
  /// hangs on it follows.
  public init(patienceMs: Int64) {
    noProgressMs = patienceMs
    refillMs = 6 * patienceMs
    sliceMs = min(sliceMs, patienceMs / 5)
    openMs = min(openMs, patienceMs)
  }
}
