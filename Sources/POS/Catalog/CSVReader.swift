/// One row of a CSV file.
public struct CSVRow: Equatable, Sendable {
  /// Physical line the row starts on; the first line of the file is 1.
  public let lineNumber: Int
  /// Fields as written, without their quotes; at least one.
  public let fields: [String]
}

/// A row that could not be read, and why.
public struct CSVProblem: Error, Equatable, Sendable {
  /// Why a row is refused, in the order of the checks.
  public enum Reason: Error, Equatable, Sendable {
    case rowTooLong(limitBytes: Int)
    case unterminatedQuote
    case textAfterClosingQuote
    case quoteInsideUnquotedField
    case tooManyFields(limit: Int)
    case controlCharacter
    case invalidUTF8
  }

  /// Physical line the row starts on; the first line of the file is 1.
  public let lineNumber: Int
  public let reason: Reason
}

/// Strict reader of RFC 4180 text: a sequence of rows, each good or refused on its own.
///
/// 1. UTF-8, with or without a byte order mark; lines end in CRLF or LF, the last may end with the
///    file. Empty lines are skipped.
/// 2. A quoted field may hold commas, line ends and doubled quotes; a quote anywhere else is
///    refused, and so is every control character (NUL, tab, a lone CR, DEL, C1) in any field.
/// 3. One bad row costs one row. Where its quotes cannot be trusted or it is too long, reading goes
///    on with the next physical line; otherwise with the line after its end.
/// 4. Every byte is looked at a bounded number of times, whatever the file holds.
public struct CSVReader: Sequence, IteratorProtocol, Sendable {
  /// Longest row in bytes, its line end not counted: far beyond any goods or person, and small
  /// enough that a missing closing quote cannot swallow a file.
  public static let maximumRowBytes = 65_536
  /// Most fields in a row: several times the widest file that is imported.
  public static let maximumFields = 64

  private let bytes: [UInt8]
  private var position: Int
  private var lineNumber = 1

  /// Reader of the whole content of a file.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next row or refused row; `nil` at the end.
  public mutating func next() -> Result<CSVRow, CSVProblem>? {
    skipEmptyLines()
    guard position < bytes.count else { return nil }
    let start = position
    let startLine = lineNumber
    do {
      return .success(CSVRow(lineNumber: startLine, fields: try row()))
    } catch {
      if error.leavesRowEndUnknown {
        lineNumber = startLine
        position = start
        skipLine()
      }
      return .failure(CSVProblem(lineNumber: startLine, reason: error))
    }
  }
}

extension CSVProblem.Reason {
  fileprivate var leavesRowEndUnknown: Bool {
    switch self {
    case .rowTooLong, .unterminatedQuote, .textAfterClosingQuote, .quoteInsideUnquotedField: true
    case .tooManyFields, .controlCharacter, .invalidUTF8: false
    }
  }
}

private enum Byte {
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let delete: UInt8 = 0x7F
}

/// Where a field lies in the bytes.
private struct FieldSpan {
  var range: Range<Int>
  var hasDoubledQuotes = false
}

extension CSVReader {
  private mutating func skipEmptyLines() {
    while let length = lineEndLength(at: position) {
      position += length
      lineNumber += 1
    }
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != Byte.lineFeed { position += 1 }
    if position < bytes.count {
      position += 1
      lineNumber += 1
    }
  }

  /// Length of the line end at this place; `nil` where there is none, as at the end of the file.
  private func lineEndLength(at index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    if bytes[index] == Byte.lineFeed { return 1 }
    guard bytes[index] == Byte.carriageReturn, index + 1 < bytes.count,
      bytes[index + 1] == Byte.lineFeed
    else { return nil }
    return 2
  }

  /// Reads one row and its line end. Finds the end of the row first, so that the refusals about
  /// its content leave the reader after it.
  private mutating func row() throws(CSVProblem.Reason) -> [String] {
    let limit = position + Self.maximumRowBytes
    var spans: [FieldSpan] = []
    spans.reserveCapacity(8)
    var count = 0
    while true {
      let span = try field(limit: limit)
      count += 1
      if count <= Self.maximumFields { spans.append(span) }
      guard position < bytes.count, bytes[position] == Byte.comma else { break }
      position += 1
    }
    guard position <= limit else { throw .rowTooLong(limitBytes: Self.maximumRowBytes) }
    if let length = lineEndLength(at: position) {
      position += length
      lineNumber += 1
    }
    guard count <= Self.maximumFields else { throw .tooManyFields(limit: Self.maximumFields) }
    var fields: [String] = []
    fields.reserveCapacity(count)
    for span in spans { fields.append(try text(of: span)) }
    return fields
  }

  private mutating func field(limit: Int) throws(CSVProblem.Reason) -> FieldSpan {
    if position < bytes.count, bytes[position] == Byte.quote {
      return try quotedField(limit: limit)
    }
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Byte.comma || byte == Byte.lineFeed { break }
      if byte == Byte.carriageReturn, lineEndLength(at: position) != nil { break }
      if position >= limit { throw .rowTooLong(limitBytes: Self.maximumRowBytes) }
      if byte == Byte.quote { throw .quoteInsideUnquotedField }
      position += 1
    }
    return FieldSpan(range: start..<position)
  }

  private mutating func quotedField(limit: Int) throws(CSVProblem.Reason) -> FieldSpan {
    position += 1
    var span = FieldSpan(range: position..<position)
    while true {
      guard position < bytes.count else { throw .unterminatedQuote }
      if position >= limit { throw .rowTooLong(limitBytes: Self.maximumRowBytes) }
      let byte = bytes[position]
      if byte == Byte.lineFeed { lineNumber += 1 }
      if byte == Byte.quote {
        guard position + 1 < bytes.count, bytes[position + 1] == Byte.quote else { break }
        span.hasDoubledQuotes = true
        position += 1
      }
      position += 1
    }
    span.range = span.range.lowerBound..<position
    position += 1
    let isAtFieldEnd =
      position == bytes.count || bytes[position] == Byte.comma
      || lineEndLength(at: position) != nil
    guard isAtFieldEnd else { throw .textAfterClosingQuote }
    return span
  }

  private func text(of span: FieldSpan) throws(CSVProblem.Reason) -> String {
    try checkControls(in: span.range)
    let raw = bytes[span.range]
    let text =
      span.hasDoubledQuotes
      ? String(validating: undoubled(raw), as: UTF8.self)
      : String(validating: raw, as: UTF8.self)
    guard let text else { throw .invalidUTF8 }
    return text
  }

  private func checkControls(in range: Range<Int>) throws(CSVProblem.Reason) {
    for index in range {
      let byte = bytes[index]
      let isControl = byte < 0x20 || byte == Byte.delete
      if isControl {
        guard byte == Byte.lineFeed || lineEndLength(at: index) != nil else {
          throw .controlCharacter
        }
      }
      // C1 controls are C2 80 … C2 9F in UTF-8.
      if byte == 0xC2, index + 1 < range.upperBound, (0x80...0x9F).contains(bytes[index + 1]) {
        throw .controlCharacter
      }
    }
  }

  private func undoubled(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(raw.count)
    var isSecondQuote = false
    for byte in raw {
      if isSecondQuote {
        isSecondQuote = false
        continue
      }
      isSecondQuote = byte == Byte.quote
      plain.append(byte)
    }
    return plain
  }
}
