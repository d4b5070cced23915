import FoundationEssentials
import GRDB
import POS

extension UnitOfWork {
  /// What happened in a session, its Z left out.
  func figures(of id: TillSessionID) throws -> TillFigures {
    var figures = TillFigures()
    try addSales(of: id, to: &figures)
    try addEvents(of: id, to: &figures)
    try addVoids(of: id, to: &figures)
    return figures
  }

  private func addSales(of id: TillSessionID, to figures: inout TillFigures) throws {
    let totals = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT kind, COUNT(*) AS count, SUM(totalFen) AS fen FROM sale
          WHERE tillSessionID = ? GROUP BY kind
          """), arguments: [id.data])
    for row in totals {
      if row["kind"] as String == "sale" {
        figures.sales.add(row["fen"], count: row["count"])
      } else {
        figures.returns.add(-(row["fen"] as Int64), count: row["count"])
      }
    }
    let sums = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT kind, account, SUM(amountMicroYuan) AS amount
          FROM sale JOIN posting USING (journalKey) WHERE tillSessionID = ? GROUP BY kind, account
          """), arguments: [id.data])
    for row in sums {
      figures.add(
        row["kind"] as String == "sale" ? .sales : .returns, account: row["account"],
        microYuan: row["amount"])
    }
  }

  private func addEvents(of id: TillSessionID, to figures: inout TillFigures) throws {
    for event in try events("tillSessionID = ? AND tillEvent.kind <> 'tillClosed'", [id.data]) {
      try figures.add(event.kind, event.body)
    }
  }

  /// Voids have no rows of their own: they are looked for in the stretch of the journal that the
  /// session lies in.
  private func addVoids(of id: TillSessionID, to figures: inout TillFigures) throws {
    let bodies = try storedEvents(
      """
      SELECT journal.* FROM journal WHERE kind = 'basketVoided'
      AND key >= (SELECT openedKey FROM tillSession WHERE id = ?1)
      AND key <= COALESCE((SELECT endedKey FROM tillSession WHERE id = ?1), 9223372036854775807)
      """, [id.data])
    for event in bodies where event.body["tillSessionID"]?.stringValue == id.text {
      try figures.add(event.kind, event.body)
    }
  }
}
