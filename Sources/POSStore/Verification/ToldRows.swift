import FoundationEssentials
import GRDB
import POS

/// What the journal told of rows that may change or are named by many records: stations, tills,
/// people, products, approvals and what set-up brought; held against their tables when all is told.
struct ToldRows {
  /// A row as its records leave it.
  private struct Told {
    /// The last record that told of it.
    var key: JournalKey
    var columns: [String: DatabaseValue]
  }

  /// The tables, each with its key.
  private static let tables = [
    "station": "id", "till": "id", "user": "id", "product": "id", "campaign": "id",
    "inStoreLayout": "prefix", "approval": "id", "needCategory": "code", "community": "id",
    "department": "id", "centre": "id", "enrolment": "id",
    "terminal": "id",
  ]

  private var rows: [String: [DatabaseValue: Told]] = [:]
  /// Tables of which the journal tells every row; journals begun by an older program do not tell
  /// of tills, campaigns and label layouts.
  private var complete: Set<String> = [
    "station", "user", "product", "approval", "needCategory", "community", "department",
    "centre", "enrolment",
    "terminal",
  ]

  /// Notes what a record tells of a row; columns it says nothing of stay as they were.
  mutating func tell(
    _ table: String, _ id: (any DatabaseValueConvertible)?,
    _ columns: [String: (any DatabaseValueConvertible)?], by key: JournalKey
  ) {
    precondition(Self.tables[table] != nil, "a told table has a known key")
    let id = id?.databaseValue ?? .null
    var told = rows[table]?[id] ?? Told(key: key, columns: [:])
    told.key = key
    for (column, value) in columns { told.columns[column] = value?.databaseValue ?? .null }
    rows[table, default: [:]][id] = told
  }

  /// Notes that every row of a table is told from now on.
  mutating func tellAll(of table: String) { complete.insert(table) }

  /// What was told of a column.
  func value(_ table: String, _ id: Data?, _ column: String) -> DatabaseValue? {
    rows[table]?[id?.databaseValue ?? .null]?.columns[column]
  }

  /// Holds the tables against what was told.
  func check(_ db: Database) throws {
    for (table, id) in Self.tables.sorted(by: { $0.key < $1.key }) { try check(db, table, id) }
  }

  private func check(_ db: Database, _ table: String, _ id: String) throws {
    var untold = rows[table, default: [:]]
    var stranger: DatabaseValue?
    let found = try Row.fetchCursor(db, sql: "SELECT * FROM \(table) ORDER BY \(id)")
    while let row = try found.next() {
      let rowID: DatabaseValue = row[id]
      guard let told = untold.removeValue(forKey: rowID) else {
        if complete.contains(table), stranger == nil { stranger = rowID }
        continue
      }
      for (column, value) in told.columns.sorted(by: { $0.key < $1.key })
      where row[column] as DatabaseValue != value {
        throw told.key.wrong(
          "\(column) of its \(table) \(Self.text(rowID)) differs from the journal")
      }
    }
    if let missing = untold.min(by: { $0.value.key.value < $1.value.key.value }) {
      throw missing.value.key.wrong("its \(table) \(Self.text(missing.key)) is missing")
    }
    if let stranger {
      throw Finding(
        place: "\(table) \(Self.text(stranger))",
        problem: "is not in the journal: invented or copied row")
    }
  }

  private static func text(_ id: DatabaseValue) -> String {
    if let data = Data.fromDatabaseValue(id), data.count == 16 {
      return Identifier<Store>(data).text
    }
    return String.fromDatabaseValue(id) ?? id.description
  }
}

