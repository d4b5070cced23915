import Crypto
import FoundationEssentials
import GRDB
import POS

/// One pass over the journal in order, holding each record against its rows.
struct JournalWalk {
  let db: Database
  private let origin: String?
  private var head = JournalHead.empty
  private var counts: [String: Int64] = [:]
  private var lastNumbers: [String: Int64] = [:]
  private var policies: [String: CharityPolicy] = [:]

  init(db: Database) throws {
    self.db = db
    origin = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'origin'")
  }

  var summary: VerifiedSummary {
    VerifiedSummary(
      records: counts["journal", default: 0], sales: counts["sale", default: 0],
      checkCode: counts["journal"] == nil ? nil : head.checkCode)
  }

  mutating func run(progress: (Int64, Int64) throws -> Void) throws {
    let total = try Int64.fetchOne(db, sql: "SELECT COUNT(*) FROM journal") ?? 0
    let rows = try Row.fetchCursor(
      db, sql: "SELECT key, kind, content, hash FROM journal ORDER BY key")
    while let row = try rows.next() {
      try check(row)
      let done = counts["journal", default: 0]
      if done.isMultiple(of: 1000) { try progress(done, total) }
    }
    try progress(total, total)
  }

  /// Whether the record a receipt names is there with that hash.
  func check(receiptCode: String) throws {
    let parts = receiptCode.split(separator: "-")
    guard parts.count == 3, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]) else {
      throw Finding(place: receiptCode, problem: "is no check code: epoch-number-hash")
    }
    let hash = try Data.fetchOne(
      db, sql: "SELECT hash FROM journal WHERE key = ?", arguments: [epoch << 40 | sequence])
    let place = "\(epoch)-\(sequence)"
    guard let hash else {
      throw Finding(place: place, problem: "is on a receipt but not in the journal: cut tail")
    }
    guard hexText(hash).hasPrefix(parts[2].lowercased()), parts[2].utf8.count >= 8 else {
      throw Finding(place: place, problem: "is another record than the receipt's")
    }
  }

  private mutating func check(_ row: Row) throws {
    let key = JournalKey(row["key"])
    let content: [UInt8] = Array(row["content"] as Data)
    let hash: [UInt8] = Array(row["hash"] as Data)
    func wrong(_ problem: String) -> Finding { Finding(place: key.text, problem: problem) }
    guard Array(SHA256.hash(data: content)) == hash else {
      throw wrong("content does not hash to the stored hash: changed record")
    }
    guard let record = try? JSON(parsing: content), record.canonicalBytes() == content else {
      throw wrong("content is not canonical JSON")
    }
    let follows = key.epoch == head.epoch && key.sequence == head.sequence + 1
    let begins = key.epoch == head.epoch + 1 && key.sequence == 1
    guard follows || begins else {
      throw wrong("does not follow \(head.epoch)-\(head.sequence): missing record")
    }
    guard record["v"]?.integerValue == 1, record["origin"]?.stringValue == origin else {
      throw wrong("is of another version or another posd")
    }
    guard record["epoch"]?.integerValue == key.epoch,
      record["seq"]?.integerValue == key.sequence
    else { throw wrong("names another place than its own: moved or copied record") }
    guard record["prev"]?.stringValue == head.hashText else {
      throw wrong("does not name the hash of the record before it: swapped or replaced record")
    }
    let kindText: String = row["kind"]
    guard record["kind"]?.stringValue == kindText, let kind = JournalKind(rawValue: kindText),
      let body = record["body"], let atMs = record["at"]?.integerValue
    else { throw wrong("kind does not fit its record") }
    head = JournalHead(epoch: key.epoch, sequence: key.sequence, hash: hash)
    counts["journal", default: 0] += 1
    do {
      try check(kind, body, atMs: atMs, key: key)
    } catch let problem as RecordProblem {
      throw wrong("member \(problem.member) is missing or wrong")
    }
  }

  private mutating func check(
    _ kind: JournalKind, _ body: JSON, atMs: Int64, key: JournalKey
  ) throws {
    let rows = RowsOfRecord(db: db, key: key, body: body, atMs: atMs)
    switch kind {
    case .sale:
      try rows.check(try Sale(body: body, atMs: atMs), policy: try policy(body, key))
      try checkNumber(body, key)
    case .saleReturn:
      try rows.check(try SaleReturn(body: body, atMs: atMs), policy: try policy(body, key))
      try checkNumber(body, key)
    case .tillOpened: try rows.checkTillSession()
    case .policy:
      try rows.checkPolicy()
      if let policy = CharityPolicy(json: body) { policies[policy.id] = policy }
    case .userAdded: try rows.checkUser()
    case .setUp, .stationAdded, .catalogImport, .logIn, .logOut, .logInRefused, .approval,
      .basketVoided, .reprint:
      break
    }
    for (table, count) in try rows.checkedRows(kind) { counts[table, default: 0] += count }
  }

  /// The policy a record names, as the journal told of it before.
  private func policy(_ body: JSON, _ key: JournalKey) throws -> CharityPolicy {
    guard let policy = body["policyID"]?.stringValue.flatMap({ policies[$0] }) else {
      throw Finding(place: key.text, problem: "names a policy the journal does not know")
    }
    return policy
  }

  private mutating func checkNumber(_ body: JSON, _ key: JournalKey) throws {
    let series = "\(key.epoch) \(body["stationID"]?.stringValue ?? "")"
    let expected = lastNumbers[series, default: 0] + 1
    guard body["number"]?.integerValue == expected else {
      throw Finding(place: key.text, problem: "sale number is not \(expected): gap in numbers")
    }
    lastNumbers[series] = expected
    counts["sale", default: 0] += 1
  }

  /// Rows that no record has, stock against its movements, and the schema.
  func checkTotals() throws {
    for table in ["sale", "posting", "stockMovement", "clientRequest"] {
      let orphan = try Int64.fetchOne(
        db,
        sql: """
          SELECT journalKey FROM \(table)
          WHERE NOT EXISTS (SELECT 1 FROM journal WHERE key = journalKey) LIMIT 1
          """)
      if let orphan {
        throw Finding(
          place: JournalKey(orphan).text,
          problem: "is missing from the journal, but \(table) has rows of it: deleted record")
      }
    }
    for table in [
      "sale", "posting", "stockMovement", "clientRequest", "tillSession", "policy", "user",
      "station",
    ] {
      let found = try Int64.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
      let expected = counts[table, default: 0]
      guard found == expected else {
        throw Finding(
          place: table, problem: "has \(found) rows where the journal has \(expected)")
      }
    }
    let wrongStock = try Data.fetchOne(
      db,
      sql: """
        WITH moved AS (
          SELECT stationID, productID, SUM(count) AS count FROM stockMovement
          JOIN sale USING (journalKey) GROUP BY stationID, productID)
        SELECT productID FROM moved LEFT JOIN stockLevel USING (stationID, productID)
        WHERE stockLevel.count IS NOT moved.count
        UNION ALL
        SELECT productID FROM stockLevel LEFT JOIN moved USING (stationID, productID)
        WHERE stockLevel.count <> 0 AND moved.count IS NULL
        """)
    if let wrongStock {
      throw Finding(
        place: "stockLevel \(Identifier<Product>(wrongStock).text)",
        problem: "is not the sum of its movements")
    }
    try SchemaCheck.run(db)
  }
}
