import FoundationEssentials
import GRDB
import POS

/// A row of `sale`.
struct SaleRow {
  let kind: String
  let id: SaleID
  let requestHash: [UInt8]
  let number: Int64
  let context: TillContext
  let businessDate: BusinessDate
  let total: Money
  let originalKey: Int64?
}

extension UnitOfWork {
  /// The next number of a station's series, without a gap: rows of `sale` are never deleted, and a
  /// number is taken in the transaction that writes its row.
  func nextSaleNumber(at stationID: StationID) throws -> Int64 {
    let epoch = try journalHead.epoch
    let last = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT number FROM sale WHERE stationID = ? AND epoch = ?
          ORDER BY number DESC LIMIT 1
          """), arguments: [stationID.data, epoch])
    return (last ?? 0) + 1
  }

  func insert(_ row: SaleRow, _ head: JournalHead) throws {
    try RowWriter(
      db,
      """
      INSERT INTO sale (journalKey, id, requestHash, kind, stationID, epoch, number,
        tillSessionID, businessDate, totalFen, originalKey)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).write(
      .integer(JournalKey(head).value), .id(row.id), .blob(row.requestHash), .text(row.kind),
      .id(row.context.stationID), .integer(head.epoch), .integer(row.number),
      .id(row.context.tillSessionID), .text(row.businessDate.description),
      .integer(row.total.fen), .optional(row.originalKey))
  }

  /// Moves stock; goods outside the catalogue have none.
  func move(
    _ movements: [(productID: ProductID?, count: Int64)], at stationID: StationID,
    _ head: JournalHead
  ) throws {
    let movement = try RowWriter(
      db, "INSERT INTO stockMovement (journalKey, line, productID, count) VALUES (?, ?, ?, ?)")
    let level = try RowWriter(
      db,
      """
      INSERT INTO stockLevel (stationID, productID, count) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET count = count + excluded.count
      """)
    for case (let line, (let productID?, let count)) in movements.enumerated() {
      try movement.write(
        .integer(JournalKey(head).value), .integer(Int64(line)), .id(productID), .integer(count))
      try level.write(.id(stationID), .id(productID), .integer(count))
    }
  }

  /// Lists goods sold outside the catalogue for the manager.
  func noteUnlisted(_ sale: Sale) throws {
    for line in sale.lines where line.goods.productID == nil {
      try db.execute(
        sql: """
          INSERT INTO unlistedGoods (stationID, barcode, name, category, lastPriceFen, saleCount,
            lastSoldAtMs)
          VALUES (?, ?, ?, ?, ?, 1, ?)
          ON CONFLICT DO UPDATE SET category = excluded.category,
            lastPriceFen = excluded.lastPriceFen, saleCount = saleCount + 1,
            lastSoldAtMs = excluded.lastSoldAtMs
          """,
        arguments: [
          sale.context.stationID.data, line.goods.barcode ?? "", line.goods.name,
          line.goods.category, line.goods.listPrice.fen, sale.context.atMs,
        ])
    }
  }
}
