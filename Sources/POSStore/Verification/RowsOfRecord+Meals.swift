import FoundationEssentials
import GRDB
import POS

extension RowsOfRecord {
  /// The number of an enrolment, which the journal has a commitment to.
  func checkEnrolment() throws {
    let number = try String.fetchOne(
      db, sql: "SELECT number FROM enrolment WHERE id = ?", arguments: [blob("id")])
    // A row that is missing is found when all is told.
    guard let number, let id = body["id"]?.stringValue else { return }
    guard Enrolment.commitment(to: number, of: id) == body["numberHash"]?.stringValue else {
      throw wrong("number of its enrolment differs from the journal")
    }
  }

  /// A meal that staff logged is there, by who logged and who saw it.
  func checkMealLog() throws {
    guard let row = try mealRow(blob("id")) else { throw wrong("its meal is missing") }
    try check(
      row, "meal",
      [
        "centreID": blob("centreID"), "personID": blob("personID"), "userID": blob("userID"),
        "witnessID": blob("witnessID"),
      ])
  }

  /// Holds the meals, charges and entry of a record against its changes.
  ///
  /// - Returns: how many rows it has of each table; of `meal` those it decided last.
  func checkMeals() throws -> [String: Int64] {
    let changes = body["changes"]?.arrayValue ?? []
    guard try Entry(mealChanges: changes).json == body["entry"] else {
      throw wrong("its entry does not follow from its changes")
    }
    var newest: Int64 = 0
    for change in changes where try checkMeal(change) { newest += 1 }
    return ["tillEvent": 1, "meal": newest, "mealCharge": try checkCharges(changes)]
  }

  /// Whether this record is the last that decided the meal of a change.
  private func checkMeal(_ change: JSON) throws -> Bool {
    let id = change["id"]?.stringValue ?? ""
    guard let row = try mealRow(MealPassID(id)?.data) else { throw wrong("its meal is missing") }
    if let pass = change["pass"] { try checkPass(pass, id, row) }
    let newest: Int64 = row["journalKey"]
    guard newest >= key.value else { throw wrong("journalKey of its meal is older than it") }
    guard newest == key.value else { return false }
    var expected: [String: (any DatabaseValueConvertible)?] = [
      "personID": data(change["personID"]), "otherID": data(change["otherID"]),
      "isEnrolled": change["isEnrolled"] == true,
    ]
    for name in ["date", "decidedDate", "verdict", "reason", "period", "ruling"] {
      expected[name] = .some(change[name]?.stringValue)
    }
    for (name, value) in Self.columns(of: change["charge"]) { expected[name] = .some(value) }
    try check(row, "meal", expected)
    return true
  }

  private func checkPass(_ pass: JSON, _ id: String, _ row: Row) throws {
    var expected: [String: (any DatabaseValueConvertible)?] = [
      "stationID": blob("stationID"), "isLive": pass["isLive"] == true,
      "isClockDoubtful": pass["isClockDoubtful"] == true, "atMs": pass["atMs"]?.integerValue,
      "receivedAtMs": pass["receivedAtMs"]?.integerValue, "way": pass["way"]?.stringValue,
    ]
    for name in ["centreID", "terminalID", "userID", "witnessID"] {
      expected[name] = .some(data(pass[name]))
    }
    try check(row, "meal", expected)
    let number: String = row["number"]
    let commitment = number.isEmpty ? nil : Enrolment.commitment(to: number, of: id)
    guard commitment == pass["numberHash"]?.stringValue else {
      throw wrong("number of its meal differs from the journal")
    }
  }

  private func checkCharges(_ changes: [JSON]) throws -> Int64 {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM mealCharge WHERE journalKey = ? ORDER BY place"),
      arguments: [key.value])
    var place = 0
    for change in changes where change["was"] != change["charge"] {
      for (isBack, charge) in [(true, change["was"]), (false, change["charge"])] {
        guard let charge else { continue }
        guard place < rows.count else { throw wrong("its mealCharge is missing") }
        var expected: [String: (any DatabaseValueConvertible)?] = [
          "place": place, "mealID": data(change["id"]), "personID": data(change["personID"]),
          "stationID": blob("stationID"), "date": change["date"]?.stringValue,
          "bookedDate": body["businessDate"]?.stringValue, "isBack": isBack,
          "centreID": try mealRow(data(change["id"]))?["centreID"] as Data?,
        ]
        for (name, value) in Self.columns(of: charge) { expected[name] = .some(value) }
        try check(rows[place], "mealCharge", expected)
        place += 1
      }
    }
    guard place == rows.count else { throw wrong("has more rows of mealCharge than it charges") }
    return Int64(place)
  }

  /// The money that a record undoes: of the same session, and told of before.
  func checkMealMoneyUndone() throws -> JSON {
    try checkMealMoney()
    let found = try Row.fetchOne(
      db,
      sql: """
        SELECT key, content FROM journal JOIN mealMoney ON key = undoesKey
        WHERE mealMoney.journalKey = ? AND kind = 'mealMoneyTaken'
        """, arguments: [key.value])
    guard let found, (found["key"] as Int64) < key.value,
      let taken = try JSON(parsing: Array(found["content"] as Data))["body"],
      taken["id"] == body["undoes"], taken["tillSessionID"] == body["tillSessionID"],
      taken["businessDate"] == body["businessDate"]
    else { throw wrong("undoesKey of its mealMoney is not the money it undoes") }
    return taken
  }

  /// The row of money that a record took or undid.
  func checkMealMoney() throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM mealMoney WHERE journalKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its mealMoney is missing") }
    guard (row["undoesKey"] as Int64? == nil) == (body["undoes"] == nil) else {
      throw wrong("undoesKey of its mealMoney differs from the journal")
    }
    try check(
      row, "mealMoney",
      [
        "personID": blob("personID"), "stationID": blob("stationID"), "atMs": atMs,
        "businessDate": body["businessDate"]?.stringValue,
        "purpose": body["purpose"]?.stringValue, "amountFen": body["amountFen"]?.integerValue,
      ])
  }

  private func mealRow(_ id: Data?) throws -> Row? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM meal WHERE id = ?"), arguments: [id])
  }

  private func data(_ id: JSON?) -> Data? {
    id?.stringValue.flatMap { Identifier<Store>($0)?.data }
  }

  private static func columns(
    of charge: JSON?
  ) -> [(String, (any DatabaseValueConvertible)?)] {
    [
      ("priceFen", charge?["priceFen"]?.integerValue),
      ("subsidyFen", charge?["subsidyFen"]?.integerValue),
      ("subsidyRule", charge?["subsidyRule"]?.stringValue),
      ("funder", charge?["funder"]?.stringValue), ("payment", charge?["payment"]?.stringValue),
    ]
  }
}

