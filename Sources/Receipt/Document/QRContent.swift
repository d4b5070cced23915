/// What a QR code says: a web address or a code, in printable ASCII.
public struct QRContent: Hashable, Sendable {
  /// What a scanner reads.
  public let text: String

  /// The longest text: what a version 10 symbol at level M holds.
  public static let lengthLimit = 213

  /// `nil` if the text is empty, longer than `lengthLimit`, or has anything but the characters
  /// 21 to 7E (a web address is percent-encoded by its maker).
  public init?(_ text: String) {
    guard (1...Self.lengthLimit).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    self.text = text
  }
}
