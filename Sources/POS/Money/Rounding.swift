/// How a division ends in a whole number; always named, never a default.
public enum Rounding: Sendable {
  /// 四舍五入: halves go away from zero, so that a return mirrors its sale.
  case halfUp
  /// Towards zero.
  case down
  /// Away from zero.
  case up

  /// `dividend / divisor` as a whole number; the divisor is above zero.
  public func quotient(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    precondition(divisor > 0, "a divisor is above zero")
    let (whole, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
    let awayFromZero: Int64 = dividend < 0 ? -1 : 1
    switch self {
    case .down: return whole
    case .up: return rest == 0 ? whole : whole + awayFromZero
    case .halfUp:
      let isHalfOrMore = rest.magnitude >= UInt64(divisor) - rest.magnitude
      return isHalfOrMore ? whole + awayFromZero : whole
    }
  }

  /// The nearest multiple of `step` in this direction.
  public func multiple(of step: Int64, near value: Int64) -> Int64 {
    quotient(value, step) * step
  }
}

/// A rate in hundredths of a percent: 2 % is 200.
public struct BasisPoints: Hashable, Sendable {
  public let value: Int64

  /// A rate from 0 to 10,000 (100 %); anything else is a bug of the caller, who checks input.
  public init(_ value: Int64) {
    precondition((0...10_000).contains(value), "a rate is from 0 to 10,000 basis points")
    self.value = value
  }

  /// What is left of the whole.
  public var complement: BasisPoints { BasisPoints(10_000 - value) }
}
