import FoundationEssentials
import GRDB
import POS

extension RowsOfRecord {
  /// The partner a record added.
  func checkPartner() throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM partner WHERE journalKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its partner is missing") }
    try check(
      row, "partner",
      ["id": blob("id"), "kind": body["kind"]?.stringValue, "stationID": blob("stationID")])
  }

  /// The rows of a stock event, and that the record says what it does.
  func check(_ event: StockEvent) throws {
    let expected = event.body.adding("request", body["request"])
    guard expected == body else {
      throw wrong("its amounts do not follow from its lines")
    }
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM stockEvent WHERE journalKey = ?", arguments: [key.value])
    guard let row else { throw wrong("its stock event is missing") }
    try check(row, "stockEvent", ["stationID": event.stationID.data])
    try checkMovements(event.movements.map { ($0.productID, $0.count) })
    let batches = try Row.fetchAll(
      db, sql: "SELECT * FROM stockBatch WHERE journalKey = ? ORDER BY line",
      arguments: [key.value])
    guard batches.count == event.batches.count else { throw wrong("its batches differ") }
    for (row, batch) in zip(batches, event.batches) {
      try check(
        row, "stockBatch",
        [
          "line": batch.line, "stationID": event.stationID.data,
          "productID": batch.productID.data, "count": batch.count,
          "bestBefore": batch.bestBefore.description,
        ])
    }
  }

  /// How many batches the record's event has.
  func batchCount() throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT COUNT(*) FROM stockBatch WHERE journalKey = ?", arguments: [key.value])
  }
}
