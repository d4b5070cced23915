import FoundationEssentials
import GRDB
import GRDBSQLite
import POS

/// One statement that writes many rows, through SQLite's own interface.
///
/// For the few statements of every sale: what GRDB does around each row, which other statements
/// need, costs more than the row. It observes nothing, so a table that somebody observes is not
/// written by it.
struct RowWriter {
  /// A value of a row.
  enum Value {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case uuid(UUID)
  }

  private let db: Database
  private let prepared: Statement

  /// The statement is prepared once for each connection.
  init(_ db: Database, _ sql: String) throws {
    self.db = db
    prepared = try db.cachedStatement(sql: sql)
  }

  private var statement: SQLiteStatement { prepared.sqliteStatement }

  /// Writes a row of as many values as the statement has places.
  func write(_ values: Value...) throws {
    precondition(
      sqlite3_bind_parameter_count(statement) == values.count, "a row has a value for each place")
    defer { sqlite3_reset(statement) }
    for (index, value) in values.enumerated() {
      let code = bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    let code = sqlite3_step(statement)
    guard code == SQLITE_DONE else { throw failure(code) }
  }

  private func bind(_ value: Value, at place: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, place)
    case .integer(let number): return sqlite3_bind_int64(statement, place, number)
    case .text(var text):
      return text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { characters in
          sqlite3_bind_text(
            statement, place, characters.baseAddress, Int32(characters.count), Self.copied)
        }
      }
    case .blob(let bytes):
      return sqlite3_bind_blob(statement, place, bytes, Int32(bytes.count), Self.copied)
    case .uuid(let id):
      return withUnsafeBytes(of: id.uuid) { bytes in
        sqlite3_bind_blob(statement, place, bytes.baseAddress, Int32(bytes.count), Self.copied)
      }
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
  }

  /// SQLite copies what is bound (`SQLITE_TRANSIENT`).
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

extension RowWriter.Value {
  static func id<Subject>(_ id: Identifier<Subject>) -> Self { .uuid(id.uuid) }

  static func optional(_ number: Int64?) -> Self { number.map { .integer($0) } ?? .null }
}
