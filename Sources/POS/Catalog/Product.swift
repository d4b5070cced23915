/// Something the station sells.
public struct Product: Equatable, Sendable {
  public let id: ProductID
  /// Checked EAN-8 or EAN-13 digits, `nil` for goods without.
  public let barcode: Barcode?
  /// The five-digit number in labels of the station's own scale.
  public let itemCode: String?
  public let name: String
  public let category: String
  /// What is counted: 瓶, 包, 公斤.
  public let unit: String
  public let pricing: Pricing
  /// The ordinary price of one unit, or of one kilogram.
  public let listPrice: Money
  public let origin: String

  public init(
    id: ProductID, barcode: Barcode?, itemCode: String? = nil, name: String, category: String,
    unit: String, pricing: Pricing, listPrice: Money, origin: String = ""
  ) {
    self.id = id
    self.barcode = barcode
    self.itemCode = itemCode
    self.name = name
    self.category = category
    self.unit = unit
    self.pricing = pricing
    self.listPrice = listPrice
    self.origin = origin
  }
}

/// Whether goods are sold by the piece or by weight.
public enum Pricing: String, CaseIterable, Sendable {
  case counted
  case weighed
}
