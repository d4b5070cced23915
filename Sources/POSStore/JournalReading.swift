import FoundationEssentials
import GRDB
public import POS

/// A record of the journal as it stands in the file.
public struct JournalLine: Sendable {
  public let head: JournalHead
  /// The canonical bytes that were hashed.
  public let bytes: [UInt8]
  public let record: JSON
}

/// Reads the journal of a folder from its first record to its last at the start, for exports.
///
/// It reads only, and a thousand records at a time: a daemon sells on meanwhile, and the memory
/// does not depend on how long the journal is. What it has read is not verified here.
public struct JournalReading {
  private static let portion = 1000

  private let queue: DatabaseQueue
  private let lastKey: Int64

  /// Opens a data folder or a database file.
  public init(folder: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    queue = try DatabaseQueue(path: DatabaseFile(at: folder).path, configuration: configuration)
    lastKey = try queue.read { db in
      try Int64.fetchOne(db, sql: "SELECT MAX(key) FROM journal") ?? .min
    }
  }

  /// The accounts of the ledger, by name.
  public func accounts() throws -> [String] {
    try queue.read { db in
      try String.fetchAll(db, sql: "SELECT DISTINCT account FROM posting ORDER BY account")
    }
  }

  /// The body of a sale; `nil` if there is none of this id.
  public func saleBody(_ id: SaleID) throws -> JSON? {
    let content = try queue.read { db in
      try Data.fetchOne(
        db, sql: "SELECT content FROM sale JOIN journal ON key = journalKey WHERE id = ?",
        arguments: [id.data])
    }
    return try content.map { try JSON(parsing: Array($0)) }?["body"]
  }

  /// Hands over each record in order; what `take` throws ends it.
  public func readEach(_ take: (JournalLine) throws -> Void) throws {
    var after = Int64.min
    while true {
      let lines = try lines(after: after)
      for line in lines { try take(line) }
      guard let last = lines.last else { return }
      after = JournalKey(last.head).value
    }
  }

  private func lines(after key: Int64) throws -> [JournalLine] {
    try queue.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT key, content, hash FROM journal WHERE key > ? AND key <= ? ORDER BY key
          LIMIT \(Self.portion)
          """, arguments: [key, lastKey]
      ).map { row in
        let key = JournalKey(row[0])
        let bytes: [UInt8] = Array(row[1] as Data)
        let hash: [UInt8] = Array(row[2] as Data)
        guard hash.count == 32, let record = try? JSON(parsing: bytes) else {
          throw StoreProblem.badRecord(key.text)
        }
        return JournalLine(
          head: JournalHead(epoch: key.epoch, sequence: key.sequence, hash: hash), bytes: bytes,
          record: record)
      }
    }
  }
}
