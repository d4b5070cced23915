import FoundationEssentials
import GRDB
import POS

/// What the journal told of people in need and of members: a hash of all that is kept of each, or
/// that they were forgotten; held against their rows when all is told. No key is needed for it.
struct PeopleBooks {
  private enum Told: Equatable {
    case kept(String)
    case forgotten
  }

  private struct Fact {
    let key: JournalKey
    let told: Told
  }

  private var people: [Data: Fact] = [:]
  private var members: [Data: Fact] = [:]
  /// What stays of a member who is forgotten.
  private var joined: [Data: [String: DatabaseValue]] = [:]

  /// The members of sales, by the journal keys of these.
  private var bought: [Int64: Data] = [:]

  /// Notes whose a sale is.
  mutating func note(_ sale: SaleDigest) {
    if let memberID = sale.memberID { bought[sale.key.value] = memberID.data }
  }

  /// Notes what a record says.
  mutating func note(_ rows: RowsOfRecord) throws {
    let body = rows.body
    switch rows.record.kind {
    case .peopleImported:
      for pair in body["people"]?.arrayValue ?? [] {
        guard let pair = pair.arrayValue, pair.count == 2, let commitment = pair[1].stringValue,
          let id = pair[0].stringValue.flatMap({ Identifier<Store>($0)?.data })
        else { throw RecordProblem.missing("people") }
        people[id] = Fact(key: rows.key, told: .kept(commitment))
      }
    case .personAdded, .personChanged:
      people[try id("personID", rows)] = Fact(key: rows.key, told: .kept(try commitment(rows)))
    case .personForgotten:
      people[try id("personID", rows)] = Fact(key: rows.key, told: .forgotten)
    case .memberAdded:
      let id = try id("id", rows)
      members[id] = Fact(key: rows.key, told: .kept(try commitment(rows)))
      joined[id] = [
        "joinedAtMs": rows.atMs.databaseValue,
        "number": (rows.body["number"]?.stringValue)?.databaseValue ?? .null,
      ]
    case .memberForgotten:
      members[try id("memberID", rows)] = Fact(key: rows.key, told: .forgotten)
    default: break
    }
  }

  private func id(_ name: String, _ rows: RowsOfRecord) throws -> Data {
    guard let id = rows.blob(name) else { throw RecordProblem.missing(name) }
    return id
  }

  private func commitment(_ rows: RowsOfRecord) throws -> String {
    guard let text = rows.body["commitment"]?.stringValue else {
      throw RecordProblem.missing("commitment")
    }
    return text
  }

  /// Holds the tables against what was told.
  func check(_ db: Database) throws {
    try check(db, "person", people) { try UnitOfWork.commitment(db, to: $0) }
    try checkStrays(db)
    try checkSales(db)
    try check(db, "member", members) { try UnitOfWork.memberCommitment(db, to: $0) }
    for row in try Row.fetchAll(db, sql: "SELECT id, number, joinedAtMs FROM member") {
      let id: Data = row["id"]
      guard let fact = members[id] else { continue }
      for (column, told) in joined[id] ?? [:] where row[column] as DatabaseValue != told {
        throw fact.key.wrong("\(column) of its member differs from the journal")
      }
    }
  }

  /// Which sales are whose.
  private func checkSales(_ db: Database) throws {
    var untold = bought
    let rows = try Row.fetchCursor(db, sql: "SELECT journalKey, memberID FROM memberSale")
    while let row = try rows.next() {
      let key = JournalKey(row["journalKey"] ?? 0)
      guard row["memberID"] as DatabaseValue == untold.removeValue(forKey: key.value)?.databaseValue
      else { throw key.wrong("its memberSale differs from the journal") }
    }
    if let missing = untold.keys.min() {
      throw JournalKey(missing).wrong("its memberSale is missing")
    }
  }

  private func check(
    _ db: Database, _ table: String, _ told: [Data: Fact], _ commitment: (Data) throws -> String
  ) throws {
    var untold = told
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY id")
    while let row = try rows.next() {
      let id: Data = row["id"] ?? Data()
      guard let fact = untold.removeValue(forKey: id) else {
        throw Finding(
          place: "\(table) \(Self.text(id))",
          problem: "is not in the journal: invented or copied row")
      }
      let isRight =
        switch fact.told {
        case .kept(let text):
          row["forgottenKey"] as DatabaseValue == .null ? try commitment(id) == text : false
        case .forgotten: isEmpty(row, forgottenBy: fact.key)
        }
      guard isRight else {
        throw fact.key.wrong("its \(table) \(Self.text(id)) is not what the journal says")
      }
    }
    if let missing = untold.min(by: { $0.value.key.value < $1.value.key.value }) {
      throw missing.value.key.wrong("its \(table) \(Self.text(missing.key)) is missing")
    }
  }

  /// Whether a row says nothing but that it was forgotten.
  private func isEmpty(_ row: Row, forgottenBy key: JournalKey) -> Bool {
    let kept = ["id", "number", "joinedAtMs", "forgottenKey"]
    let isEmpty = row.columnNames.allSatisfy { column in
      kept.contains(column) || row[column] as DatabaseValue == .null
    }
    return isEmpty && row["forgottenKey"] as DatabaseValue == key.value.databaseValue
  }

  /// Rows of nobody, or of somebody forgotten.
  private func checkStrays(_ db: Database) throws {
    for table in ["personSource", "personCategory"] {
      let stray = try Data.fetchOne(
        db,
        sql: """
          SELECT personID FROM \(table)
          WHERE personID NOT IN (SELECT id FROM person WHERE forgottenKey IS NULL) LIMIT 1
          """)
      guard let stray else { continue }
      let problem = "has a row in \(table) that the journal does not know"
      guard let fact = people[stray] else {
        throw Finding(place: "person \(Self.text(stray))", problem: problem)
      }
      throw fact.key.wrong("its person \(Self.text(stray)) \(problem)")
    }
  }

  private static func text(_ id: Data) -> String {
    id.count == 16 ? Identifier<Store>(id).text : hexText(id)
  }
}
