/// Why bytes are not JSON of our strict dialect, with the offset of the byte that shows it.
public enum JSONProblem: Error, Equatable, Sendable {
  case notUTF8
  case byteOrderMark
  case unexpectedEnd
  case unexpectedByte(at: Int)
  case notAWholeNumber(at: Int)
  case numberTooLarge(at: Int)
  case badString(at: Int)
  case repeatedMember(String)
  case tooDeep(at: Int)
  case textAfterValue(at: Int)
}

extension JSON {
  /// How deep arrays and objects may nest: our own documents use 6 levels, and each level costs
  /// stack.
  public static let maximumDepth = 32

  /// Reads one value that fills `bytes`.
  ///
  /// Throws in this order: not UTF-8, byte-order mark, then the first fault from the left.
  public init(parsing bytes: [UInt8]) throws(JSONProblem) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw .byteOrderMark }
    var parser = JSONParser(bytes: bytes, mustBeCanonical: false)
    self = try parser.document()
  }

  /// Reads one value that fills `bytes` and stands there in its canonical form.
  ///
  /// Throws like `init(parsing:)`; what is not canonical is an unexpected byte, a repeated member
  /// or a bad string.
  public init(canonical bytes: [UInt8]) throws(JSONProblem) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
    var parser = JSONParser(bytes: bytes, mustBeCanonical: true)
    self = try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  /// Then there is no space between tokens, members are in the order of their names' bytes, and
  /// strings escape no more than they must.
  let mustBeCanonical: Bool
  var position = 0

  init(bytes: [UInt8], mustBeCanonical: Bool) {
    self.bytes = bytes
    self.mustBeCanonical = mustBeCanonical
  }

  mutating func document() throws(JSONProblem) -> JSON {
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw .textAfterValue(at: position) }
    return value
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSON {
    guard depth < JSON.maximumDepth else { throw .tooDeep(at: position) }
    switch try peek() {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .integer(try integer())
    }
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    var names = MemberNames(mustAscend: mustBeCanonical)
    skipSpace()
    if try peek() == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard try peek() == UInt8(ascii: "\"") else { throw .unexpectedByte(at: position) }
      let name = try string()
      guard names.canTake(name, after: members) else { throw .repeatedMember(name) }
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      members.append(JSON.Member(name, try value(depth: depth + 1)))
      skipSpace()
      if try isLast(closing: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(JSONProblem) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if try peek() == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if try isLast(closing: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  /// Steps over a comma or the closing byte, and says which it was.
  private mutating func isLast(closing: UInt8) throws(JSONProblem) -> Bool {
    let byte = try peek()
    guard byte == closing || byte == UInt8(ascii: ",") else {
      throw .unexpectedByte(at: position)
    }
    position += 1
    return byte == closing
  }

  private mutating func integer() throws(JSONProblem) -> Int64 {
    let start = position
    let isNegative = try peek() == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let firstDigit = position
    var number: Int64 = 0
    while position < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] {
      let digit = Int64(bytes[position] - UInt8(ascii: "0"))
      let (tens, tensOverflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflow) =
        isNegative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      guard !tensOverflow, !sumOverflow else { throw .numberTooLarge(at: start) }
      number = sum
      position += 1
    }
    guard position > firstDigit else { throw .unexpectedByte(at: start) }
    let hasLeadingZero = bytes[firstDigit] == UInt8(ascii: "0") && position > firstDigit + 1
    guard !hasLeadingZero, !(isNegative && number == 0) else { throw .notAWholeNumber(at: start) }
    if position < bytes.count, [0x2E, 0x65, 0x45].contains(bytes[position]) {
      throw .notAWholeNumber(at: start)
    }
    return number
  }

  private mutating func string() throws(JSONProblem) -> String {
    let start = position
    position += 1
    let firstByte = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        defer { position += 1 }
        return String(decoding: bytes[firstByte..<position], as: UTF8.self)
      }
      if byte < 0x20 { throw .badString(at: position) }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: firstByte) }
      position += 1
    }
    throw .badString(at: start)
  }

  /// The slower way for a string that has an escape; `position` is at the first one.
  private mutating func escapedString(from firstByte: Int) throws(JSONProblem) -> String {
    var text = Array(bytes[firstByte..<position])
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        let string = String(decoding: text, as: UTF8.self)
        let isPlain = bytes[firstByte - 1..<position].elementsEqual(JSON.string(string).bytes())
        guard !mustBeCanonical || isPlain else { throw .badString(at: firstByte) }
        return string
      }
      if byte < 0x20 { throw .badString(at: position) }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: try escape())
      } else {
        text.append(byte)
      }
    }
    throw .badString(at: firstByte)
  }

  private mutating func escape() throws(JSONProblem) -> [UInt8] {
    let byte = try peek()
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw .badString(at: position - 1)
    }
  }

  private mutating func unicodeEscape() throws(JSONProblem) -> [UInt8] {
    let start = position
    var units = [try hexUnit()]
    if UTF16.isLeadSurrogate(units[0]) {
      guard try peek() == UInt8(ascii: "\\") else { throw .badString(at: start) }
      position += 1
      guard try peek() == UInt8(ascii: "u") else { throw .badString(at: start) }
      position += 1
      units.append(try hexUnit())
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw .badString(at: start)
    }
    return Array(text.utf8)
  }

  private mutating func hexUnit() throws(JSONProblem) -> UInt16 {
    guard position + 4 <= bytes.count,
      let digits = String(validating: bytes[position..<position + 4], as: UTF8.self),
      digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let unit = UInt16(digits, radix: 16)
    else { throw .badString(at: position) }
    position += 4
    return unit
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONProblem) -> JSON {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[position..<end].elementsEqual(Array(word.description.utf8))
    else { throw .unexpectedByte(at: position) }
    position = end
    return value
  }

  private func peek() throws(JSONProblem) -> UInt8 {
    guard position < bytes.count else { throw .unexpectedEnd }
    return bytes[position]
  }

  private mutating func expect(_ byte: UInt8) throws(JSONProblem) {
    guard try peek() == byte else { throw .unexpectedByte(at: position) }
    position += 1
  }

  private mutating func skipSpace() {
    if mustBeCanonical { return }
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }
}

/// The names of an object's members so far.
private struct MemberNames {
  /// Up to this many are compared one by one; most objects have fewer.
  private static let few = 16

  let mustAscend: Bool
  private var many = Set<String>()

  init(mustAscend: Bool) { self.mustAscend = mustAscend }

  /// Whether a member of this name may follow those that are there.
  mutating func canTake(_ name: String, after members: [JSON.Member]) -> Bool {
    guard let last = members.last else { return true }
    if mustAscend { return last.name.utf8.lexicographicallyPrecedes(name.utf8) }
    if members.count < Self.few { return !members.contains { $0.name == name } }
    if many.isEmpty { many = Set(members.map(\.name)) }
    return many.insert(name).inserted
  }
}
