import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Adds a product, or changes one that is known by its id; journalled. The same request again
  /// changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `notFound` (a change of an unknown product),
  ///   `pricingIsFixed`, `codeTaken`.
  public func keep(
    _ product: Product, isNew: IsNewProduct, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(request) else { return true }
      let old = try unit.catalogue.product(id: product.id)
      guard (old == nil) == (isNew == .new) else {
        throw isNew == .new ? StoreRefusal.idReused : StoreRefusal.notFound
      }
      if let old, old.pricing != product.pricing { throw StoreRefusal.pricingIsFixed }
      try unit.requireFreeCodes(of: product)
      let change = ProductChange(product, from: old, id: Identifier(request.id))
      let head = try unit.append(
        change.kind, change.body(by: user).adding(request.contentHash), atMs: atMs)
      try unit.write(product)
      try unit.note(request, head)
      return false
    }
  }

  /// Whether a product is to be added or changed.
  public enum IsNewProduct: Sendable {
    case new
    case known
  }
}

extension UnitOfWork {
  fileprivate func requireFreeCodes(of product: Product) throws {
    let isTaken = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM product WHERE id <> ?1 AND (barcode = ?2 OR itemCode = ?3))
        """,
      arguments: [product.id.data, product.barcode?.digits, product.itemCode])
    guard isTaken == false else { throw StoreRefusal.codeTaken }
  }

  /// Puts a product into the catalogue and the search, in place of an older one of its id.
  fileprivate func write(_ product: Product) throws {
    let key = try Int64.fetchOne(
      db, sql: "SELECT key FROM product WHERE id = ?", arguments: [product.id.data])
    if let key { try update(product, key: key) } else { try insert(product) }
  }
}
