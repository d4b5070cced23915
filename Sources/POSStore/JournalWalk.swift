import FoundationEssentials
import GRDB
import POS

/// The journal in its order: takes the checked stretches one after the other, and does what needs
/// the records before.
struct JournalWalk {
  let db: Database
  private let lastKey: Int64
  private var head = JournalHead.empty
  private var stock = StockSums()
  private var told = ToldRows()
  private var counts: [String: Int64] = [:]
  /// How many rows of the small tables each record has.
  private var owned: [String: [Int64: Int64]] = [:]
  private var lastNumbers: [Series: Int64] = [:]
  private var policies: [String: CharityPolicy] = [:]
  private var seals: SealCheck
  private var books = TillBooks()
  private var people = PeopleBooks()
  private var relief = ReliefBooks()
  private var meals = MealBooks()

  init(db: Database, trusted: Set<String>) throws {
    self.db = db
    // The first read of the transaction: it fixes the state that the walk sees.
    lastKey = try Int64.fetchOne(db, sql: "SELECT MAX(key) FROM journal") ?? .min
    seals = SealCheck(origin: try StretchCheck.origin(db) ?? "", trusted: trusted)
  }

  var summary: VerifiedSummary {
    VerifiedSummary(
      records: counts["journal", default: 0], sales: counts["sale", default: 0],
      checkCode: counts["journal"] == nil ? nil : head.checkCode, signatures: seals.count,
      fingerprints: seals.fingerprints)
  }

  /// Walks the whole journal behind the crew, which checks stretches ahead of it.
  mutating func run(
    crew: [DatabaseQueue], progress: (Int64, Int64) throws -> Void
  ) throws {
    let total = try Int64.fetchOne(db, sql: "SELECT COUNT(*) FROM journal") ?? 0
    var line = StretchLine(crew: crew)
    var from: Int64? = .min
    repeat {
      while let start = from, line.hasRoom {
        let end = try self.end(ofStretchFrom: start)
        line.give(start...end)
        from = end < lastKey ? end + 1 : nil
      }
      guard let stretch = try line.take() else { break }
      try take(stretch)
      try progress(counts["journal", default: 0], total)
    } while true
    try seals.finish(db)
  }

  /// The last key of a stretch: the keys between two records belong to one of them.
  private func end(ofStretchFrom start: Int64) throws -> Int64 {
    let first = try Int64.fetchOne(
      db, sql: "SELECT key FROM journal WHERE key >= ? ORDER BY key LIMIT 1", arguments: [start])
    guard let first, first <= lastKey - Verifier.stretchLength else { return max(lastKey, start) }
    return first + Verifier.stretchLength - 1
  }

