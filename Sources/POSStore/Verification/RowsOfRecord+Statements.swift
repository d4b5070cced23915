import FoundationEssentials
import GRDB
import POS

extension RowsOfRecord {
  /// The rows of a statement, and the comparison made again with the books before it.
  func checkStatement(_ policies: PolicyTimeline) throws {
    let statement = try StatementImport(body: body)
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM statement WHERE journalKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its statement is missing") }
    try check(
      row, "statement",
      [
        "id": blob("id"), "stationID": blob("stationID"), "kind": statement.kind.rawValue,
        "businessDate": statement.businessDate.description,
      ])
    let unit = unit(policies)
    let rows: [StatementRow]
    do {
      rows = try unit.statementRows(of: key.value)
    } catch is StoreProblem {
      throw wrong("its statement rows differ from the journal")
    }
    guard StatementRow.hash(of: rows) == statement.rowsHash, try placesAreInOrder(rows.count)
    else { throw wrong("its statement rows differ from the journal") }
    let event = StoredEvent(
      kind: record.kind, body: body, atMs: atMs,
      head: JournalHead(epoch: key.epoch, sequence: key.sequence, hash: record.previous.hash))
    let found = try unit.comparison(of: event, before: key.value)
    try record.check(
      isMadeOf: statement.members(rowCount: rows.count, found).adding(
        contentsOf: .members(["stationID": body["stationID"], "userID": body["userID"]])))
  }

  /// What the statements said of a day when this record was written.
  func statementSums(_ policies: PolicyTimeline) throws -> [TenderKind: StatementSum] {
    guard let date = body["businessDate"]?.stringValue.flatMap({ BusinessDate($0) }) else {
      return [:]
    }
    return try unit(policies).statementSums(
      on: date, at: try record.id("stationID"), before: key.value)
  }

  /// How many rows are kept of the record's statement.
  func statementRowCount() throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT COUNT(*) FROM statementRow WHERE journalKey = ?", arguments: [key.value])
  }

  private func placesAreInOrder(_ count: Int) throws -> Bool {
    let last = try Int.fetchOne(
      db, sql: "SELECT MAX(place) FROM statementRow WHERE journalKey = ?", arguments: [key.value])
    return last ?? -1 == count - 1
  }

  private func unit(_ policies: PolicyTimeline) -> UnitOfWork {
    UnitOfWork(db: db, facts: Store.StationFacts(policies: policies))
  }
}
