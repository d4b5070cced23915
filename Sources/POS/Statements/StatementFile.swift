/// A statement of a payment network as a CSV file.
///
/// 1. Lines that begin with `#` are comments (Alipay has them above and below). A line that begins
///    with a back-tick has one before every value (WeChat Pay): its fields are parted by comma and
///    back-tick, so that a comma in a name parts nothing.
/// 2. The table begins after the first row that names a reference and an amount, and ends where the
///    file does, or at a row that begins with 总 (the totals). Rows that begin with 合计, 总计 or 小计
///    are totals too.
/// 3. Payments that failed, and rows that are no payments (fees, transfers, withdrawals), are
///    counted and left out. Any other row that cannot be understood refuses the file.
public struct StatementFile: Equatable, Sendable {
  /// 4 MiB: some 15,000 rows of the widest bill.
  public static let maximumBytes = 4 * 1024 * 1024
  /// Ten times what a busy station takes in a day.
  public static let maximumRows = 20_000
  /// Titles and comments above a table.
  private static let maximumTitleRows = 100

  /// Payments and refunds, in the order of the file.
  public private(set) var rows: [StatementRow] = []
  /// Rows of the table that are none.
  public private(set) var skippedCount = 0

  /// Reads a whole file in UTF-8.
  public init(csv bytes: [UInt8]) throws(StatementProblem) {
    var reader = CSVReader(Self.plainCSV(bytes))
    guard let columns = Self.header(&reader) else { throw .noHeader }
    var isOver = false
    while let next = reader.next() {
      switch next {
      case .failure(let problem):
        if !isOver { throw .unreadableRow(line: problem.lineNumber) }
      case .success(let row):
        if isOver || Self.isEnd(row) {
          isOver = true
          if StatementColumns(row.fields) != nil { throw .secondTable(line: row.lineNumber) }
        } else {
          try read(row, columns)
        }
      }
    }
  }

  private static func header(_ reader: inout CSVReader) -> StatementColumns? {
    for _ in 0..<maximumTitleRows {
      guard let next = reader.next() else { return nil }
      if case .success(let row) = next, let columns = StatementColumns(row.fields) {
        return columns
      }
    }
    return nil
  }

  private static func isEnd(_ row: CSVRow) -> Bool {
    let first = statementText(row.fields[0])
    return first.hasPrefix("总") && !first.hasPrefix("总计")
  }

  private mutating func read(
    _ row: CSVRow, _ columns: StatementColumns
  ) throws(StatementProblem) {
    guard rows.count + skippedCount < Self.maximumRows else {
      throw .tooManyRows(limit: Self.maximumRows)
    }
    let first = statementText(row.fields[0])
    if ["合计", "总计", "小计"].contains(where: first.hasPrefix) { return }
    guard row.fields.count >= columns.count,
      row.fields.dropFirst(columns.count).allSatisfy({ statementText($0).isEmpty })
    else { throw .unreadableRow(line: row.lineNumber) }
    let reading = StatementReading(row, columns)
    guard !reading.isNoPayment, let amount = try reading.amount() else {
      skippedCount += 1
      return
    }
    rows.append(
      StatementRow(
        lineNumber: row.lineNumber, references: try reading.references(),
        refundID: reading.refundID, amount: amount, atMs: try reading.atMs()))
  }

  /// The file as the CSV reader takes it: comments emptied, back-ticked lines quoted, tabs as
  /// spaces. The lines keep their numbers.
  private static func plainCSV(_ bytes: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count + bytes.count / 8)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for line in bytes[start...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      switch line.first {
      case UInt8(ascii: "#"): break
      case UInt8(ascii: "`"): append(backTicked: line.dropFirst(), to: &plain)
      default: plain += line.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 }
      }
      plain.append(UInt8(ascii: "\n"))
    }
    return plain
  }

  private static func append(backTicked line: ArraySlice<UInt8>, to plain: inout [UInt8]) {
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    plain.append(quote)
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      let isEndOfField =
        byte == comma && index + 1 < line.endIndex && line[index + 1] == UInt8(ascii: "`")
      if isEndOfField {
        plain += [quote, comma, quote]
        index += 1
      } else if byte == quote {
        plain += [quote, quote]
      } else {
        plain.append(byte == UInt8(ascii: "\t") ? UInt8(ascii: " ") : byte)
      }
      index += 1
    }
    plain.append(quote)
  }
}
