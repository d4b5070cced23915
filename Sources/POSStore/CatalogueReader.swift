import FoundationEssentials
import GRDB
import POS

/// The products of the database, as one transaction sees them.
struct CatalogueReader: ProductSource {
  let db: Database
  let layouts: [InStoreLayout]
  /// What the writer remembers; readers remember nothing.
  let memory: ProductMemory?

  func product(id: ProductID) throws -> Product? {
    try remembered(.id(id)) { try fetch("id", id.data) }
  }

  func product(barcode: Barcode) throws -> Product? {
    try remembered(.barcode(barcode.digits)) { try fetch("barcode", barcode.digits) }
  }

  func product(itemCode: String) throws -> Product? { try fetch("itemCode", itemCode) }

  private func remembered(
    _ key: ProductMemory.Key, _ read: () throws -> Product?
  ) throws -> Product? {
    guard let memory else { return try read() }
    return try memory.product(key, read: read)
  }

  private func fetch(
    _ column: StaticString, _ key: any DatabaseValueConvertible
  ) throws -> Product? {
    try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(Self.columns) FROM product WHERE product.\(column) = ?"),
      arguments: [key]
    ).map(Self.product)
  }

  /// What `product(_:)` reads, first in a row: by place, as looking for names takes longer.
  static let columns = """
    product.id, product.barcode, product.itemCode, product.name, product.category, product.unit,
      product.pricing, product.listPriceFen, product.origin
    """

  /// A row that begins with `columns`; facts are checked again on the way out.
  static func product(_ row: Row) throws -> Product {
    guard let pricing = Pricing(rawValue: row[6]) else {
      throw StoreProblem.badRecord("product")
    }
    return Product(
      id: Identifier(row[0] as Data), barcode: try (row[1] as String?).map { try Barcode($0) },
      itemCode: row[2], name: row[3], category: row[4], unit: row[5], pricing: pricing,
      listPrice: Money(fen: row[7]), origin: row[8])
  }
}
