/// A plain-text accounting program that reads the exported ledger.
public enum LedgerFormat: String, CaseIterable, Sendable {
  case hledger
  case beancount

  /// An account of ours as this program can read it; two accounts never become one.
  ///
  /// beancount wants five roots, and every part to begin with a capital or a digit and to have
  /// letters, digits and `-` only. hledger takes names as they are, but not `;` or two spaces.
  public func accountName(_ account: String) -> String {
    let parts = account.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch self {
    case .hledger: return parts.map(Self.hledgerPart).joined(separator: ":")
    case .beancount:
      let roots = ["assets", "liabilities", "equity", "income", "expenses"]
      let isKnown = parts.first.map(roots.contains) ?? false
      return ((isKnown ? [] : ["Equity"]) + parts.map(Self.beancountPart)).joined(separator: ":")
    }
  }

  private static func hledgerPart(_ part: String) -> String {
    escaped(part) { $0 == "-" || $0 == "_" || isWordCharacter($0) || !$0.isASCII }
  }

  private static func beancountPart(_ part: String) -> String {
    let plain = escaped(part) { $0 == "-" || isWordCharacter($0) }
    guard let first = plain.unicodeScalars.first else { return "X-" }
    if ("0"..."9").contains(first) { return plain }
    // What begins otherwise gets a letter of its own, so that it stays apart from its capital.
    guard ("a"..."z").contains(first) else { return "X-" + plain }
    return plain.prefix(1).uppercased() + plain.dropFirst()
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
  }

  /// Characters that may not stand as they are become `-uHEX-`.
  private static func escaped(
    _ text: String, keeping: (Unicode.Scalar) -> Bool
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if keeping(scalar) {
        result.append(scalar)
      } else {
        result.append(contentsOf: "-u\(String(scalar.value, radix: 16))-".unicodeScalars)
      }
    }
    return String(result)
  }
}
