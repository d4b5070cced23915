public import POS

/// All that is printed on the label of a shelf.
public struct ShelfLabelFacts: Equatable, Sendable {
  public var name: String
  /// `瓶`, or `kg` for weighed goods.
  public var unit: String
  /// The ordinary price of one unit or kilogram.
  public var listPrice: Money
  /// What a shopper pays.
  public var stationPrice: Money
  /// The digits; `nil` for goods without a barcode.
  public var barcode: String?

  /// A label for one product.
  public init(
    name: String, unit: String, listPrice: Money, stationPrice: Money, barcode: String? = nil
  ) {
    self.name = name
    self.unit = unit
    self.listPrice = listPrice
    self.stationPrice = stationPrice
    self.barcode = barcode
  }
}

extension ReceiptDocument {
  /// A shelf label: the station price large, the list price beside it when it is higher.
  public init(shelfLabel facts: ShelfLabelFacts) {
    var blocks: [Block] = [.text(PrintableText(facts.name), .large)]
    if facts.stationPrice < facts.listPrice {
      blocks.append(.row("原价", "List", PrintableText(facts.listPrice.yuanText)))
    }
    let price = PrintableText("￥\(facts.stationPrice.yuanText)")
    blocks.append(.row("驿站价", "Price", price, .large))
    blocks.append(.row("单位", "Per", PrintableText(facts.unit)))
    if let barcode = facts.barcode {
      blocks.append(.text(PrintableText(barcode), .quiet, .centre))
    }
    self.init(blocks + [.cut])
  }
}
