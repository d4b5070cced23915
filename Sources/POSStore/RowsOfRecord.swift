import FoundationEssentials
import GRDB
import POS

/// The rows that belong to one journal record, held against it.
struct RowsOfRecord {
  let db: Database
  let key: JournalKey
  let body: JSON
  let atMs: Int64

  private func wrong(_ problem: String) -> Finding {
    Finding(place: key.text, problem: problem)
  }

  func check(_ sale: Sale, policy: CharityPolicy) throws {
    guard sale.lines.allSatisfy({ $0.follows(policy) }) else {
      throw wrong("a line's amounts do not follow from its price and policy")
    }
    let toKeep = policy.cashRounding.rounded(sale.payment.cashPart)
    guard sale.payment.tendering.cashGiven == nil || sale.payment.cashKept == toKeep else {
      throw wrong("the cash kept does not follow from the cash part and the rounding")
    }
    try checkBody(sale.body(number: number, policy: policy), sale.businessDate, policy)
    try checkSaleRow([
      "kind": "sale", "id": sale.id.data, "stationID": sale.context.stationID.data,
      "tillSessionID": sale.context.tillSessionID.data,
      "businessDate": sale.businessDate.description, "totalFen": sale.totals.due.fen,
    ])
    try checkMovements(sale.lines.map { ($0.goods.productID, -$0.quantity.count) })
  }

