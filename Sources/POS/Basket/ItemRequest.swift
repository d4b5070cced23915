/// A basket row as a client asks for it, before the catalogue is looked up.
public struct ItemRequest: Equatable, Sendable {
  /// What the row is of; exactly one of them.
  public enum Target: Equatable, Sendable {
    case product(ProductID)
    /// Digits as scanned or typed; may be a label of the station's own scale.
    case barcode(String)
    case open(OpenGoods)
  }

  public let target: Target
  /// `nil` where a label says it.
  public let quantity: Quantity?
  public let override: PriceOverride?

  public init(target: Target, quantity: Quantity?, override: PriceOverride? = nil) {
    self.target = target
    self.quantity = quantity
    self.override = override
  }
}

/// Goods without a barcode, or with one the catalogue does not know: sold under a category with a
/// price the cashier gives.
public struct OpenGoods: Equatable, Sendable {
  public let name: String
  public let category: String
  /// The ordinary price of one unit, or of one kilogram when sold by weight.
  public let listPrice: Money
  /// The unknown barcode, for the manager's list; digits only.
  public let barcode: String?

  public init(name: String, category: String, listPrice: Money, barcode: String? = nil) {
    self.name = name
    self.category = category
    self.listPrice = listPrice
    self.barcode = barcode
  }
}

/// Why a basket row cannot be priced. The checks are made in the order of the cases.
public enum ItemRefusal: Error, Equatable, Sendable {
  case badBarcode(String, Barcode.Problem)
  case unknownBarcode(String)
  case unknownProduct(ProductID)
  case quantityMissing
  /// A label already says how much.
  case quantityOnLabel
  /// Pieces asked of weighed goods, or grams of counted ones.
  case wrongKindOfQuantity
  /// The label's weight or price is zero.
  case emptyLabel
}

/// Where products are found: the station's catalogue, or none at all for a bare price list.
public protocol ProductSource {
  func product(id: ProductID) throws -> Product?
  func product(barcode: Barcode) throws -> Product?
  func product(itemCode: String) throws -> Product?
  /// What the station's own scale prints.
  var layouts: [InStoreLayout] { get }
}

/// A source that knows no product, for prices of goods that are named with their price.
public struct NoProducts: ProductSource {
  public init() {}
  public func product(id: ProductID) -> Product? { nil }
  public func product(barcode: Barcode) -> Product? { nil }
  public func product(itemCode: String) -> Product? { nil }
  public var layouts: [InStoreLayout] { [] }
}

extension ItemRequest {
  /// The basket row this asks for.
  ///
  /// - Throws: `ItemRefusal`, and what the source throws.
  public func item(from source: some ProductSource) throws -> BasketItem {
    switch target {
    case .open(let goods):
      return item(goods: Goods(goods, isWeighed: try isWeighed), quantity: try neededQuantity)
    case .product(let id):
      guard let product = try source.product(id: id) else {
        throw ItemRefusal.unknownProduct(id)
      }
      return try item(product: product)
    case .barcode(let digits):
      let barcode = try Self.barcode(digits)
      if let product = try source.product(barcode: barcode) { return try item(product: product) }
      guard let label = InStoreLabel(barcode, layouts: source.layouts),
        let product = try source.product(itemCode: label.itemCode)
      else { throw ItemRefusal.unknownBarcode(digits) }
      return try item(label: label, product: product)
    }
  }

  /// Digits that a scanner read, checked.
  public static func barcode(_ digits: String) throws(ItemRefusal) -> Barcode {
    do { return try Barcode(digits) } catch { throw .badBarcode(digits, error) }
  }

  private var neededQuantity: Quantity {
    get throws(ItemRefusal) {
      guard let quantity else { throw .quantityMissing }
      return quantity
    }
  }

  private var isWeighed: Bool {
    get throws(ItemRefusal) { if case .grams = try neededQuantity { true } else { false } }
  }

  private func item(goods: Goods, quantity: Quantity) -> BasketItem {
    BasketItem(goods: goods, quantity: quantity, override: override)
  }

  private func item(product: Product) throws(ItemRefusal) -> BasketItem {
    let quantity = try neededQuantity
    switch (product.pricing, quantity) {
    case (.counted, .units), (.weighed, .grams):
      return item(goods: Goods(product), quantity: quantity)
    case (.counted, .grams), (.weighed, .units): throw .wrongKindOfQuantity
    }
  }

  private func item(label: InStoreLabel, product: Product) throws(ItemRefusal) -> BasketItem {
    guard quantity == nil else { throw .quantityOnLabel }
    guard label.value > 0 else { throw .emptyLabel }
    switch (label.content, product.pricing) {
    case (.grams, .weighed):
      return item(goods: Goods(product), quantity: .grams(label.value))
    case (.priceFen, .counted):
      let goods = Goods(product, listPrice: Money(fen: label.value))
      return item(goods: goods, quantity: .units(1))
    case (.grams, .counted), (.priceFen, .weighed): throw .wrongKindOfQuantity
    }
  }
}

extension Goods {
  init(_ open: OpenGoods, isWeighed: Bool) {
    self.init(
      productID: nil, barcode: open.barcode, name: open.name, category: open.category,
      unit: isWeighed ? "公斤" : "件", listPrice: open.listPrice)
  }
}
