import Crypto
import FoundationEssentials
import GRDB
import POS

/// The checks that must pass before a database is served; `Verifier` does the thorough ones.
enum QuickCheck {
  /// Foreign keys are on, the schema is ours, and the journal's last record hashes to what is
  /// stored and follows the one before it.
  static func run(_ db: Database) throws {
    guard try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1 else {
      throw StoreProblem.notDurable
    }
    do { try SchemaCheck.run(db) } catch let finding as Finding {
      throw StoreProblem.changedSchema(finding.place)
    }
    let tail = try Row.fetchAll(
      db, sql: "SELECT key, content, hash FROM journal ORDER BY key DESC LIMIT 2")
    guard let last = tail.first else { return }
    let content: [UInt8] = Array(last["content"] as Data)
    let key = JournalKey(last["key"])
    guard Array(SHA256.hash(data: content)) == Array(last["hash"] as Data) else {
      throw StoreProblem.brokenJournal("record \(key.text) does not hash to what is stored")
    }
    let previous = tail.dropFirst().first.map { hexText(Array($0["hash"] as Data)) }
    let named = try JSON(parsing: content)["prev"]?.stringValue
    guard named == previous ?? JournalHead.empty.hashText else {
      throw StoreProblem.brokenJournal("record \(key.text) does not follow the one before it")
    }
  }
}
