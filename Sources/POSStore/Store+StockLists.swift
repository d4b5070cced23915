import FoundationEssentials
import GRDB
public import POS

/// When to order a product, and up to how much.
public struct ReorderLevel: Equatable, Sendable {
  /// Order when no more than this is left, in pieces or grams.
  public let orderAt: Int64
  /// Order so much that this is in stock.
  public let orderUpTo: Int64

  public init(orderAt: Int64, orderUpTo: Int64) {
    precondition(orderAt >= 0 && orderUpTo > orderAt, "an order fills up to more than its mark")
    self.orderAt = orderAt
    self.orderUpTo = orderUpTo
  }
}

/// A product that should be ordered.
public struct ReorderAdvice: Equatable, Sendable {
  public let product: StockedProduct
  public let level: ReorderLevel
  /// What was sold less what came back since a date.
  public let sold: Int64

  /// How much to order.
  public var toOrder: Int64 { level.orderUpTo - product.stock }
}

/// Delivered goods with the last day they are good.
public struct ExpiringBatch: Equatable, Sendable {
  public let product: StockedProduct
  /// How much came; how much of it is left is not known, and never more than the stock.
  public let delivered: Int64
  public let bestBefore: BusinessDate
}

extension Store {
  /// Sets when to order a product; `nil` takes it off the list.
  ///
  /// - Throws: `StoreRefusal.notFound`.
  public func setReorderLevel(
    _ level: ReorderLevel?, of productID: ProductID, at stationID: StationID
  ) async throws {
    try await write { unit in
      let isKnown = try Bool.fetchOne(
        unit.db, sql: "SELECT EXISTS (SELECT 1 FROM product WHERE id = ?)",
        arguments: [productID.data])
      guard isKnown == true else { throw StoreRefusal.notFound }
      guard let level else {
        try unit.db.execute(
          sql: "DELETE FROM reorderLevel WHERE stationID = ? AND productID = ?",
          arguments: [stationID.data, productID.data])
        return
      }
      try unit.db.execute(
        sql: """
          INSERT INTO reorderLevel (stationID, productID, orderAt, orderUpTo) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET orderAt = excluded.orderAt, orderUpTo = excluded.orderUpTo
          """, arguments: [stationID.data, productID.data, level.orderAt, level.orderUpTo])
    }
  }

  /// The products at or below their mark, by name, with what was sold since a date.
  public func reorderList(
    at stationID: StationID, soldSince date: BusinessDate
  ) async throws -> [ReorderAdvice] {
    try await read { unit in
      let sold = try unit.sold(at: stationID, since: date)
      return try Row.fetchAll(
        unit.db,
        sql: """
          SELECT \(CatalogueReader.columns), orderAt, orderUpTo, COALESCE(stockLevel.count, 0) AS stock
          FROM reorderLevel JOIN product ON product.id = reorderLevel.productID
          LEFT JOIN stockLevel ON stockLevel.productID = product.id
            AND stockLevel.stationID = reorderLevel.stationID
          WHERE reorderLevel.stationID = ? AND COALESCE(stockLevel.count, 0) <= orderAt
          ORDER BY product.category, product.name
          """, arguments: [stationID.data]
      ).map { row in
        let product = try CatalogueReader.product(row)
        return ReorderAdvice(
          product: StockedProduct(product: product, stock: row["stock"]),
          level: ReorderLevel(orderAt: row["orderAt"], orderUpTo: row["orderUpTo"]),
          sold: sold[product.id, default: 0])
      }
    }
  }

  /// Delivered goods still in stock that are good until `date` or less, the first to go bad first.
  ///
  /// - Parameter from: batches older than this are left out, as they must be gone.
  public func expiring(
    at stationID: StationID, from: BusinessDate, until date: BusinessDate
  ) async throws -> [ExpiringBatch] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT \(CatalogueReader.columns), stockBatch.count AS delivered, bestBefore, stockLevel.count AS stock
          FROM stockBatch JOIN product ON product.id = stockBatch.productID
          JOIN stockLevel ON stockLevel.productID = product.id
            AND stockLevel.stationID = stockBatch.stationID
          WHERE stockBatch.stationID = ? AND bestBefore BETWEEN ? AND ? AND stockLevel.count > 0
          ORDER BY bestBefore, product.name LIMIT 500
          """, arguments: [stationID.data, from.description, date.description]
      ).map { row in
        guard let bestBefore = BusinessDate(row["bestBefore"] as String) else {
          throw StoreProblem.badRecord("stockBatch")
        }
        return ExpiringBatch(
          product: StockedProduct(product: try CatalogueReader.product(row), stock: row["stock"]),
          delivered: row["delivered"], bestBefore: bestBefore)
      }
    }
  }
}

extension UnitOfWork {
  /// What a station sold less what came back, by product, from a business date on.
  fileprivate func sold(
    at stationID: StationID, since date: BusinessDate
  ) throws -> [ProductID: Int64] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT productID, -SUM(count) AS sold FROM sale
        CROSS JOIN stockMovement ON stockMovement.journalKey = sale.journalKey
        WHERE stationID = ? AND businessDate >= ? GROUP BY productID
        """, arguments: [stationID.data, date.description])
    var sold: [ProductID: Int64] = [:]
    for row in rows { sold[Identifier(row["productID"] as Data)] = row["sold"] }
    return sold
  }
}
