extension JSON {
  /// The bytes with members in their own order, no white space.
  public func bytes() -> [UInt8] {
    var writer = JSONWriter(sorted: false)
    writer.write(self)
    return writer.bytes
  }

  /// Text for people: a member or element a line, indented by two.
  public var indentedText: String { indentedText("\n") }

  private func indentedText(_ lineBreak: String) -> String {
    let inner = lineBreak + "  "
    let (ends, lines): ((String, String), [String]) =
      switch self {
      case .array(let elements) where !elements.isEmpty:
        (("[", "]"), elements.map { $0.indentedText(inner) })
      case .object(let members) where !members.isEmpty:
        (
          ("{", "}"),
          members.map {
            String(decoding: JSON.string($0.name).bytes(), as: UTF8.self) + ": "
              + $0.value.indentedText(inner)
          }
        )
      default: (("", ""), [])
      }
    if lines.isEmpty { return String(decoding: bytes(), as: UTF8.self) }
    return ends.0 + inner + lines.joined(separator: "," + inner) + lineBreak + ends.1
  }

  /// The one form of this value that is hashed: members sorted by name, no white space.
  ///
  /// Names are compared by their UTF-8 bytes. Strings escape only `"`, `\` and the characters
  /// below U+0020 (`\b \t \n \f \r`, else `\u00xx` in lower case).
  public func canonicalBytes() -> [UInt8] {
    var writer = JSONWriter(sorted: true)
    writer.write(self)
    return writer.bytes
  }
}

private struct JSONWriter {
  let sorted: Bool
  var bytes: [UInt8] = []

  init(sorted: Bool) {
    self.sorted = sorted
    bytes.reserveCapacity(512)
  }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): write(number)
    case .string(let text): write(text)
    case .array(let elements): write(elements)
    case .object(let members): write(sorted ? inNameOrder(members) : members)
    }
  }

  private mutating func write(_ elements: [JSON]) {
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(element)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ members: [JSON.Member]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(member.name)
      bytes.append(UInt8(ascii: ":"))
      write(member.value)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The members by the bytes of their names.
  private func inNameOrder(_ members: [JSON.Member]) -> [JSON.Member] {
    if Self.isAscending(members) { return members }
    let sorted = members.sorted { JSON.isBefore($0.name, $1.name) }
    precondition(Self.isAscending(sorted), "an object never has the same member twice")
    return sorted
  }

  private static func isAscending(_ members: [JSON.Member]) -> Bool {
    members.indices.dropFirst().allSatisfy {
      JSON.isBefore(members[$0 - 1].name, members[$0].name)
    }
  }

  private mutating func write(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if utf8.contains(where: Self.mustBeEscaped) {
        for byte in utf8 {
          if Self.mustBeEscaped(byte) { writeEscaped(byte) } else { bytes.append(byte) }
        }
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func mustBeEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
