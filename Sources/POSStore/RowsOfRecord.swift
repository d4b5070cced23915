import FoundationEssentials
import GRDB
import POS

/// The rows that belong to one journal record, held against it.
struct RowsOfRecord {
  let db: Database
  let record: OtherRecord

  var key: JournalKey { record.key }
  var body: JSON { record.body }
  var atMs: Int64 { record.atMs }

  func wrong(_ problem: String) -> Finding { key.wrong(problem) }

  func check(_ sale: Sale, policy: CharityPolicy) throws {
    guard sale.lines.allSatisfy({ $0.follows(policy) }) else {
      throw wrong("a line's amounts do not follow from its price and policy")
    }
    let toKeep = policy.cashRounding.rounded(sale.payment.cashPart)
    guard sale.payment.tendering.cashGiven == nil || sale.payment.cashKept == toKeep else {
      throw wrong("the cash kept does not follow from the cash part and the rounding")
    }
    try checkBody(sale.body(number: number, policy: policy))
    try checkPostings()
    try checkSaleRow(
      id: sale.id, "sale", sale.context, sale.businessDate, total: sale.totals.due)
    try checkMovements(sale.lines.map { ($0.goods.productID, -$0.quantity.count) })
  }

  /// - Returns: the sale that it is of.
  func check(_ one: SaleReturn, policy: CharityPolicy) throws -> Sale {
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
    try checkSaleRow(
      id: one.id, "return", one.context, one.businessDate, total: -one.refund,
      originalKey: original["key"])
    try checkMovements(
      one.lines.map { (sale.lines[$0.line].goods.productID, $0.quantity.count) })
    return sale
  }

  var number: Int64 { body["number"]?.integerValue ?? 0 }

