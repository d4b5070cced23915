import FoundationEssentials
import GRDB
import POS

extension RowsOfRecord {
  /// Checks the row of `tillEvent` of a record.
  ///
  /// - Parameter businessDate: the day it counts for, as the walk found it.
  func checkTillEvent(_ businessDate: BusinessDate) throws {
    let kind = record.kind
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM tillEvent WHERE journalKey = ?"),
      arguments: [key.value])
    guard let row else { throw wrong("its row of tillEvent is missing") }
    try check(
      row, "tillEvent",
      [
        "kind": kind.rawValue, "id": blob("id"), "stationID": blob("stationID"),
        "tillSessionID": blob(kind == .tillOpened ? "id" : "tillSessionID"),
        "subjectID": blob("corrects") ?? blob("saleID"),
        "businessDate": businessDate.description,
      ])
  }

  /// Checks the row of `closing` of a record.
  func checkClosing(_ kind: ClosingKind, subject: String) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM closing WHERE journalKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its row of closing is missing") }
    try check(
      row, "closing",
      [
        "kind": kind.rawValue, "stationID": blob("stationID"), "epoch": key.epoch,
        "number": body["number"]?.integerValue, "subject": subject,
      ])
  }
}

extension TillBooks {
  /// Holds the rows of `tillSession` against what the records left.
  func checkSessions(_ db: Database) throws {
    for state in sessions.values.sorted(by: { $0.key.value < $1.key.value }) {
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT * FROM tillSession WHERE id = ?"),
        arguments: [state.session.id.data])
      guard let row else { throw state.key.wrong("its till session is missing") }
      try RowsOfRecord.check(
        row, "tillSession", of: state.key,
        [
          "tillID": state.session.tillID.data, "stationID": state.session.stationID.data,
          "openedBy": state.session.openedBy.data, "openedAtMs": state.session.openedAtMs,
          "floatFen": state.session.float.fen, "openedKey": state.key.value,
          "closedKey": state.closedKey, "businessDate": state.businessDate.description,
          "responsible": state.responsible.data, "endedKey": state.ended?.key,
          "endedAtMs": state.ended?.atMs, "endedDate": state.ended?.date.description,
        ])
    }
  }
}
