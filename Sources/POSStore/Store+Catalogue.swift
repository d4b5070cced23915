import FoundationEssentials
import GRDB
public import POS

/// A product and how much of it a station has.
public struct StockedProduct: Equatable, Sendable {
  public let product: Product
  /// Pieces or grams; below zero when more was sold than was counted in.
  public let stock: Int64

  public init(product: Product, stock: Int64) {
    self.product = product
    self.stock = stock
  }
}

/// What an import did.
public struct ImportReport: Equatable, Sendable {
  public let added: Int
  public let updated: Int
  public let unchanged: Int
  /// Rows that do not fit the catalogue.
  public let problems: [ProductRowProblem]
}

/// Goods sold without an entry in the catalogue, for the manager to look after.
public struct UnlistedGoods: Equatable, Sendable {
  public let barcode: String?
  public let name: String
  public let category: String
  public let lastPrice: Money
  public let saleCount: Int64
  public let lastSoldAtMs: Int64
}

extension Store {
  /// Adds or updates products by barcode, item code, or name and unit; journalled with what changed.
  ///
  /// - Parameter newIDs: one id for each row, used where the row is new.
  public func importProducts(
    _ rows: [ProductRow], newIDs: [ProductID], atMs: Int64
  ) async throws -> ImportReport {
    precondition(rows.count == newIDs.count, "every row has an id to take")
    return try await write { unit in
      var outcomes: [ProductOutcome] = []
      var problems: [ProductRowProblem] = []
      for (row, id) in zip(rows, newIDs) {
        if let outcome = try unit.outcome(of: row, newID: id) {
          outcomes.append(outcome)
        } else {
          problems.append(ProductRowProblem(lineNumber: row.lineNumber, reason: .conflicts))
        }
      }
      let changes = outcomes.compactMap(\.change)
      if !changes.isEmpty {
        try unit.append(.catalogImport, .members(["changes": .array(changes)]), atMs: atMs)
      }
      let added = outcomes.count(where: \.isNew)
      return ImportReport(
        added: added, updated: changes.count - added, unchanged: outcomes.count - changes.count,
        problems: problems)
    }
  }

  /// A product with its stock at a station; `nil` if there is none.
  public func product(id: ProductID, at stationID: StationID) async throws -> StockedProduct? {
    try await read { unit in
      try unit.stocked(
        "SELECT key FROM product WHERE id = ?", [id.data], at: stationID
      ).first
    }
  }

  /// What a scan means: the product, and what is to be put in the basket.
  ///
  /// - Throws: `ItemRefusal`.
  public func scan(
    _ digits: String, at stationID: StationID
  ) async throws -> (product: StockedProduct, quantityOnLabel: Bool) {
    try await read { unit in
      let source = unit.catalogue
      let barcode = try ItemRequest.barcode(digits)
      if let product = try source.product(barcode: barcode) {
        return (try unit.stocked(product, at: stationID), false)
      }
      let item = try ItemRequest(target: .barcode(digits), quantity: nil).item(from: source)
      guard let id = item.goods.productID, let product = try source.product(id: id) else {
        throw ItemRefusal.unknownBarcode(digits)
      }
      return (try unit.stocked(product, at: stationID), true)
    }
  }

  /// Products in the order they came, a page at a time.
  public func products(
    at stationID: StationID, afterKey: Int64, limit: Int
  ) async throws -> [(key: Int64, product: StockedProduct)] {
    try await read { unit in
      let keys = try Int64.fetchAll(
        unit.db, sql: "SELECT key FROM product WHERE key > ? ORDER BY key LIMIT ?",
        arguments: [afterKey, limit])
      let products = try unit.stocked(
        "SELECT key FROM product WHERE key > ? ORDER BY key LIMIT ?", [afterKey, limit],
        at: stationID)
      return Array(zip(keys, products))
    }
  }

  /// Goods for what a cashier typed: the exact barcode first, then names that begin with it.
  public func search(
    _ typed: String, at stationID: StationID, limit: Int
  ) async throws -> [StockedProduct] {
    guard let query = SearchQuery(typed) else { return [] }
    return try await read { unit in
      var keys: [Int64] = []
      if let barcode = query.barcode {
        keys += try Int64.fetchAll(
          unit.db, sql: "SELECT key FROM product WHERE barcode = ?", arguments: [barcode])
      }
      for match in [query.startMatch, query.match] where keys.count < limit {
        let found = try unit.keys(matching: match)
        keys += found.filter { !keys.contains($0) }
      }
      return try keys.prefix(limit).flatMap {
        try unit.stocked("SELECT ?", [$0], at: stationID)
      }
    }
  }

  /// The categories in use, by name.
  public func categories() async throws -> [String] {
    try await read { unit in
      try String.fetchAll(
        unit.db, sql: "SELECT DISTINCT category FROM product ORDER BY category")
    }
  }

  /// What a station sold outside the catalogue, the most often first.
  public func unlistedGoods(at stationID: StationID) async throws -> [UnlistedGoods] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM unlistedGoods WHERE stationID = ?
          ORDER BY saleCount DESC, lastSoldAtMs DESC LIMIT 500
          """, arguments: [stationID.data]
      ).map { row in
        let barcode: String = row["barcode"]
        return UnlistedGoods(
          barcode: barcode.isEmpty ? nil : barcode, name: row["name"], category: row["category"],
          lastPrice: Money(fen: row["lastPriceFen"]), saleCount: row["saleCount"],
          lastSoldAtMs: row["lastSoldAtMs"])
      }
    }
  }
}

extension UnitOfWork {
  /// The shortest names among the first rows of the index that match; reading stops there, however
  /// many match.
  fileprivate func keys(matching match: String) throws -> [Int64] {
    try Int64.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT key FROM product
          WHERE key IN (SELECT rowid FROM productSearch WHERE productSearch MATCH ? LIMIT 60)
          ORDER BY length(name), key
          """), arguments: [match])
  }

  fileprivate func stocked(
    _ keys: String, _ arguments: StatementArguments, at stationID: StationID
  ) throws -> [StockedProduct] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(CatalogueReader.columns), COALESCE(stockLevel.count, 0) AS stock FROM product
          LEFT JOIN stockLevel ON stockLevel.productID = product.id AND stationID = ?
          WHERE key IN (\(keys)) ORDER BY key
          """), arguments: [stationID.data] + arguments
    ).map { StockedProduct(product: try CatalogueReader.product($0), stock: $0["stock"]) }
  }

  fileprivate func stocked(
    _ product: Product, at stationID: StationID
  ) throws -> StockedProduct {
    let stock = try Int64.fetchOne(
      db, sql: "SELECT count FROM stockLevel WHERE stationID = ? AND productID = ?",
      arguments: [stationID.data, product.id.data])
    return StockedProduct(product: product, stock: stock ?? 0)
  }
}
