import FoundationEssentials
import GRDB
import POS

extension RowsOfRecord {
  /// Makes a correction again from its sale and the corrections before it.
  func checkTenderCorrection() throws {
    let stored = try TenderCorrection(body: body)
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT key, content FROM sale JOIN journal ON key = journalKey
          WHERE id = ? AND sale.kind = 'sale' AND key < ?
          """), arguments: [stored.saleID.data, key.value])
    guard let row, let content = try? JSON(parsing: Array(row["content"] as Data)),
      let saleBody = content["body"]
    else { throw wrong("its sale is missing") }
    let sale = try Sale(body: saleBody, atMs: 0)
    let hasReturns = try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM sale WHERE originalKey = ? AND journalKey < ?)"),
      arguments: [row["key"] as Int64, key.value])
    let change = TenderChange(
      tender: stored.tender, kind: stored.kind, reference: stored.reference, reason: stored.reason)
    let again = try? PaidTenders(sale, corrections: try corrections(of: sale.id))
      .correction(change, id: stored.id, hasReturns: hasReturns ?? false)
    guard let again else { throw wrong("its sale has no such tender to correct") }
    try record.check(
      isMadeOf: again.members.adding(
        contentsOf: .members([
          "tillSessionID": .string(sale.context.tillSessionID.text),
          "stationID": .string(sale.context.stationID.text), "userID": body["userID"],
          "businessDate": body["businessDate"],
        ])))
  }

  /// The corrections of a sale before this record.
  func corrections(of saleID: SaleID) throws -> [TenderCorrection] {
    let contents = try Data.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT content FROM tillEvent JOIN journal ON key = journalKey
          WHERE subjectID = ? AND tillEvent.kind = 'tenderCorrected' AND key < ? ORDER BY key
          """), arguments: [saleID.data, key.value])
    return try contents.map { content in
      guard let correction = try? JSON(parsing: Array(content))["body"] else {
        throw wrong("a correction before it cannot be read")
      }
      return try TenderCorrection(body: correction)
    }
  }
}
