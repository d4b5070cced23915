import GRDB
import POS

/// The products that the writer has read, for as long as no row of `product` changes.
///
/// 1. Only the writer's queue touches it, in a transaction.
/// 2. Whoever changes a row of `product` calls `willChange` first: from then on nothing is
///    remembered until that transaction has ended, whether it is committed or rolled back.
final class ProductMemory: @unchecked Sendable {
  // `@unchecked`: see 1.

  enum Key: Hashable {
    case id(ProductID)
    case barcode(String)
  }

  /// Enough for what a shop sells every day; beyond it all is forgotten and read again.
  private static let most = 2000

  private var products: [Key: Product] = [:]
  private var isChanging = false

  /// The remembered product, else what `read` finds.
  func product(_ key: Key, read: () throws -> Product?) rethrows -> Product? {
    if let known = products[key] { return known }
    let found = try read()
    guard let found, !isChanging else { return found }
    if products.count == Self.most { products.removeAll(keepingCapacity: true) }
    products[key] = found
    return found
  }

  /// Rows of `product` are about to change in the transaction under way.
  func willChange(in db: Database) {
    products.removeAll()
    guard !isChanging else { return }
    isChanging = true
    db.afterNextTransaction(
      onCommit: { _ in self.isChanging = false }, onRollback: { _ in self.isChanging = false })
  }
}
