import FoundationEssentials
import GRDB
import POS

/// What became of one imported row.
struct ProductOutcome {
  let isNew: Bool
  /// What the journal says of it; `nil` if nothing changed.
  let change: JSON?
}

extension UnitOfWork {
  /// What became of a row; `nil` if one of its codes belongs to another product.
  func outcome(of row: ProductRow, newID: ProductID) throws -> ProductOutcome? {
    var outcome: ProductOutcome?
    do {
      try db.inSavepoint {
        outcome = try store(row, newID: newID)
        return .commit
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      return nil
    }
    return outcome
  }

  /// Adds a row of an import to the catalogue, or brings its product up to date.
  private func store(_ row: ProductRow, newID: ProductID) throws -> ProductOutcome {
    guard let known = try product(sameAs: row) else {
      let product = Product(row, id: newID)
      try insert(product)
      return ProductOutcome(isNew: true, change: product.change(from: nil))
    }
    let product = Product(row, id: known.product.id)
    guard product != known.product else { return ProductOutcome(isNew: false, change: nil) }
    try update(product, key: known.key)
    return ProductOutcome(isNew: false, change: product.change(from: known.product))
  }

  /// Adds a product to the catalogue and the search.
  func insert(_ product: Product) throws {
    products?.willChange(in: db)
    try db.execute(
      sql: """
        INSERT INTO product (id, barcode, itemCode, name, category, unit, pricing, listPriceFen,
          origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments: [product.id.data] + product.columns)
    try index(product, key: db.lastInsertedRowID)
  }

  /// Puts a product in the place of the one with this key.
  func update(_ product: Product, key: Int64) throws {
    products?.willChange(in: db)
    try db.execute(
      sql: """
        UPDATE product SET barcode = ?, itemCode = ?, name = ?, category = ?, unit = ?,
          pricing = ?, listPriceFen = ?, origin = ? WHERE key = ?
        """, arguments: product.columns + [key])
    try db.execute(sql: "DELETE FROM productSearch WHERE rowid = ?", arguments: [key])
    try index(product, key: key)
  }

  private func product(sameAs row: ProductRow) throws -> (key: Int64, product: Product)? {
    let (condition, arguments): (String, StatementArguments) =
      if let barcode = row.barcode {
        ("barcode = ?", [barcode.digits])
      } else if let itemCode = row.itemCode {
        ("itemCode = ?", [itemCode])
      } else {
        ("barcode IS NULL AND itemCode IS NULL AND name = ? AND unit = ?", [row.name, row.unit])
      }
    return try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(CatalogueReader.columns), key FROM product WHERE \(condition)"),
      arguments: arguments
    ).map { ($0["key"], try CatalogueReader.product($0)) }
  }

  private func index(_ product: Product, key: Int64) throws {
    let terms = SearchTerms(pinyin: .standard).text(
      name: product.name, barcode: product.barcode?.digits, category: product.category)
    try db.cachedStatement(sql: "INSERT INTO productSearch (rowid, terms) VALUES (?, ?)")
      .execute(arguments: [key, terms])
  }
}

extension Product {
  fileprivate init(_ row: ProductRow, id: ProductID) {
    self.init(
      id: id, barcode: row.barcode, itemCode: row.itemCode, name: row.name,
      category: row.category, unit: row.unit, pricing: row.pricing, listPrice: row.listPrice,
      origin: row.origin)
  }

  fileprivate var columns: StatementArguments {
    [
      barcode?.digits, itemCode, name, category, unit, pricing.rawValue, listPrice.fen, origin,
    ]
  }

  fileprivate func change(from old: Product?) -> JSON {
    .members([
      "productID": .string(id.text), "barcode": barcode.map { .string($0.digits) },
      "name": .string(name), "listPriceFen": .integer(listPrice.fen),
      "oldListPriceFen": old.map { .integer($0.listPrice.fen) },
      "category": .string(category), "unit": .string(unit), "pricing": .string(pricing.rawValue),
      "itemCode": itemCode.map(JSON.string), "origin": .string(origin),
    ])
  }
}
