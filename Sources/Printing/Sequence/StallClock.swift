/// Decides when a printer that takes nothing is given up: by time without progress, never by
/// time in all.
///
/// While a condition stands that the cashier can end, the longer limit holds; when it ends, the
/// printer gets the short limit anew. However often it comes and goes, the sum of both is the end.
struct StallClock {
  private let limits: PrintingLimits
  private var movedAtMs: Int64
  private var clearAtMs: Int64
  private var waitsForHand = false

  init(_ limits: PrintingLimits, atMs: Int64) {
    self.limits = limits
    movedAtMs = atMs
    clearAtMs = atMs
  }

  /// A byte was taken, or all is well.
  mutating func moved(atMs: Int64) {
    movedAtMs = atMs
    clearAtMs = atMs
  }

  /// What the printer says now.
  mutating func see(_ condition: PrinterCondition?, atMs: Int64) {
    let waits = condition?.isEndedByHand ?? false
    if waitsForHand, !waits { clearAtMs = atMs }
    waitsForHand = waits
  }

  func isOver(atMs: Int64) -> Bool {
    if waitsForHand { return atMs - movedAtMs >= max(limits.refillMs, limits.noProgressMs) }
    return atMs - clearAtMs >= limits.noProgressMs
  }
}
