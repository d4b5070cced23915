/// Goods not yet paid, and the shopper's own gift beside them.
public struct Basket: Equatable, Sendable {
  public var items: [BasketItem]
  public var gift: GiftWish?

  public init(items: [BasketItem], gift: GiftWish? = nil) {
    self.items = items
    self.gift = gift
  }
}

/// One row of a basket: which goods, how much, and a manager's price if there is one.
public struct BasketItem: Equatable, Sendable {
  public let goods: Goods
  public let quantity: Quantity
  public let override: PriceOverride?

  public init(goods: Goods, quantity: Quantity, override: PriceOverride? = nil) {
    self.goods = goods
    self.quantity = quantity
    self.override = override
  }
}

/// What a row of a basket sells: a product of the catalogue, or goods a cashier named.
public struct Goods: Equatable, Sendable {
  /// `nil` for goods that are not in the catalogue.
  public let productID: ProductID?
  public let barcode: String?
  public let name: String
  public let category: String
  public let unit: String
  /// The ordinary price of one unit, or of one kilogram.
  public let listPrice: Money

  public init(
    productID: ProductID?, barcode: String?, name: String, category: String, unit: String,
    listPrice: Money
  ) {
    self.productID = productID
    self.barcode = barcode
    self.name = name
    self.category = category
    self.unit = unit
    self.listPrice = listPrice
  }

  /// The goods of a catalogue product, at its list price or another (a price label's).
  public init(_ product: Product, listPrice: Money? = nil) {
    self.init(
      productID: product.id, barcode: product.barcode?.digits, name: product.name,
      category: product.category, unit: product.unit, listPrice: listPrice ?? product.listPrice)
  }
}

/// How much of one thing: pieces, or a weight.
public enum Quantity: Hashable, Sendable {
  case units(Int64)
  case grams(Int64)

  /// Pieces or grams, as a plain number.
  public var count: Int64 {
    switch self {
    case .units(let count), .grams(let count): count
    }
  }

  /// As much of the same kind, with another number.
  public func with(count: Int64) -> Quantity {
    switch self {
    case .units: .units(count)
    case .grams: .grams(count)
    }
  }

  /// What this much costs at a price per unit or per kilogram.
  public func amount(at price: Money) -> Money {
    switch self {
    case .units(let count): price.times(count)
    case .grams(let grams): price.perKilogram(grams: grams, .halfUp)
    }
  }
}

/// A price a manager gives in place of what the shopper would pay for one unit or kilogram.
public struct PriceOverride: Equatable, Sendable {
  public let price: Money
  public let reason: Reason

  public init(price: Money, reason: Reason) {
    self.price = price
    self.reason = reason
  }
}

/// A gift the shopper wishes to make at the till (一元捐).
public enum GiftWish: Equatable, Sendable {
  case amount(Money, campaign: String)
  /// What is missing from the bill to the next whole yuan.
  case roundUpToYuan(campaign: String)

  /// The id of the campaign it is for.
  public var campaign: String {
    switch self {
    case .amount(_, let campaign), .roundUpToYuan(let campaign): campaign
    }
  }

  /// The gift for a bill of which `remaining` is still to pay after vouchers; `nil` for none.
  func gift(remaining: Money) -> Gift? {
    switch self {
    case .amount(let amount, let campaign):
      return amount == .zero ? nil : Gift(amount: amount, campaign: campaign)
    case .roundUpToYuan(let campaign):
      let missing = Rounding.up.multiple(of: 100, near: remaining.fen) - remaining.fen
      return missing == 0 ? nil : Gift(amount: Money(fen: missing), campaign: campaign)
    }
  }
}

/// A shopper's own gift for a campaign: a line of its own, outside coupons and pledge.
public struct Gift: Equatable, Sendable {
  /// The campaign for gifts that name none.
  public static let generalCampaign = "general"

  public let amount: Money
  /// The id of the campaign: lower-case letters, digits and `-`.
  public let campaign: String

  public init(amount: Money, campaign: String) {
    self.amount = amount
    self.campaign = campaign
  }
}

/// What shoppers may give to.
public struct Campaign: Equatable, Sendable {
  /// Lower-case letters, digits and `-`.
  public let id: String
  public let name: String
  public let nameEn: String

  public init(id: String, name: String, nameEn: String) {
    self.id = id
    self.name = name
    self.nameEn = nameEn
  }

  /// The district's fund, for gifts that name no campaign.
  public static let general = Campaign(
    id: Gift.generalCampaign, name: "区慈善基金", nameEn: "District charity fund")
}

/// A basket set aside, to be taken up again at any till of the station.
public struct HeldBasket: Equatable, Sendable {
  public let id: BasketID
  public let stationID: StationID
  public let label: String
  /// The request as the client sent it (items and gift), to be given back unchanged.
  public let content: JSON
  public let heldAtMs: Int64

  public init(
    id: BasketID, stationID: StationID, label: String, content: JSON, heldAtMs: Int64
  ) {
    self.id = id
    self.stationID = stationID
    self.label = label
    self.content = content
    self.heldAtMs = heldAtMs
  }
}

/// A basket cancelled before payment, on record.
public struct BasketVoid: Equatable, Sendable {
  public let id: VoidID
  public let tillSessionID: TillSessionID
  public let lineCount: Int
  /// What the goods would have cost.
  public let net: Money
  public let reason: Reason

  public init(
    id: VoidID, tillSessionID: TillSessionID, lineCount: Int, net: Money, reason: Reason
  ) {
    self.id = id
    self.tillSessionID = tillSessionID
    self.lineCount = lineCount
    self.net = net
    self.reason = reason
  }
}
