import Crypto
import FoundationEssentials
import GRDB
import POS

/// What the check of a stretch tells the walk.
struct CheckedStretch: Sendable {
  /// The records in order, up to the first bad one.
  var records: [CheckedRecord] = []
  var finding: Finding?
  var head = JournalHead.empty
  /// What the sales moved.
  var stock = StockSums()
}

/// A record that is good in itself.
enum CheckedRecord: Sendable {
  /// A sale, held against its rows already.
  case sale(SaleDigest)
  /// Anything else, with the rows that name it, for the walk to check.
  case other(OtherRecord)
}

/// What the walk still has to know of a sale.
struct SaleDigest: Sendable {
  let key: JournalKey
  let context: TillContext
  let number: Int64
  let businessDate: BusinessDate
  let policyID: String
  /// What was due.
  let total: Money
  /// The postings, as the body has them.
  let entry: JSON
  /// The whole sale where coupons or vouchers took part.
  let relief: Sale?
  /// The member whose it is.
  let memberID: MemberID?
}

/// A record for the walk.
struct OtherRecord: Sendable {
  let key: JournalKey
  let kind: JournalKind
  /// Where the journal stood before it.
  let previous: JournalHead
  let atMs: Int64
  let body: JSON
  let rows: FoundRows
}

/// Checks one stretch of the journal for itself: chain, form, and the rows that name its records.
/// Sales are checked whole, as they are nearly all of a journal.
struct StretchCheck {
  private let db: Database
  private let origin: String?
  private let policies: [String: CharityPolicy]
  private var result = CheckedStretch()
  private var previous = JournalHead.empty

  init(db: Database) throws {
    self.db = db
    origin = try Self.origin(db)
    // Each row is held against its record by the walk, before any sale under it is believed.
    let texts = try String.fetchAll(db, sql: "SELECT content FROM policy")
    let known = texts.compactMap { text in
      (try? JSON(parsing: Array(text.utf8))).flatMap { CharityPolicy(json: $0) }
    }
    policies = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
  }

  static func origin(_ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'origin'")
  }

  /// The stretch of these keys; together the stretches leave no key out.
  mutating func check(_ keys: ClosedRange<Int64>) throws -> CheckedStretch {
    result = CheckedStretch()
    do {
      try walk(keys)
    } catch let finding as Finding {
      result.finding = finding
    }
    return result
  }

  private mutating func walk(_ keys: ClosedRange<Int64>) throws {
    if let row = try Row.fetchOne(
      db, sql: "SELECT key, hash FROM journal WHERE key < ? ORDER BY key DESC LIMIT 1",
      arguments: [keys.lowerBound]), let hash = try row.hash(at: 1)
    {
      let key = JournalKey(row[0])
      result.head = JournalHead(epoch: key.epoch, sequence: key.sequence, hash: hash)
    }
    var sales = try RowsBesideJournal<FoundSale>(in: db, keys)
    var postings = try RowsBesideJournal<FoundPosting>(in: db, keys)
    var movements = try RowsBesideJournal<FoundMovement>(in: db, keys)
    let journal = try Row.fetchCursor(
      db,
      sql: "SELECT key, kind, content, hash FROM journal WHERE key BETWEEN ? AND ? ORDER BY key",
      arguments: [keys.lowerBound, keys.upperBound])
    while let row = try journal.next() {
      let key = JournalKey(row[0])
      let record = try checkedRecord(row, key)
      let sale = try sales.take(key.value)
      let rows = FoundRows(
        sale: sale.first, postings: try postings.take(key.value),
        movements: try movements.take(key.value))
      try note(record, key, rows)
    }
    try sales.requireNone()
    try postings.requireNone()
    try movements.requireNone()
  }

  /// The record of a row, if the row is what was hashed and follows the record before.
  private mutating func checkedRecord(_ row: Row, _ key: JournalKey) throws -> JSON {
    let (content, digest) = try row.withUnsafeData(atIndex: 2) { data in
      let data = data ?? Data()
      return (Array(data), SHA256.hash(data: data))
    }
    let hash = Array(digest)
    guard try row.hash(at: 3) == hash else {
      throw key.wrong("content does not hash to the stored hash: changed record")
    }
    guard let record = try? JSON(canonical: content) else {
      throw key.wrong("content is not canonical JSON")
    }
    try checkPlace(key, named: record)
    guard record["v"]?.integerValue == 1, record["origin"]?.stringValue == origin else {
      throw key.wrong("is of another version or another posd")
    }
    guard record["prev"]?.stringValue == result.head.hashText else {
      try checkEndOfSeries(record)
      throw key.wrong("does not name the hash of the record before it: swapped or replaced record")
    }
    guard record["kind"]?.stringValue == row.text(at: 1) else {
      throw key.wrong("kind does not fit its record")
    }
    previous = result.head
    result.head = JournalHead(epoch: key.epoch, sequence: key.sequence, hash: hash)
    return record
  }