/// Meal accounts and what people said of meals, as the journal tells of them.
struct MealBooks {
  private var accounts: [PersonID: (account: MealAccount, key: JournalKey)] = [:]
  private var said: [MealPassID: (ruling: String, key: JournalKey)] = [:]

  /// Takes in what a record charged and took back.
  mutating func add(_ record: OtherRecord) throws {
    for change in record.body["changes"]?.arrayValue ?? [] where change["was"] != change["charge"] {
      guard let id = change["personID"]?.stringValue.flatMap({ PersonID($0) }) else {
        throw record.wrong("charges a meal to nobody")
      }
      var account = accounts[id]?.account ?? .empty
      if let was = change["was"] { account.giveBack(try MealCharge(json: was)) }
      if let charge = change["charge"] { account.take(try MealCharge(json: charge)) }
      accounts[id] = (account, record.key)
    }
  }

  /// Takes in money, and makes its record again.
  mutating func take(_ record: OtherRecord) throws {
    let payment = try MealDeposit(body: record.body)
    let account = accounts[payment.personID]?.account ?? .empty
    try check(record, isMadeOf: payment.members(account))
    do { try payment.check(account) } catch { throw record.wrong("takes what is not owed") }
    accounts[payment.personID] = (payment.account(after: account), record.key)
  }

  /// Takes in what undoes money, and makes its record again.
  mutating func undo(_ record: OtherRecord, of taken: JSON) throws {
    let undo = MealDepositUndo(try record.id("undoes"), of: try MealDeposit(body: taken))
    let account = accounts[undo.deposit.personID]?.account ?? .empty
    try check(record, isMadeOf: undo.members(account))
    accounts[undo.deposit.personID] = (undo.account(after: account), record.key)
  }

  private func check(_ record: OtherRecord, isMadeOf own: JSON) throws {
    var members = JSON.members([
      "id": record.body["id"], "tillSessionID": record.body["tillSessionID"],
    ]).adding(contentsOf: own)
    for name in ["stationID", "userID", "businessDate"] {
      members = members.adding(name, record.body[name])
    }
    try record.check(isMadeOf: members)
  }

  /// Takes in what people said of a meal.
  mutating func rule(_ record: OtherRecord) throws {
    said[try record.id("mealID")] = (record.body["ruling"]?.stringValue ?? "", record.key)
  }

  /// Holds accounts and words against their tables.
  func check(_ db: Database) throws {
    var left = accounts
    for row in try Row.fetchAll(db, sql: "SELECT * FROM mealAccount ORDER BY personID") {
      let id = PersonID(row["personID"] as Data)
      let found = MealAccount(
        balance: Money(fen: row["balanceFen"]), owed: Money(fen: row["owedFen"]))
      guard let told = left.removeValue(forKey: id) else {
        guard found != .empty else { continue }
        throw Finding(
          place: "mealAccount \(id.text)", problem: "is not in the journal: invented or copied row")
      }
      guard told.account == found else {
        throw told.key.wrong("its person's mealAccount is not the sum of its records")
      }
    }
    if let missing = left.values.filter({ $0.account != .empty })
      .min(by: { $0.key.value < $1.key.value })
    {
      throw missing.key.wrong("its person's mealAccount is missing")
    }
    try checkWords(db)
  }

  private func checkWords(_ db: Database) throws {
    var left = said
    let rows = try Row.fetchAll(
      db, sql: "SELECT * FROM meal WHERE saidKey IS NOT NULL OR said IS NOT NULL ORDER BY id")
    for row in rows {
      let id = MealPassID(row["id"] as Data)
      guard let saidKey = row["saidKey"] as Int64? else {
        throw JournalKey(row["journalKey"]).wrong("said of its meal is in no record")
      }
      let key = JournalKey(saidKey)
      guard let told = left.removeValue(forKey: id) else {
        throw key.wrong("is named by a meal that it says nothing of")
      }
      guard told.key == key, told.ruling == row["said"] as String? else {
        throw told.key.wrong("said of its meal differs from the journal")
      }
    }
    if let missing = left.values.min(by: { $0.key.value < $1.key.value }) {
      throw missing.key.wrong("said of its meal differs from the journal")
    }
  }
}
