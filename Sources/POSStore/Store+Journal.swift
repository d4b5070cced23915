import FoundationEssentials
import GRDB
import POS

/// The key of a journal record as one integer: epoch × 2⁴⁰ + sequence.
struct JournalKey: Hashable {
  let value: Int64

  init(_ value: Int64) { self.value = value }

  init(_ head: JournalHead) { value = head.epoch << 40 | head.sequence }

  var epoch: Int64 { value >> 40 }
  var sequence: Int64 { value & (1 << 40 - 1) }
  var text: String { "\(epoch)-\(sequence)" }
}

extension UnitOfWork {
  /// Appends a record to the journal.
  @discardableResult
  func append(_ kind: JournalKind, _ body: JSON, atMs: Int64) throws -> JournalHead {
    precondition(!facts.origin.isEmpty, "a database is set up before it records")
    let record = JournalRecord(
      kind: kind, body: body, atMs: atMs, origin: facts.origin, after: try journalHead)
    try insert(record)
    return record.head
  }

  func insert(_ record: JournalRecord) throws {
    try RowWriter(db, "INSERT INTO journal (key, kind, content, hash) VALUES (?, ?, ?, ?)").write(
      .integer(JournalKey(record.head).value), .text(record.kind.rawValue), .blob(record.bytes),
      .blob(record.head.hash))
  }

  /// Where the journal stands.
  var journalHead: JournalHead {
    get throws {
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT key, hash FROM journal ORDER BY key DESC LIMIT 1"))
      return row.map { head($0["key"], hash: $0["hash"]) } ?? .empty
    }
  }

  func head(_ key: Int64, hash: Data) -> JournalHead {
    let key = JournalKey(key)
    return JournalHead(epoch: key.epoch, sequence: key.sequence, hash: Array(hash))
  }

  /// Writes the postings of an entry.
  func post(_ entry: Entry, _ head: JournalHead) throws {
    let rows = try RowWriter(
      db, "INSERT INTO posting (journalKey, account, amountMicroYuan) VALUES (?, ?, ?)")
    for posting in entry.postings {
      try rows.write(
        .integer(JournalKey(head).value), .text(posting.account.name),
        .integer(posting.amount.value))
    }
  }
}

extension Identifier {
  /// The 16 bytes that the database keeps.
  var data: Data { withUnsafeBytes(of: uuid.uuid) { Data($0) } }

  init(_ data: Data) {
    precondition(data.count == 16, "an id has 16 bytes")
    var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &bytes) { $0.copyBytes(from: data) }
    self.init(UUID(uuid: bytes))
  }
}
