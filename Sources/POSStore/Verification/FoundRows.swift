import FoundationEssentials
import GRDB
import POS

/// The rows of the big tables that name one record.
struct FoundRows: Sendable {
  let sale: FoundSale?
  let postings: [FoundPosting]
  let movements: [FoundMovement]
}

/// A row of `sale` as it was found; `nil` is also what is not of its kind.
struct FoundSale: Equatable, Sendable {
  let id: UUID?
  let requestHash: String?
  let kind: String?
  let stationID: UUID?
  let epoch: Int64?
  let number: Int64?
  let tillSessionID: UUID?
  let businessDate: String?
  let totalFen: Int64?
  let originalKey: Int64?

  /// The first column that differs.
  func difference(from other: FoundSale) -> String {
    let columns = [
      ("id", id == other.id), ("requestHash", requestHash == other.requestHash),
      ("kind", kind == other.kind), ("stationID", stationID == other.stationID),
      ("epoch", epoch == other.epoch), ("number", number == other.number),
      ("tillSessionID", tillSessionID == other.tillSessionID),
      ("businessDate", businessDate == other.businessDate),
      ("totalFen", totalFen == other.totalFen),
    ]
    return columns.first { !$0.1 }?.0 ?? "originalKey"
  }
}

/// A row of `posting` as it was found.
struct FoundPosting: Equatable, Sendable {
  let account: String?
  let amountMicroYuan: Int64?
}

/// A row of `stockMovement` as it was found.
struct FoundMovement: Equatable, Sendable {
  let line: Int64?
  let productID: UUID?
  let count: Int64?
}

/// The rows of one table in the order of the records they name, read beside the journal.
struct RowsBesideJournal<Value> {
  private let table: String
  private let cursor: RowCursor
  private let read: (Row) throws -> Value
  private var next: (key: Int64, value: Value)?

  /// - Parameter columns: those that `read` takes, from index 1.
  init(
    _ db: Database, _ table: String, columns: String, order: String, _ keys: ClosedRange<Int64>,
    read: @escaping (Row) throws -> Value
  ) throws {
    self.table = table
    self.read = read
    cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT journalKey, \(columns) FROM \(table) WHERE journalKey BETWEEN ? AND ?
        ORDER BY \(order)
        """, arguments: [keys.lowerBound, keys.upperBound])
    try step()
  }

  /// The rows that name this record, which comes after those asked for before.
  ///
  /// - Throws: a `Finding` if there are rows of a record between.
  mutating func take(_ key: Int64) throws -> [Value] {
    try requireNone(before: key)
    var values: [Value] = []
    while let row = next, row.key == key {
      values.append(row.value)
      try step()
    }
    return values
  }

  /// Makes sure that no rows are left that no record has.
  func requireNone(before key: Int64 = .max) throws {
    guard let next, next.key < key else { return }
    throw Finding(
      place: JournalKey(next.key).text,
      problem: "is missing from the journal, but \(table) has rows of it: deleted record")
  }

  private mutating func step() throws {
    next = try cursor.next().map { row in (row[0], try read(row)) }
  }
}

extension Row {
  /// The id in a column; `nil` if it holds anything else.
  func uuid(at index: Int) throws -> UUID? {
    try withUnsafeData(atIndex: index) { data in
      guard let data, data.count == 16 else { return nil }
      return data.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
  }

  /// The whole number in a column; `nil` if it holds anything else.
  func integer(at index: Int) -> Int64? { Int64.fromDatabaseValue(self[index]) }

  /// The text in a column; `nil` if it holds anything else.
  func text(at index: Int) -> String? { String.fromDatabaseValue(self[index]) }
}
