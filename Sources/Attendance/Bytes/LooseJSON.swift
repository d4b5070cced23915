/// Reads JSON as terminals print it, by bytes: a name in another character set spoils nothing.
/// Blanks and NULs may follow; anything else after the value is refused. Every byte is looked at
/// once.
struct LooseJSON {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var memberCount = 0

  static func value(of bytes: ArraySlice<UInt8>) throws(LooseProblem) -> LooseValue {
    guard bytes.count <= AttendanceLimits.eventBytes else { throw .tooLarge }
    var parser = LooseJSON(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.endIndex else { throw .malformed }
    return value
  }

  private init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
  }

  private mutating func value(depth: Int) throws(LooseProblem) -> LooseValue {
    guard depth < LooseValue.maximumDepth else { throw .tooLarge }
    skipSpace()
    switch try peek() {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return try string().map(LooseValue.text) ?? .nothing
    default: return try word()
    }
  }

  private mutating func object(depth: Int) throws(LooseProblem) -> LooseValue {
    position += 1
    var members: [LooseValue.Member] = []
    skipSpace()
    if try take("}") { return .object([]) }
    while true {
      skipSpace()
      guard try peek() == UInt8(ascii: "\"") else { throw .malformed }
      let name = try string()
      skipSpace()
      guard try take(":") else { throw .malformed }
      let value = try value(depth: depth + 1)
      try countMember()
      if let name { members.append(LooseValue.Member(name: name, value: value)) }
      skipSpace()
      if try take("}") { return .object(members) }
      guard try take(",") else { throw .malformed }
    }
  }

  private mutating func array(depth: Int) throws(LooseProblem) -> LooseValue {
    position += 1
    skipSpace()
    if try take("]") { return .nothing }
    while true {
      _ = try value(depth: depth + 1)
      try countMember()
      skipSpace()
      if try take("]") { return .nothing }
      guard try take(",") else { throw .malformed }
    }
  }

  /// A number, true, false or null, without looking whether it is a right one.
  private mutating func word() throws(LooseProblem) -> LooseValue {
    let start = position
    while position < bytes.endIndex, Self.isWordByte(bytes[position]) { position += 1 }
    guard position > start, position - start <= LooseValue.maximumTextBytes else {
      throw .malformed
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return text == "null" ? .nothing : .text(text)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || "+-.".utf8.contains(byte)
  }

  /// A string; `nil` if it is too long to be kept.
  private mutating func string() throws(LooseProblem) -> String? {
    position += 1
    var text: [UInt8] = []
    var isTooLong = false
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        return isTooLong ? nil : String(decoding: text, as: UTF8.self)
      }
      let plain = byte == UInt8(ascii: "\\") ? try escape() : [byte]
      if text.count + plain.count > LooseValue.maximumTextBytes { isTooLong = true }
      if !isTooLong { text += plain }
    }
    throw .malformed
  }

  private mutating func escape() throws(LooseProblem) -> [UInt8] {
    let byte = try peek()
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return try unicode()
    default: return [byte]
    }
  }

  /// A unit of UTF-16; half of a pair becomes U+FFFD, as nothing that is needed has one.
  private mutating func unicode() throws(LooseProblem) -> [UInt8] {
    guard position + 4 <= bytes.endIndex else { throw .malformed }
    var unit: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .malformed }
      unit = unit << 4 | UInt32(digit)
    }
    position += 4
    return Array(String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
  }

  private mutating func countMember() throws(LooseProblem) {
    memberCount += 1
    guard memberCount <= LooseValue.maximumMembers else { throw .tooLarge }
  }

  private func peek() throws(LooseProblem) -> UInt8 {
    guard position < bytes.endIndex else { throw .malformed }
    return bytes[position]
  }

  private mutating func take(_ character: Unicode.Scalar) throws(LooseProblem) -> Bool {
    guard try peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, bytes[position] <= 0x20 { position += 1 }
  }
}
