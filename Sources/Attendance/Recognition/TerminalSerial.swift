/// The name a terminal gives itself: serial number, or hardware address without its colons.
///
/// It is a claim: the protocols have no other authentication (terminals.md A6), so only enrolled
/// ones are heard.
public struct TerminalSerial: Hashable, Sendable {
  /// Letters, digits, `-` and `_`; 1 to 64.
  public let text: String

  /// Serial numbers of Hikvision have about 40 characters.
  public static let maximumBytes = 64

  /// A serial number as sent; `nil` if it is anything else.
  public init?(_ text: some StringProtocol) {
    guard (1...Self.maximumBytes).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed)
    else { return nil }
    self.text = String(text)
  }

  /// A hardware address, `a4:14:37:00:00:00` or with `-`; `nil` if it is anything else.
  public init?(macAddress text: some StringProtocol) {
    let digits = text.lowercased().filter { $0 != ":" && $0 != "-" }
    guard text.utf8.count <= 17, digits.utf8.count == 12,
      digits.utf8.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
    else { return nil }
    self.text = digits
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