  /// Whether a restore names a later record than the one before it: then that one is missing.
  private func checkEndOfSeries(_ record: JSON) throws {
    let head = result.head
    guard let end = record["body"]?["head"]?.stringValue.flatMap({ JournalHead.place($0) }),
      record["seq"]?.integerValue == 1, end.epoch == head.epoch, end.sequence > head.sequence
    else { return }
    throw Finding(
      place: "\(head.epoch)-\(head.sequence + 1)",
      problem: "is missing: the restore names \(end.epoch)-\(end.sequence)")
  }

  /// Whether a record stands where it says, after the one before it.
  private func checkPlace(_ key: JournalKey, named record: JSON) throws {
    let head = result.head
    let goesOn = key.epoch == head.epoch || head.sequence == 0
    let next = goesOn ? "\(head.epoch)-\(head.sequence + 1)" : "\(key.epoch)-1"
    guard record["epoch"]?.integerValue == key.epoch,
      record["seq"]?.integerValue == key.sequence
    else {
      let own = "\(record["epoch"]?.integerValue ?? 0)-\(record["seq"]?.integerValue ?? 0)"
      throw Finding(
        place: own == next ? own : key.text,
        problem: "stands at \(key.text) but names \(own) as its place: moved or copied record")
    }
    guard key.text == next, key.epoch >= head.epoch else {
      throw Finding(
        place: next,
        problem: "is missing: \(key.text) comes after \(head.epoch)-\(head.sequence)")
    }
  }

  private mutating func note(_ record: JSON, _ key: JournalKey, _ rows: FoundRows) throws {
    guard let kind = record["kind"]?.stringValue.flatMap(JournalKind.init(rawValue:)),
      let body = record["body"], let atMs = record["at"]?.integerValue
    else { throw key.wrong("kind does not fit its record") }
    guard kind == .sale else {
      let other = OtherRecord(
        key: key, kind: kind, previous: previous, atMs: atMs, body: body, rows: rows)
      return result.records.append(.other(other))
    }
    do {
      let sale = try Sale(body: body, atMs: atMs)
      let check = RowsOfRecord(
        db: db,
        record: OtherRecord(
          key: key, kind: kind, previous: previous, atMs: atMs, body: body, rows: rows))
      guard let policy = policies[sale.policyID] else {
        throw key.wrong("names a policy the journal does not know")
      }
      try check.check(sale, policy: policy)
      result.stock.add(rows.movements, at: sale.context.stationID)
      result.records.append(
        .sale(
          SaleDigest(
            key: key, context: sale.context, number: check.number,
            businessDate: sale.businessDate, policyID: sale.policyID, total: sale.totals.due,
            entry: body["entry"] ?? [],
            relief: sale.vouchers.isEmpty && sale.coupons.isEmpty ? nil : sale,
            memberID: sale.memberID)))
    } catch let problem as RecordProblem {
      throw key.wrong("member \(problem.member) is missing or wrong")
    }
  }
}

extension JournalKey {
  /// A finding about the record of this key.
  func wrong(_ problem: String) -> Finding { Finding(place: text, problem: problem) }
}

extension Row {
  /// The 32 bytes in a column.
  fileprivate func hash(at index: Int) throws -> [UInt8]? {
    try withUnsafeData(atIndex: index) { data in
      guard let data, data.count == 32 else { return nil }
      return Array(data)
    }
  }
}

extension RowsBesideJournal<FoundSale> {
  fileprivate init(in db: Database, _ keys: ClosedRange<Int64>) throws {
    try self.init(
      db, "sale",
      columns: """
        id, requestHash, kind, stationID, epoch, number, tillSessionID, businessDate, totalFen,
        originalKey
        """, order: "journalKey", keys
    ) { row in
      FoundSale(
        id: try row.uuid(at: 1),
        requestHash: try row.withUnsafeData(atIndex: 2) { $0.map { hexText($0) } },
        kind: row.text(at: 3), stationID: try row.uuid(at: 4), epoch: row.integer(at: 5),
        number: row.integer(at: 6), tillSessionID: try row.uuid(at: 7),
        businessDate: row.text(at: 8), totalFen: row.integer(at: 9),
        originalKey: row.integer(at: 10))
    }
  }
}

extension RowsBesideJournal<FoundPosting> {
  fileprivate init(in db: Database, _ keys: ClosedRange<Int64>) throws {
    try self.init(
      db, "posting", columns: "account, amountMicroYuan", order: "journalKey, account", keys
    ) { row in FoundPosting(account: row.text(at: 1), amountMicroYuan: row.integer(at: 2)) }
  }
}

extension RowsBesideJournal<FoundMovement> {
  fileprivate init(in db: Database, _ keys: ClosedRange<Int64>) throws {
    try self.init(
      db, "stockMovement", columns: "line, productID, count", order: "journalKey, line", keys
    ) { row in
      FoundMovement(
        line: row.integer(at: 1), productID: try row.uuid(at: 2), count: row.integer(at: 3))
    }
  }
}
