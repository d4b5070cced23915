extension Money {
  /// The one parser of yuan as text: digits, and after a point one or two more (`12`, `12.5`,
  /// `12.50`). No sign, no spaces, no thousands mark.
  ///
  /// `nil` if the text is anything else, or above `limitFen`.
  public init?(yuanText text: some StringProtocol, limitFen: Int64 = Limits.tenderFen) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first,
      (1...9).contains(whole.utf8.count), Self.isDigits(whole), let yuan = Int64(whole)
    else { return nil }
    var fen = yuan * 100
    if parts.count == 2 {
      let fraction = parts[1]
      guard (1...2).contains(fraction.utf8.count), Self.isDigits(fraction),
        let digits = Int64(fraction)
      else { return nil }
      fen += fraction.utf8.count == 1 ? digits * 10 : digits
    }
    guard fen <= limitFen else { return nil }
    self.init(fen: fen)
  }

  /// Yuan with two decimals: `12.50`, `-0.05`.
  public var yuanText: String { decimalText(fen, decimals: 2) }

  private static func isDigits(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}

extension MicroYuan {
  /// Yuan with four decimals, six if they are needed: `0.0240`, `0.000125`.
  public var yuanText: String {
    value % 100 == 0 ? decimalText(value / 100, decimals: 4) : decimalText(value, decimals: 6)
  }

  /// Yuan with all six decimals, for remainders that are carried on: `0.002400`.
  public var yuanTextWithSixDecimals: String { decimalText(value, decimals: 6) }
}

extension BasisPoints {
  /// As a percentage without needless decimals: `2%`, `2.5%`, `0.25%`.
  public var percentText: String {
    var text = decimalText(value, decimals: 2)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text + "%"
  }
}

/// A whole number with a decimal point before its last `decimals` digits.
func decimalText(_ value: Int64, decimals: Int) -> String {
  let digits = String(value.magnitude)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  let sign = value < 0 ? "-" : ""
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
