/// The journal code on a receipt: `1-42-909192939495`.
public struct CheckCode: Equatable, Sendable {
  public let epoch: Int64
  public let sequence: Int64
  /// The first digits of the record's hash, 8 or more.
  public let hashStart: String

  /// `nil` for any other text.
  public init?(_ text: String) {
    let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let place = JournalHead.place("\(parts[0])-\(parts[1])"),
      (8...64).contains(parts[2].utf8.count),
      parts[2].allSatisfy({ $0.isHexDigit })
    else { return nil }
    (epoch, sequence) = place
    hashStart = String(parts[2])
  }
}
