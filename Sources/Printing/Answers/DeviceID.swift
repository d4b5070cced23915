/// A printer's IEEE 1284 identity, as GET_DEVICE_ID gives it: `MFG:EPSON;MDL:TM-T20III;…`.
public struct DeviceID: Equatable, Sendable {
  /// Values by key, the long names of keys shortened: `MFG`, `MDL`, `CMD`, `SN`.
  public let values: [String: String]

  public var maker: String? { values["MFG"] }
  public var model: String? { values["MDL"] }
  public var serial: String? { values["SN"] }
  /// The languages it understands: `ESC/POS`.
  public var commandSets: [String] {
    (values["CMD"] ?? "").split(separator: ",").map { Self.trimmed($0) }
  }

  private static let shortKeys = [
    "MANUFACTURER": "MFG", "MODEL": "MDL", "COMMAND SET": "CMD", "SERN": "SN",
    "SERIALNUMBER": "SN",
  ]

  /// Reads the answer with its two length bytes, which some printers send in the wrong order.
  ///
  /// `nil` if neither order fits what arrived.
  public init?(answer: [UInt8]) {
    guard answer.count > 2 else { return nil }
    let high = Int(answer[0]) << 8 | Int(answer[1])
    let low = Int(answer[1]) << 8 | Int(answer[0])
    guard let length = [high, low].first(where: { $0 >= 14 && $0 <= answer.count }) else {
      return nil
    }
    self.init(text: String(decoding: answer[2..<length], as: UTF8.self))
  }

  /// Reads `KEY:value;KEY:value;`; the first of a repeated key counts.
  public init(text: String) {
    var values: [String: String] = [:]
    for field in text.split(separator: ";") {
      guard let colon = field.firstIndex(of: ":") else { continue }
      let name = Self.trimmed(field[..<colon]).uppercased()
      let key = Self.shortKeys[name] ?? name
      let value = Self.trimmed(field[field.index(after: colon)...])
      if !key.isEmpty, values[key] == nil { values[key] = value }
    }
    self.values = values
  }

  /// Without spaces and control characters at the ends, which cheap firmware leaves there.
  private static func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { ($0.asciiValue ?? 0xFF) <= 0x20 }
    let rest = text.drop(while: isBlank)
    let end = rest.lastIndex { !isBlank($0) }
    return end.map { String(rest[...$0]) } ?? ""
  }
}