  /// Holds the body against one made anew: no member more or less, every amount and the entry as
  /// they follow from the lines.
  private func checkBody(_ made: JSON) throws {
    guard made.adding("request", body["request"]) == body else {
      throw wrong("its body is not what its lines and tenders come to")
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
    let book = ReturnBook(
      sale, policy: policy, corrections: try corrections(of: sale.id), earlier: earlier)
    let request = ReturnRequest(
      parts: one.lines.map { ReturnRequest.Part(line: $0.line, quantity: $0.quantity) },
      includesGift: one.gift != nil, reason: one.reason)
    let again = try? book.quote(request, id: one.id, at: one.context)
    guard let again, again.isSameMoney(as: one) else {
      throw wrong("its amounts do not follow from its sale and the returns before it")
    }
    let entry = one.entry(of: sale, policy: policy)
    try checkBody(one.body(number: number, entry: entry))
  }

  func checkPolicy() throws {
    let content = try String.fetchOne(
      db, sql: "SELECT content FROM policy WHERE id = ? AND effectiveFrom = ?",
      arguments: [body["id"]?.stringValue, body["effectiveFrom"]?.stringValue])
    guard content == String(decoding: body.canonicalBytes(), as: UTF8.self) else {
      throw wrong("its policy differs from the journal")
    }
  }

  /// The use of an approval names a record of what was approved.
  func checkApproval() throws {
    let used = try Int64.fetchOne(
      db, sql: "SELECT usedKey FROM approval WHERE id = ?", arguments: [blob("id")])
    guard let usedKey = used else { return }
    let content = try Data.fetchOne(
      db, sql: "SELECT content FROM journal WHERE key = ?", arguments: [usedKey])
    let user = content.flatMap { try? JSON(parsing: Array($0)) }?["body"]
    guard usedKey > key.value, case .object(let members)? = user,
      members.contains(where: { $0.value == body["subjectID"] }),
      body["amountFen"] == nil || body["amountFen"]?.integerValue == user?.approvedFen
    else {
      throw wrong("usedKey of its approval is no record of what was approved")
    }
  }

  /// Checks postings and request of a record, and counts the rows of small tables that belong to
  /// it.
  func checkedRows() throws -> [String: Int64] {
    var counts: [String: Int64] = [:]
    try checkPostings()
    switch record.kind {
    case .tillOpened:
      counts["tillSession"] = 1
      counts["tillEvent"] = 1
      try checkRequest(&counts)
    case .cashMoved, .drawerOpened, .tillHandedOver, .tillEnded, .tillCounted, .xReport,
      .tenderCorrected:
      counts["tillEvent"] = 1
      try checkRequest(&counts)
    case .statementImported:
      counts["statement"] = 1
      counts["statementRow"] = try statementRowCount()
      try checkRequest(&counts)
    case .tillClosed, .dayClosed, .monthClosed:
      counts["tillEvent"] = 1
      counts["closing"] = 1
      try checkRequest(&counts)
    case .needCategoryAdded, .personAdded, .personChanged, .memberAdded:
      try checkRequest(&counts)
    case .personForgotten, .memberForgotten:
      if body["isAgain"] == nil { try checkRequest(&counts) }
    case .voucherRepeatEnded, .voucherBlocked, .voucherUnblocked, .voucherPrinted, .couponEnded,
      .approval, .basketVoided, .reprint, .printDecision, .productAdded, .productChanged,
      .centreAdded, .enrolled, .enrolmentEnded, .mealLogged, .mealRuled:
      try checkRequest(&counts)
    case .mealsJudged: counts = try checkMeals()
    case .mealMoneyTaken, .mealMoneyUndone:
      counts["tillEvent"] = 1
      counts["mealMoney"] = 1
      try checkRequest(&counts)
    case .partnerAdded, .programmeAdded, .programmeChanged, .voucherReplaced, .couponAdded,
      .handedOut:
      counts[ownTable] = 1
      try checkRequest(&counts)
    case .stockDelivered, .stockSentBack, .stockWrittenOff, .stockCounted:
      counts["stockEvent"] = 1
      counts["tillEvent"] = 1
      counts["stockBatch"] = try batchCount()
      try checkRequest(&counts)
    case .vouchersIssued:
      counts["voucherIssue"] = 1
      counts["voucher"] = Int64(body["vouchers"]?.arrayValue?.count ?? 0)
      if body["repeats"] == nil { try checkRequest(&counts) }
    case .userAdded, .userChanged: if body["request"] != nil { try checkRequest(&counts) }
    case .terminalAdded, .terminalRetired, .terminalReplaced:
      counts["terminalNumber"] = rowCount("numberCount")
      try checkRequest(&counts)
    case .terminalBatch: counts = terminalBatchCounts
    case .policy: counts["policy"] = 1
    case .setUp, .stationAdded, .tillAdded, .catalogImport, .logIn, .logOut, .logInRefused, .sale,
      .saleReturn, .keyAdded, .signature, .restored, .clockStep, .peopleImported, .personLookedUp,
      .voucherGuesses:
      break
    }
    return counts
  }

  /// The table in which records of some kinds have one row.
  private var ownTable: String {
    switch record.kind {
    case .programmeAdded, .programmeChanged: "programme"
    case .voucherReplaced: "voucher"
    case .couponAdded: "coupon"
    case .handedOut: "handOut"
    default: "partner"
    }
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

  /// The entry against the rows of `posting`.
  func checkPostings() throws {
    let expected = body["entry"]?.arrayValue ?? []
    let found = record.rows.postings
    let isSame =
      found.count == expected.count
      && expected.allSatisfy { posting in
        guard case .array(let pair) = posting, pair.count == 2 else { return false }
        let wanted = FoundPosting(
          account: pair[0].stringValue, amountMicroYuan: pair[1].integerValue)
        return wanted.account != nil && found.contains(wanted)
      }
    guard isSame else { throw wrong("its postings differ from the journal") }
    let sum = found.reduce(into: Int64(0)) { $0 &+= $1.amountMicroYuan ?? 0 }
    guard sum == 0 else { throw wrong("its postings do not sum to zero") }
  }

  private func checkSaleRow(
    id: SaleID, _ kind: String, _ context: TillContext, _ businessDate: BusinessDate,
    total: Money, originalKey: Int64? = nil
  ) throws {
    guard let found = record.rows.sale else { throw wrong("its row of sale is missing") }
    let expected = FoundSale(
      id: id.uuid, requestHash: body["request"]?.stringValue, kind: kind,
      stationID: context.stationID.uuid, epoch: key.epoch, number: body["number"]?.integerValue,
      tillSessionID: context.tillSessionID.uuid, businessDate: businessDate.description,
      totalFen: total.fen, originalKey: originalKey)
    guard found == expected else {
      throw wrong("\(found.difference(from: expected)) of its sale differs from the journal")
    }
  }

  func checkMovements(_ expected: [(productID: ProductID?, count: Int64)]) throws {
    var wanted: [FoundMovement] = []
    for (line, movement) in expected.enumerated() {
      guard let productID = movement.productID else { continue }
      wanted.append(
        FoundMovement(line: Int64(line), productID: productID.uuid, count: movement.count))
    }
    guard record.rows.movements == wanted else {
      throw wrong("its stock movements differ from the journal")
    }
  }

  /// Holds the columns of a row against what the record says they are.
  func check(
    _ row: Row, _ table: String, _ expected: [String: (any DatabaseValueConvertible)?]
  ) throws {
    try Self.check(row, table, of: key, expected)
  }

  /// Holds the columns of a row against what the record of this key left.
  static func check(
    _ row: Row, _ table: String, of key: JournalKey,
    _ expected: [String: (any DatabaseValueConvertible)?]
  ) throws {
    for (column, value) in expected.sorted(by: { $0.key < $1.key }) {
      let found = row[column] as DatabaseValue?
      guard found == value?.databaseValue ?? .null else {
        throw key.wrong("\(column) of its \(table) differs from the journal")
      }
    }
  }

  /// The id in a member of the body, as the tables keep it.
  func blob(_ name: String) -> Data? {
    body[name]?.stringValue.flatMap { Identifier<Store>($0)?.data }
  }
}

extension SaleReturn {
  /// Whether two returns are of the same goods and money, wherever and whenever made.
  fileprivate func isSameMoney(as other: SaleReturn) -> Bool {
    lines == other.lines && gift == other.gift && cashBack == other.cashBack
      && correctedRefunds == other.correctedRefunds && vouchers == other.vouchers
      && couponsBack == other.couponsBack
  }
}

extension JSON {
  /// What a manager approves in a record's body: of a sale what was due, of a return what it gives
  /// back, else its amount.
  fileprivate var approvedFen: Int64? {
    guard let lines = self["lines"]?.arrayValue else { return self["amountFen"]?.integerValue }
    return lines.reduce(self["gift"]?["amountFen"]?.integerValue ?? 0) { sum, line in
      sum + ((line["refundFen"] ?? line["netFen"])?.integerValue ?? 0)
    }
  }
}