  func check(_ one: SaleReturn, policy: CharityPolicy) throws {
    let original = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT journal.key, content FROM sale JOIN journal ON key = journalKey WHERE id = ?
          """), arguments: [one.originalID.data])
    guard let original, let record = try? JSON(parsing: Array(original["content"] as Data)),
      let saleBody = record["body"]
    else { throw wrong("its original sale is missing") }
    let sale = try Sale(body: saleBody, atMs: 0)
    try check(one, of: sale, originalKey: original["key"], policy: policy)
    try checkSaleRow([
      "kind": "return", "id": one.id.data, "stationID": one.context.stationID.data,
      "tillSessionID": one.context.tillSessionID.data,
      "businessDate": one.businessDate.description, "totalFen": -one.refund.fen,
      "originalKey": original["key"] as Int64,
    ])
    try checkMovements(
      one.lines.map { (sale.lines[$0.line].goods.productID, $0.quantity.count) })
  }

  private var number: Int64 { body["number"]?.integerValue ?? 0 }

  /// Holds the body against one made anew: no member more or less, every amount and the entry as
  /// they follow from the lines, the day as it follows from the time.
  private func checkBody(
    _ made: JSON, _ businessDate: BusinessDate, _ policy: CharityPolicy
  ) throws {
    guard made.adding("request", body["request"]) == body else {
      throw wrong("its body is not what its lines and tenders come to")
    }
    guard businessDate == BusinessDate(atMs: atMs, cutMinutes: policy.dayCutMinutes) else {
      throw wrong("its business day is not that of its time")
    }
  }

  /// Makes the return again from its sale and the returns before it.
  private func check(
    _ one: SaleReturn, of sale: Sale, originalKey: Int64, policy: CharityPolicy
  ) throws {
    let contents = try Data.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT content FROM sale JOIN journal ON key = journalKey
          WHERE originalKey = ? AND journalKey < ? ORDER BY journalKey
          """), arguments: [originalKey, key.value])
    let earlier = try contents.map { content in
      guard let earlierBody = try? JSON(parsing: Array(content))["body"] else {
        throw wrong("a return before it cannot be read")
      }
      return try SaleReturn(body: earlierBody, atMs: 0)
    }
    let book = ReturnBook(sale, policy: policy, earlier: earlier)
    let request = ReturnRequest(
      parts: one.lines.map { ReturnRequest.Part(line: $0.line, quantity: $0.quantity) },
      includesGift: one.gift != nil, reason: one.reason)
    let again = try? book.quote(request, id: one.id, at: one.context)
    guard let again, again.isSameMoney(as: one) else {
      throw wrong("its amounts do not follow from its sale and the returns before it")
    }
    let entry = one.entry(of: sale, policy: policy)
    try checkBody(one.body(number: number, entry: entry), one.businessDate, policy)
  }

  func checkTillSession() throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM tillSession WHERE openedKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its till session is missing") }
    try check(
      row, "tillSession",
      [
        "id": blob("id"), "tillID": blob("tillID"), "stationID": blob("stationID"),
        "openedBy": blob("userID"), "openedAtMs": atMs,
        "floatFen": body["floatFen"]?.integerValue, "closedKey": nil,
      ])
  }

  func checkPolicy() throws {
    let content = try String.fetchOne(
      db, sql: "SELECT content FROM policy WHERE id = ? AND effectiveFrom = ?",
      arguments: [body["id"]?.stringValue, body["effectiveFrom"]?.stringValue])
    guard content == String(decoding: body.canonicalBytes(), as: UTF8.self) else {
      throw wrong("its policy differs from the journal")
    }
  }

  func checkUser() throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM user WHERE id = ?", arguments: [blob("userID")])
    guard let row else { throw wrong("its user is missing") }
    try check(
      row, "user",
      ["role": body["role"]?.stringValue, "stationID": blob("stationID")])
  }

  /// Checks postings and request of a record, and counts the rows that belong to it.
  func checkedRows(_ kind: JournalKind) throws -> [String: Int64] {
    var counts: [String: Int64] = ["posting": try checkPostings()]
    counts["stockMovement"] = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT COUNT(*) FROM stockMovement WHERE journalKey = ?"),
      arguments: [key.value])
    switch kind {
    case .tillOpened:
      counts["tillSession"] = 1
      try checkRequest(&counts)
    case .approval, .basketVoided, .reprint: try checkRequest(&counts)
    case .userAdded:
      counts["user"] = 1
      if body["request"] != nil { try checkRequest(&counts) }
    case .policy: counts["policy"] = 1
    case .setUp, .stationAdded: counts["station"] = 1
    case .catalogImport, .logIn, .logOut, .logInRefused, .sale, .saleReturn: break
    }
    return counts
  }

  private func checkRequest(_ counts: inout [String: Int64]) throws {
    let hash = try Data.fetchOne(
      db, sql: "SELECT requestHash FROM clientRequest WHERE id = ? AND journalKey = ?",
      arguments: [blob("id") ?? blob("userID"), key.value])
    guard let hash, hexText(hash) == body["request"]?.stringValue else {
      throw wrong("its request differs from the journal")
    }
    counts["clientRequest"] = 1
  }

  private func checkPostings() throws -> Int64 {
    let expected = body["entry"]?.arrayValue ?? []
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT account, amountMicroYuan FROM posting WHERE journalKey = ?"),
      arguments: [key.value])
    var amounts: [String: Int64] = [:]
    for row in rows { amounts[row["account"]] = row["amountMicroYuan"] }
    guard amounts.count == expected.count,
      expected.allSatisfy({ posting in
        guard case .array(let pair) = posting, let account = pair.first?.stringValue else {
          return false
        }
        return amounts[account] == pair.last?.integerValue
      })
    else { throw wrong("its postings differ from the journal") }
    guard amounts.values.reduce(0, +) == 0 else { throw wrong("its postings do not sum to zero") }
    return Int64(amounts.count)
  }

  private func checkSaleRow(_ expected: [String: (any DatabaseValueConvertible)?]) throws {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM sale WHERE journalKey = ?"), arguments: [key.value])
    guard let row else { throw wrong("its sale is missing") }
    guard hexText(row["requestHash"] as Data) == body["request"]?.stringValue else {
      throw wrong("requestHash of its sale differs from the journal")
    }
    var all = expected
    all["number"] = body["number"]?.integerValue
    all["epoch"] = key.epoch
    try check(row, "sale", all)
  }

  private func checkMovements(_ expected: [(productID: ProductID?, count: Int64)]) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT line, productID, count FROM stockMovement WHERE journalKey = ? ORDER BY line
          """), arguments: [key.value])
    let found = rows.map { Movement($0["line"], $0["productID"], $0["count"]) }
    var wanted: [Movement] = []
    for (line, movement) in expected.enumerated() {
      guard let productID = movement.productID else { continue }
      wanted.append(Movement(line, productID.data, movement.count))
    }
    guard found == wanted else { throw wrong("its stock movements differ from the journal") }
  }

  private func check(
    _ row: Row, _ table: String, _ expected: [String: (any DatabaseValueConvertible)?]
  ) throws {
    for (column, value) in expected.sorted(by: { $0.key < $1.key }) {
      let found = row[column] as DatabaseValue?
      guard found == value?.databaseValue ?? .null else {
        throw wrong("\(column) of its \(table) differs from the journal")
      }
    }
  }

  private func blob(_ name: String) -> Data? {
    body[name]?.stringValue.flatMap { Identifier<Store>($0)?.data }
  }
}

extension SaleReturn {
  /// Whether two returns are of the same goods and money, wherever and whenever made.
  fileprivate func isSameMoney(as other: SaleReturn) -> Bool {
    lines == other.lines && gift == other.gift && cashBack == other.cashBack
  }
}

private struct Movement: Equatable {
  let line: Int
  let productID: Data
  let count: Int64

  init(_ line: Int, _ productID: Data, _ count: Int64) {
    self.line = line
    self.productID = productID
    self.count = count
  }
}
