import FoundationEssentials
import GRDB
import POS

/// The products of the database, as one transaction sees them.
struct CatalogueReader: ProductSource {
  let db: Database
  let layouts: [InStoreLayout]

  func product(id: ProductID) throws -> Product? {
    try fetch("SELECT * FROM product WHERE id = ?", id.data)
  }

  func product(barcode: Barcode) throws -> Product? {
    try fetch("SELECT * FROM product WHERE barcode = ?", barcode.digits)
  }

  func product(itemCode: String) throws -> Product? {
    try fetch("SELECT * FROM product WHERE itemCode = ?", itemCode)
  }

  private func fetch(_ sql: String, _ key: any DatabaseValueConvertible) throws -> Product? {
    try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [key]).map(Self.product)
  }

  /// A row of `product`; facts are checked again on the way out.
  static func product(_ row: Row) throws -> Product {
    guard let pricing = Pricing(rawValue: row["pricing"]) else {
      throw StoreProblem.badRecord("product")
    }
    return Product(
      id: Identifier(row["id"] as Data),
      barcode: try (row["barcode"] as String?).map { try Barcode($0) }, itemCode: row["itemCode"],
      name: row["name"], category: row["category"], unit: row["unit"], pricing: pricing,
      listPrice: Money(fen: row["listPriceFen"]), origin: row["origin"])
  }
}
