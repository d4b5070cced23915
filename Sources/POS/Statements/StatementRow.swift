/// One line of what a payment network reports: a payment or refund that came about.
public struct StatementRow: Equatable, Sendable {
  /// The line in the file.
  public let lineNumber: Int
  /// What network and merchant call the payment, a refund too: numbers of payments, never of
  /// people. At least one.
  public let references: [String]
  /// The refund's own number, if the file has one.
  public let refundID: String?
  /// Above zero what came in, below zero what was paid back; never zero.
  public let amount: Money
  /// When; `nil` where the file does not say.
  public let atMs: Int64?

  public init(
    lineNumber: Int, references: [String], refundID: String?, amount: Money, atMs: Int64?
  ) {
    self.lineNumber = lineNumber
    self.references = references
    self.refundID = refundID
    self.amount = amount
    self.atMs = atMs
  }

  /// By how many days this row lies from a business day; 0 where the file does not say when.
  public func days(from date: BusinessDate, cutMinutes: Int) -> Int {
    guard let atMs else { return 0 }
    return BusinessDate(atMs: atMs, cutMinutes: cutMinutes).daysSince1970 - date.daysSince1970
  }

  /// Reads what `json` wrote; `nil` if it is anything else.
  public init?(json: JSON) {
    guard let parts = json.arrayValue, parts.count == 5, let line = parts[0].integerValue,
      (0...Int64(Int32.max)).contains(line), let list = parts[1].arrayValue, !list.isEmpty,
      let fen = parts[3].integerValue, fen != 0, fen.magnitude <= UInt64(Limits.tenderFen)
    else { return nil }
    let references = list.compactMap(\.stringValue)
    guard references.count == list.count else { return nil }
    self.init(
      lineNumber: Int(line), references: references, refundID: parts[2].stringValue,
      amount: Money(fen: fen), atMs: parts[4].integerValue)
    guard self.json == json else { return nil }
  }

  /// `[line, [references], refundID, amountFen, atMs]`, as it is hashed.
  public var json: JSON {
    [
      .integer(Int64(lineNumber)), .array(references.map(JSON.string)),
      refundID.map { .string($0) } ?? .null, .integer(amount.fen),
      atMs.map { .integer($0) } ?? .null,
    ]
  }
}

/// Why a file is no statement. Nothing of it is taken in: what is left out would look like a
/// payment that never came.
public enum StatementProblem: Error, Equatable, Sendable {
  /// No row names a column of references and one of amounts.
  case noHeader
  case tooManyRows(limit: Int)
  /// A row of the table that is no CSV, or lacks columns.
  case unreadableRow(line: Int)
  case badAmount(line: Int)
  case badTime(line: Int)
  case noReference(line: Int)
  /// A second table after the first: two statements in one file.
  case secondTable(line: Int)

  /// The line of the file, if it is about one.
  public var line: Int? {
    switch self {
    case .noHeader, .tooManyRows: nil
    case .unreadableRow(let line), .badAmount(let line), .badTime(let line),
      .noReference(let line), .secondTable(let line):
      line
    }
  }

  /// A word for it.
  public var word: String {
    switch self {
    case .noHeader: "noHeader"
    case .tooManyRows: "tooManyRows"
    case .unreadableRow: "unreadableRow"
    case .badAmount: "badAmount"
    case .badTime: "badTime"
    case .noReference: "noReference"
    case .secondTable: "secondTable"
    }
  }
}