extension ToldRows {
  /// Notes what a record of set-up, a station, a till, a person or products tells.
  mutating func note(_ record: RowsOfRecord) {
    let body = record.body
    switch record.record.kind {
    case .setUp, .stationAdded:
      noteStation(record)
      if record.record.kind == .setUp { noteDefaultCategories(by: record.key) }
    case .needCategoryAdded:
      tell(
        "needCategory", body["code"]?.stringValue,
        ["name": body["name"]?.stringValue, "nameEn": body["nameEn"]?.stringValue],
        by: record.key)
    case .peopleImported: notePlaces(record, .department)
    case .personAdded, .personChanged: notePlaces(record, .staff)
    case .tillAdded:
      noteList("till", body["tills"], key: "id", ["name"], by: record) {
        ["stationID": record.blob("stationID")]
      }
    case .userAdded:
      tell(
        "user", record.blob("userID"),
        [
          "role": body["role"]?.stringValue, "stationID": record.blob("stationID"),
          "isActive": true, "centreID": record.blob("centreID"),
        ], by: record.key)
    case .userChanged:
      guard case .bool(let isActive)? = body["isActive"] else { break }
      tell("user", record.blob("userID"), ["isActive": isActive], by: record.key)
    case .catalogImport:
      for change in body["changes"]?.arrayValue ?? [] {
        noteProduct(change, id: change["productID"], by: record.key)
      }
    case .approval:
      tell(
        "approval", record.blob("id"),
        [
          "act": body["act"]?.stringValue, "subjectID": body["subjectID"]?.stringValue,
          "amountFen": body["amountFen"]?.integerValue,
          "managerID": record.blob("managerID"),
          "expiresAtMs": record.atMs + Approval.lifetimeMs,
          "stationID": value("user", record.blob("managerID"), "stationID"),
        ], by: record.key)
    case .centreAdded, .enrolled, .enrolmentEnded: noteCentre(record)
    case .productAdded, .productChanged:
      noteProduct(body["product"] ?? .null, id: body["productID"], by: record.key)
    default: break
    }
  }

  private mutating func noteCentre(_ record: RowsOfRecord) {
    let body = record.body
    switch record.record.kind {
    case .centreAdded:
      tell(
        "centre", record.blob("id"),
        [
          "stationID": record.blob("stationID"), "name": body["name"]?.stringValue,
          "nameEn": body["nameEn"]?.stringValue, "journalKey": record.key.value,
        ], by: record.key)
    case .enrolled:
      tell(
        "enrolment", record.blob("id"),
        [
          "centreID": record.blob("centreID"), "personID": record.blob("personID"),
          "fromDate": body["from"]?.stringValue, "untilDate": body["until"]?.stringValue,
          "journalKey": record.key.value, "closedKey": nil,
        ], by: record.key)
    case .enrolmentEnded:
      tell(
        "enrolment", record.blob("enrolmentID"),
        ["untilDate": body["until"]?.stringValue, "closedKey": record.key.value],
        by: record.key)
    default: break
    }
  }

  private mutating func noteStation(_ record: RowsOfRecord) {
    let body = record.body
    let station = record.blob("stationID")
    let names = ["name", "nameEn"].filter { body[$0] != nil }
    tell(
      "station", station,
      Dictionary(uniqueKeysWithValues: names.map { ($0, body[$0]?.stringValue) }),
      by: record.key)
    noteList("till", body["tills"], key: "id", ["name"], by: record) { ["stationID": station] }
    noteList("campaign", body["campaigns"], key: "id", ["name", "nameEn"], by: record)
    noteList("inStoreLayout", body["layouts"], key: "prefix", ["content"], by: record)
  }

  private mutating func noteList(
    _ table: String, _ list: JSON?, key: String, _ columns: [String], by record: RowsOfRecord,
    and more: () -> [String: (any DatabaseValueConvertible)?] = { [:] }
  ) {
    guard let list = list?.arrayValue else { return }
    if record.record.kind == .setUp { tellAll(of: table) }
    for one in list {
      let id = one[key]?.stringValue
      var told = more()
      for column in columns { told[column] = one[column]?.stringValue }
      tell(table, id.flatMap { Identifier<Store>($0)?.data } ?? id, told, by: record.key)
    }
  }

  private mutating func noteProduct(_ change: JSON, id: JSON?, by key: JournalKey) {
    let id = id?.stringValue.flatMap { ProductID($0)?.data }
    var told: [String: (any DatabaseValueConvertible)?] = [
      "barcode": change["barcode"]?.stringValue, "name": change["name"]?.stringValue,
      "listPriceFen": change["listPriceFen"]?.integerValue,
    ]
    // Records of an older program do not tell of these.
    if change["category"] != nil {
      for column in ["category", "unit", "pricing", "itemCode", "origin"] {
        told[column] = .some(change[column]?.stringValue)
      }
    }
    tell("product", id, told, by: key)
  }
}
