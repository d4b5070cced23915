/// From what is owed in micro-yuan to whole fen: what goes to a fund at a day close (RULES 7).
///
/// Invariants:
/// 1. Carried in + accrued = transfer + carried out, to the micro-yuan.
/// 2. The transfer is never below zero; what returns took back is carried until pledges cover it.
/// 3. What is carried out is less than a fen, or below zero.
public struct PledgeTransfer: Equatable, Sendable {
  public let carriedIn: MicroYuan
  /// What the day added; below zero after returns.
  public let accrued: MicroYuan

  /// What is carried in from the close before, and what the day added.
  public init(carriedIn: MicroYuan, accrued: MicroYuan) {
    self.carriedIn = carriedIn
    self.accrued = accrued
  }

  private var owed: MicroYuan { MicroYuan(carriedIn.value &+ accrued.value) }

  /// Whole fen to transfer.
  public var transfer: Money {
    Money(fen: max(0, Rounding.down.quotient(owed.value, MicroYuan.perFen)))
  }

  /// What stays for the next close.
  public var carriedOut: MicroYuan { owed - transfer.microYuan }
}
