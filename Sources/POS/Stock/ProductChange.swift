/// A product added to the catalogue or changed by a manager, with what it was before.
public struct ProductChange: Equatable, Sendable {
  public let id: Identifier<ProductChange>
  public let product: Product
  /// `nil` for a new product.
  public let old: Product?

  public init(_ product: Product, from old: Product?, id: Identifier<ProductChange>) {
    self.id = id
    self.product = product
    self.old = old
  }

  /// The kind of its journal record.
  public var kind: JournalKind { old == nil ? .productAdded : .productChanged }

  /// The body of its journal record: the whole product, and the old value of each member that
  /// changed.
  public func body(by user: User) -> JSON {
    let base: JSON = .members([
      "id": .string(id.text), "productID": .string(product.id.text),
      "stationID": .string(user.stationID.text),
      "userID": .string(user.id.text), "product": .object(product.recordMembers),
    ])
    guard let old else { return base }
    let was = zip(old.recordMembers, product.recordMembers).filter { $0.value != $1.value }
    return base.adding("was", .object(was.map(\.0)))
  }
}

extension Product {
  /// What a record says of a product; codes it does not have are `null`.
  fileprivate var recordMembers: [JSON.Member] {
    [
      JSON.Member("barcode", barcode.map { .string($0.digits) } ?? .null),
      JSON.Member("itemCode", itemCode.map { .string($0) } ?? .null),
      JSON.Member("name", .string(name)), JSON.Member("category", .string(category)),
      JSON.Member("unit", .string(unit)), JSON.Member("pricing", .string(pricing.rawValue)),
      JSON.Member("listPriceFen", .integer(listPrice.fen)),
      JSON.Member("origin", .string(origin)),
    ]
  }
}
