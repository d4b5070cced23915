/// Money: an amount in whole fen (1 yuan = 100 fen), signed.
///
/// Invariants of this folder:
/// 1. No amount is ever a fraction of a fen; shares finer than that are `MicroYuan`.
/// 2. Every division names its rounding.
/// 3. Input is held to `Limits` at the edge, so that no sum inside can overflow; an overflow is a
///    bug and stops the process.
public struct Money: Hashable, Sendable {
  /// The amount in fen.
  public let fen: Int64

  public init(fen: Int64) { self.fen = fen }

  /// No money.
  public static let zero = Money(fen: 0)

  /// The price × a number of units.
  public func times(_ count: Int64) -> Money { Money(fen: fen * count) }

  /// A share of this amount, in basis points (1/10,000).
  public func rated(_ rate: BasisPoints, _ rounding: Rounding) -> Money {
    Money(fen: rounding.quotient(fen * rate.value, 10_000))
  }

  /// The price of a weight when this is the price of one kilogram.
  public func perKilogram(grams: Int64, _ rounding: Rounding) -> Money {
    Money(fen: rounding.quotient(fen * grams, 1000))
  }

  /// The same amount in micro-yuan, exact.
  public var microYuan: MicroYuan { MicroYuan(fen * MicroYuan.perFen) }

  public static func + (a: Money, b: Money) -> Money { Money(fen: a.fen + b.fen) }
  public static func - (a: Money, b: Money) -> Money { Money(fen: a.fen - b.fen) }
  public static prefix func - (a: Money) -> Money { Money(fen: -a.fen) }
  public static func += (a: inout Money, b: Money) { a = a + b }
  public static func -= (a: inout Money, b: Money) { a = a - b }
}

extension Money: Comparable {
  public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }
}

extension Sequence where Element == Money {
  /// The sum; zero for none.
  public var total: Money { reduce(.zero, +) }
}
