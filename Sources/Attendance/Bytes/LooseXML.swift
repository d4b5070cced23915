/// Reads XML as terminals print it: elements and their text. Attributes, comments and instructions
/// are stepped over; a document type is refused, so nothing can be declared that expands. Every
/// byte is looked at a bounded number of times, and nothing nests on the stack.
struct LooseXML {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var memberCount = 0
  private var open: [Element] = []
  private var root: LooseValue.Member?

  fileprivate struct Element {
    let name: String
    var text: [UInt8] = []
    var members: [LooseValue.Member] = []
  }

  /// The document: an object with the root element as its only member.
  static func value(of bytes: ArraySlice<UInt8>) throws(LooseProblem) -> LooseValue {
    guard bytes.count <= AttendanceLimits.eventBytes else { throw .tooLarge }
    var parser = LooseXML(bytes: bytes)
    try parser.readAll()
    guard let root = parser.root, parser.open.isEmpty else { throw .malformed }
    return .object([root])
  }

  private init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
  }

  private mutating func readAll() throws(LooseProblem) {
    while position < bytes.endIndex {
      if bytes[position] == UInt8(ascii: "<") {
        try markup()
      } else {
        try text()
      }
    }
  }

  private mutating func markup() throws(LooseProblem) {
    let rest = bytes[position...]
    if rest.hasPrefix("<!--") { return try skip(past: "-->", from: 4) }
    if rest.hasPrefix("<?") { return try skip(past: "?>", from: 2) }
    if rest.hasPrefix("<![CDATA[") { return try characterData() }
    if rest.hasPrefix("<!") { throw .malformed }
    if rest.hasPrefix("</") { return try endTag() }
    try startTag()
  }

  private mutating func startTag() throws(LooseProblem) {
    position += 1
    let name = try name()
    guard root == nil, open.count < LooseValue.maximumDepth else { throw .tooLarge }
    let isEmpty = try endOfTag()
    open.append(Element(name: name))
    if isEmpty { try close() }
  }

  private mutating func endTag() throws(LooseProblem) {
    position += 2
    let name = try name()
    guard open.last?.name == name else { throw .malformed }
    guard try !endOfTag() else { throw .malformed }
    try close()
  }

  private mutating func close() throws(LooseProblem) {
    guard let element = open.popLast() else { throw .malformed }
    memberCount += 1
    guard memberCount <= LooseValue.maximumMembers else { throw .tooLarge }
    let member = LooseValue.Member(name: element.name, value: element.value)
    if open.isEmpty { root = member } else { open[open.count - 1].members.append(member) }
  }

  /// A name without its prefix.
  private mutating func name() throws(LooseProblem) -> String {
    let start = position
    while position < bytes.endIndex, Self.isNameByte(bytes[position]) { position += 1 }
    guard position > start, position - start <= LooseValue.maximumTextBytes else {
      throw .malformed
    }
    let name = bytes[start..<position]
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return String(decoding: local, as: UTF8.self)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x3A).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || "-_.".utf8.contains(byte)
  }

  /// Steps over attributes and the end of a tag; says whether it ends in `/>`.
  private mutating func endOfTag() throws(LooseProblem) -> Bool {
    var quote: UInt8?
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return bytes[position - 2] == UInt8(ascii: "/")
      } else if byte == UInt8(ascii: "<") {
        throw .malformed
      }
    }
    throw .malformed
  }

  private mutating func text() throws(LooseProblem) {
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
    let part = bytes[position..<end]
    position = end
    guard !open.isEmpty else {
      guard part.trimmed.isEmpty else { throw .malformed }
      return
    }
    append(Self.unescaped(part))
  }

  private mutating func characterData() throws(LooseProblem) {
    let start = position + 9
    try skip(past: "]]>", from: 9)
    guard !open.isEmpty else { throw .malformed }
    append(Array(bytes[start..<position - 3]))
  }

  private mutating func append(_ part: [UInt8]) {
    let last = open.count - 1
    let room =
      LooseValue.maximumTextBytes + 1 - min(open[last].text.count, LooseValue.maximumTextBytes + 1)
    open[last].text += part.prefix(room)
  }

  private mutating func skip(past mark: StaticString, from offset: Int) throws(LooseProblem) {
    position += offset
    while position < bytes.endIndex {
      if bytes[position...].hasPrefix(mark) {
        position += mark.utf8CodeUnitCount
        return
      }
      position += 1
    }
    throw .malformed
  }

  /// The five names that need no declaration; other references stay as they are.
  private static func unescaped(_ part: ArraySlice<UInt8>) -> [UInt8] {
    guard part.contains(UInt8(ascii: "&")) else { return Array(part) }
    var plain: [UInt8] = []
    var rest = part
    while let byte = rest.first {
      let reference = byte == UInt8(ascii: "&") ? references.first { rest.hasPrefix($0.0) } : nil
      plain.append(reference?.1 ?? byte)
      rest = rest.dropFirst(reference?.0.utf8CodeUnitCount ?? 1)
    }
    return plain
  }

  private static let references: [(StaticString, UInt8)] = [
    ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
    ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")),
  ]
}

extension LooseXML.Element {
  /// An element with elements in it is an object, any other a text.
  fileprivate var value: LooseValue {
    if !members.isEmpty { return .object(members) }
    guard text.count <= LooseValue.maximumTextBytes else { return .nothing }
    return .text(String(decoding: text[...].trimmed, as: UTF8.self))
  }
}
