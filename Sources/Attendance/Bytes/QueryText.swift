/// Names and values of a query, decoded.
struct QueryText {
  private var values: [String: String] = [:]
  private var repeated: Set<String> = []

  /// Most pairs; the longest handshake has about a dozen.
  private static let maximumPairs = 64

  /// Reads `SN=…&table=…`; `nil` if it is too long. What follows the last allowed pair is dropped.
  init?(_ text: String) {
    guard text.utf8.count <= AttendanceLimits.queryBytes else { return nil }
    let pairs = text.utf8.split(separator: UInt8(ascii: "&"))
    for pair in pairs.prefix(Self.maximumPairs) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(parts[0]).lowercased()
      let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
      if let earlier = values.updateValue(value, forKey: name), earlier != value {
        repeated.insert(name)
      }
    }
  }

  /// The value of a name, whatever its case; `nil` if it is missing or stands there twice with
  /// two values.
  subscript(name: String) -> String? { repeated.contains(name) ? nil : values[name] }

  /// Percent signs and plus signs taken back; what is wrong stays as it is.
  private static func decoded(_ text: Substring.UTF8View) -> String {
    let bytes = Array(text)
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = Character(Unicode.Scalar(bytes[index + 1])).hexDigitValue,
        let low = Character(Unicode.Scalar(bytes[index + 2])).hexDigitValue
      {
        plain.append(UInt8(high << 4 | low))
        index += 3
      } else {
        plain.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
