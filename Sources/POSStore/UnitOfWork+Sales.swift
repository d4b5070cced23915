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
    try db.cachedStatement(
      sql: """
        INSERT INTO sale (journalKey, id, requestHash, kind, stationID, epoch, number,
          tillSessionID, businessDate, totalFen, originalKey)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      JournalKey(head).value, row.id.data, Data(row.requestHash), row.kind,
      row.context.stationID.data, head.epoch, row.number, row.context.tillSessionID.data,
      row.businessDate.description, row.total.fen, row.originalKey,
    ])
  }

  /// Moves stock; goods outside the catalogue have none.
  func move(
    _ movements: [(productID: ProductID?, count: Int64)], at stationID: StationID,
    _ head: JournalHead
  ) throws {
    let movement = try db.cachedStatement(
      sql: """
        INSERT INTO stockMovement (journalKey, line, productID, count) VALUES (?, ?, ?, ?)
        """)
    let level = try db.cachedStatement(
      sql: """
        INSERT INTO stockLevel (stationID, productID, count) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """)
    for case (let line, (let productID?, let count)) in movements.enumerated() {
      try movement.execute(arguments: [
        JournalKey(head).value, line, productID.data, count,
      ])
      try level.execute(arguments: [stationID.data, productID.data, count])
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
