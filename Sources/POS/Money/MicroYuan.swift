/// The unit of the ledger: a millionth of a yuan (1 fen = 10,000 µ¥), signed.
///
/// A share in basis points of whole fen is a whole number of micro-yuan, so that nothing is lost
/// to rounding on the way to the fund.
public struct MicroYuan: Hashable, Sendable {
  /// Micro-yuan in one fen.
  public static let perFen: Int64 = 10_000

  /// The amount in micro-yuan.
  public let value: Int64

  public init(_ value: Int64) { self.value = value }

  /// Nothing.
  public static let zero = MicroYuan(0)

  /// The exact share of whole fen at a rate (RULES 1).
  public init(share rate: BasisPoints, of amount: Money) {
    self.init(amount.fen * rate.value)
  }

  public static func + (a: MicroYuan, b: MicroYuan) -> MicroYuan { MicroYuan(a.value + b.value) }
  public static func - (a: MicroYuan, b: MicroYuan) -> MicroYuan { MicroYuan(a.value - b.value) }
  public static prefix func - (a: MicroYuan) -> MicroYuan { MicroYuan(-a.value) }
}

extension MicroYuan: Comparable {
  public static func < (a: MicroYuan, b: MicroYuan) -> Bool { a.value < b.value }
}

extension Sequence where Element == MicroYuan {
  /// The sum; zero for none.
  public var total: MicroYuan { reduce(.zero, +) }
}