  private mutating func take(_ stretch: CheckedStretch) throws {
    for record in stretch.records {
      counts["journal", default: 0] += 1
      switch record {
      case .sale(let sale): try check(sale)
      case .other(let record): try check(record)
      }
    }
    if let finding = stretch.finding { throw finding }
    head = stretch.head
    stock.add(stretch.stock)
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

  private mutating func check(_ sale: SaleDigest) throws {
    try seals.passSale(at: sale.key)
    people.note(sale)
    let policy = try policy(sale.policyID, sale.key)
    try books.checkDate(sale.businessDate, policy, sale.context, sale.key)
    try checkNumber(sale.number, at: sale.context.stationID, sale.key)
    try books.add(
      .sales, total: sale.total, entry: sale.entry, of: sale.context,
      sale.businessDate, sale.key)
    guard let whole = sale.relief else { return }
    try relief.take(whole, policy: policy, sale.key)
    let uses = RowsOfRecord.uses(db, of: sale.key)
    own(
      [
        "voucherUse": try uses.check(whole.vouchers.map(VoucherUse.init), on: whole.businessDate),
        "couponUse": try uses.check(whole.coupons.map(\.id), by: whole.memberID, count: 1),
      ], sale.key)
  }

  private mutating func check(_ record: OtherRecord) throws {
    let rows = RowsOfRecord(db: db, record: record)
    do {
      try seals.check(record)
      try check(rows)
    } catch let problem as RecordProblem {
      throw record.key.wrong("member \(problem.member) is missing or wrong")
    }
    guard record.rows.sale == nil || record.kind == .saleReturn else {
      throw record.key.wrong("has a row in sale, but is none")
    }
    if let stationID = record.body["stationID"]?.stringValue.flatMap(StationID.init) {
      stock.add(record.rows.movements, at: stationID)
    } else if !record.rows.movements.isEmpty {
      throw record.key.wrong("has stock movements, but moves nothing")
    }
    own(try rows.checkedRows(), record.key)
  }

  /// Notes how many rows a record has in the small tables.
  private mutating func own(_ found: [String: Int64], _ key: JournalKey) {
    for (table, count) in found where count > 0 {
      counts[table, default: 0] += count
      owned[table, default: [:]][key.value] = count
    }
  }

  /// What each kind of record says, against its rows; every kind is named here.
  private mutating func check(_ rows: RowsOfRecord) throws {
    switch rows.record.kind {
    case .sale: preconditionFailure("a sale is checked in its stretch")
    case .saleReturn:
      let saleReturn = try SaleReturn(body: rows.body, atMs: rows.atMs)
      let policy = try policy(saleReturn.policyID, rows.key)
      let original = try rows.check(saleReturn, policy: policy)
      try books.checkDate(saleReturn.businessDate, policy, saleReturn.context, rows.key)
      try checkNumber(rows.number, at: saleReturn.context.stationID, rows.key)
      try books.add(
        .returns, total: saleReturn.refund, entry: rows.body["entry"], of: saleReturn.context,
        saleReturn.businessDate, rows.key)
      try takeRelief(saleReturn, of: original, rows)
    case .tillOpened: try rows.checkTillEvent(try books.open(rows.record))
    case .cashMoved, .drawerOpened, .tillHandedOver, .tillEnded, .tillCounted, .xReport:
      try rows.checkTillEvent(try books.note(rows.record))
    case .tenderCorrected:
      try rows.checkTillEvent(try books.note(rows.record))
      try rows.checkTenderCorrection()
    case .tillClosed:
      try rows.checkTillEvent(try books.note(rows.record))
      try rows.checkClosing(.till, subject: rows.body["tillSessionID"]?.stringValue ?? "")
      try books.checkNumber(.till, rows.record)
    case .basketVoided: _ = try books.note(rows.record)
    case .policy: try take(policyOf: rows)
    case .setUp, .stationAdded, .tillAdded, .userAdded, .userChanged, .catalogImport, .productAdded,
      .productChanged:
      told.note(rows)
    case .approval:
      told.note(rows)
      try rows.checkApproval()
    case .printDecision: try rows.checkPrintDecision()
    case .needCategoryAdded, .peopleImported, .personAdded, .personChanged, .personLookedUp,
      .personForgotten, .memberAdded, .memberForgotten:
      try notePeople(rows)
    case .logIn, .logOut, .logInRefused, .reprint, .clockStep, .keyAdded, .signature, .restored,
      .voucherGuesses:
      break
    case .dayClosed: try checkDay(rows)
    case .monthClosed: try checkMonth(rows)
    case .statementImported: try rows.checkStatement(books.policies)
    case .programmeAdded, .programmeChanged, .vouchersIssued, .voucherRepeatEnded, .voucherBlocked,
      .voucherUnblocked, .voucherReplaced, .voucherPrinted, .couponAdded, .couponEnded, .handedOut:
      try relief.take(rows)
    case .centreAdded, .enrolled, .enrolmentEnded, .mealLogged, .mealRuled, .mealsJudged,
      .mealMoneyTaken, .mealMoneyUndone:
      try checkMeals(rows)
    case .partnerAdded: try rows.checkPartner()
    case .terminalAdded, .terminalReplaced, .terminalRetired, .terminalBatch:
      try told.noteTerminal(rows)
    case .stockDelivered, .stockSentBack, .stockWrittenOff, .stockCounted:
      try rows.check(try StockEvent(kind: rows.record.kind, body: rows.body))
      try rows.checkTillEvent(try books.add(rows.record))
    }
  }

  private mutating func notePeople(_ rows: RowsOfRecord) throws {
    told.note(rows)
    try people.note(rows)
  }

  private mutating func checkDay(_ rows: RowsOfRecord) throws {
    let day = try books.closeDay(
      rows.record, statements: try rows.statementSums(books.policies))
    try rows.checkTillEvent(day)
    try rows.checkClosing(.day, subject: day.description)
    try books.checkNumber(.day, rows.record)
  }

  private mutating func checkMonth(_ rows: RowsOfRecord) throws {
    let month = try books.closeMonth(rows.record)
    try rows.checkTillEvent(month.lastDay)
    try rows.checkClosing(.month, subject: month.description)
    try books.checkNumber(.month, rows.record)
  }

  private mutating func takeRelief(
    _ made: SaleReturn, of original: Sale, _ rows: RowsOfRecord
  ) throws {
    try relief.take(made, of: original, rows.key)
    let uses = RowsOfRecord.uses(db, of: rows.key)
    own(
      [
        "voucherUse": try uses.check(
          made.vouchers.map(VoucherUse.init), on: original.businessDate),
        "couponUse": try uses.check(made.couponsBack, by: original.memberID, count: -1),
      ], rows.key)
  }

  private mutating func checkMeals(_ rows: RowsOfRecord) throws {
    told.note(rows)
    switch rows.record.kind {
    case .enrolled: try rows.checkEnrolment()
    case .mealLogged: try rows.checkMealLog()
    case .mealRuled: try meals.rule(rows.record)
    case .mealsJudged:
      try rows.checkTillEvent(try books.judge(rows.record))
      try meals.add(rows.record)
    case .mealMoneyTaken:
      try rows.checkTillEvent(try books.note(rows.record))
      try rows.checkMealMoney()
      try meals.take(rows.record)
    case .mealMoneyUndone:
      try rows.checkTillEvent(try books.note(rows.record))
      try meals.undo(rows.record, of: try rows.checkMealMoneyUndone())
    default: break
    }
  }

  private mutating func take(policyOf rows: RowsOfRecord) throws {
    try rows.checkPolicy()
    guard let policy = CharityPolicy(json: rows.body) else { return }
    guard let timeline = PolicyTimeline(policies.values + [policy]) else {
      throw rows.wrong("another policy has its name or its day")
    }
    policies[policy.id] = policy
    books.policies = timeline
  }

  /// The policy a record names, as the journal told of it before.
  private func policy(_ id: String, _ key: JournalKey) throws -> CharityPolicy {
    guard let policy = policies[id] else {
      throw key.wrong("names a policy the journal does not know")
    }
    return policy
  }

  private mutating func checkNumber(
    _ number: Int64, at stationID: StationID, _ key: JournalKey
  ) throws {
    let series = Series(epoch: key.epoch, stationID: stationID)
    let expected = lastNumbers[series, default: 0] + 1
    guard number == expected else {
      throw key.wrong("sale number is not \(expected): gap in numbers")
    }
    lastNumbers[series] = expected
    counts["sale", default: 0] += 1
  }

  private struct Series: Hashable {
    let epoch: Int64
    let stationID: StationID
  }

  /// Rows that no record has, stock against its movements, and the schema.
  func checkTotals() throws {
    try checkOrphans()
    for table in [
      "clientRequest", "tillSession", "tillEvent", "closing", "policy", "partner", "stockEvent",
      "stockBatch", "statement", "statementRow", "programme", "voucherIssue", "voucher",
      "voucherUse", "coupon", "couponUse", "handOut", "meal", "mealCharge",
      "mealMoney",
      "terminalNumber", "terminalBatch", "terminalPass", "terminalEvidence",
    ] {
      let found = try Int64.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
      let expected = counts[table, default: 0]
      guard found != expected else { continue }
      let problem = "has \(found) rows where the journal has \(expected)"
      guard let record = try misowned(table) else {
        throw Finding(place: table, problem: problem)
      }
      throw record.wrong("has not its rows of \(table): \(table) \(problem)")
    }
    try told.check(db)
    try people.check(db)
    try relief.check(db)
    try checkStock()
    try books.checkSessions(db)
    try meals.check(db)
    try SchemaCheck.run(db)
  }

  /// Rows of records that are not in the journal; those of the big tables within it were looked
  /// at beside it.
  private func checkOrphans() throws {
    let orphans =
      [
        ("sale", "journalKey > ?"), ("posting", "journalKey > ?"),
        ("stockMovement", "journalKey > ?"),
      ]
      + [
        "clientRequest", "tillEvent", "closing", "partner", "stockEvent", "stockBatch",
        "statement", "statementRow", "programme", "voucherIssue", "voucher", "voucherUse",
        "coupon", "couponUse", "handOut", "meal", "mealCharge", "mealMoney",
        "terminalNumber", "terminalBatch", "terminalPass", "terminalEvidence",
      ].map {
        ($0, "NOT EXISTS (SELECT 1 FROM journal WHERE key = journalKey AND key <= ?)")
      }
    for (table, condition) in orphans {
      let orphan = try Int64.fetchOne(
        db,
        sql: """
          SELECT journalKey FROM \(table) WHERE \(condition) ORDER BY journalKey LIMIT 1
          """, arguments: [lastKey])
      if let orphan {
        throw JournalKey(orphan).wrong(
          "is missing from the journal, but \(table) has rows of it: deleted record")
      }
    }
  }

  /// The first record with more rows in a table than it has.
  private func misowned(_ table: String) throws -> JournalKey? {
    let keys = ["journalKey", "openedKey"]
    let columns = try db.columns(in: table).map(\.name)
    guard let column = keys.first(where: columns.contains) else { return nil }
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT \(column), COUNT(*) FROM \(table) GROUP BY \(column) ORDER BY \(column)")
    let known = owned[table, default: [:]]
    return rows.first { known[$0[0] as Int64] != $0[1] as Int64 }.map { JournalKey($0[0]) }
  }

  private func checkStock() throws {
    var expected = stock.counts
    let levels = try Row.fetchCursor(
      db, sql: "SELECT stationID, productID, count FROM stockLevel")
    while let level = try levels.next() {
      guard let stationID = try level.uuid(at: 0), let productID = try level.uuid(at: 1) else {
        throw Finding(place: "stockLevel", problem: "has a row without a station or product")
      }
      let key = StockSums.Key(stationID: stationID, productID: productID)
      guard level.integer(at: 2) == expected.removeValue(forKey: key) ?? 0 else {
        throw key.wrong
      }
    }
    if let left = expected.first(where: { $0.value != 0 }) { throw left.key.wrong }
  }
}

extension StockSums.Key {
  fileprivate var wrong: Finding {
    Finding(
      place: "stockLevel \(Identifier<Product>(productID).text)",
      problem: "is not the sum of its movements")
  }
}
