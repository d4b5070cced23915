/// Rows and columns of bytes as terminals send them. Nothing is decoded before it is known to be
/// needed.
extension ArraySlice<UInt8> {
  /// Without blanks, tabs, carriage returns, line ends and NULs at both ends.
  var trimmed: ArraySlice<UInt8> {
    var part = self
    while let byte = part.first, byte <= 0x20 { part.removeFirst() }
    while let byte = part.last, byte <= 0x20 { part.removeLast() }
    return part
  }

  /// Parts between tabs; of more than `limit` only so many.
  func columns(limit: Int) -> [ArraySlice<UInt8>] {
    var columns: [ArraySlice<UInt8>] = []
    columns.reserveCapacity(12)
    var start = startIndex
    while columns.count < limit {
      let end = self[start...].firstIndex(of: 0x09) ?? endIndex
      columns.append(self[start..<end])
      if end == endIndex { break }
      start = end + 1
    }
    return columns
  }

  /// A whole number in digits only; `nil` for anything else, and for more digits than this.
  func wholeNumber(digits: Int) -> Int? {
    guard !isEmpty, count <= digits else { return nil }
    var value = 0
    for byte in self {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// Whether this begins with a text.
  func hasPrefix(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { self.starts(with: $0) }
  }
}

/// Lines that are not blank, without their line ends. Every byte is looked at once.
struct ByteRows: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> ArraySlice<UInt8>? {
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let row = rest[..<end]
      rest = end == rest.endIndex ? [] : rest[(end + 1)...]
      if row.contains(where: { $0 > 0x20 }) { return row.withoutEnd }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Without carriage returns and NULs at the end, which some firmware leaves.
  fileprivate var withoutEnd: ArraySlice<UInt8> {
    var row = self
    while let byte = row.last, byte == 0x0D || byte == 0 { row.removeLast() }
    return row
  }
}

/// `name=value` columns of one row, by name.
struct ByteFields {
  private let columns: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)]

  init(_ row: ArraySlice<UInt8>) {
    columns = row.columns(limit: AttendanceLimits.columns).map { column in
      let equals = column.firstIndex(of: UInt8(ascii: "=")) ?? column.endIndex
      return (column[..<equals].trimmed, column[equals...].dropFirst().trimmed)
    }
  }

  /// The value of a name, whatever its case; `nil` if it is missing, or stands twice with two
  /// values, so that no two readers can take it differently.
  subscript(name: StaticString) -> ArraySlice<UInt8>? {
    var found: ArraySlice<UInt8>?
    for column in columns where column.name.isSame(as: name) {
      if let found, !found.elementsEqual(column.value) { return nil }
      found = column.value
    }
    return found
  }
}

extension ArraySlice<UInt8> {
  /// Whether this is an ASCII word, whatever its case.
  func isSame(as word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      count == word.count && zip(self, word).allSatisfy { $0.asciiLowercase == $1.asciiLowercase }
    }
  }
}

extension UInt8 {
  fileprivate var asciiLowercase: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
