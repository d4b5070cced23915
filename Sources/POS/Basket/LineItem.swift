/// One priced row: what the goods are at list price, what is given, and what is paid.
public struct LineItem: Equatable, Sendable {
  public let goods: Goods
  public let quantity: Quantity
  public let stationPrice: Money
  /// The amount at the list price.
  public let listAmount: Money
  /// The amount at list price less the amount at station price, whoever it goes to (让利).
  public let concession: Money
  /// Signed changes, in the order they were made.
  public private(set) var adjustments: [Adjustment]
  /// What is paid for the goods.
  public private(set) var net: Money
  /// The station's gift to the charity fund out of this line.
  public private(set) var pledge: MicroYuan

  public init(
    goods: Goods, quantity: Quantity, stationPrice: Money, listAmount: Money, concession: Money,
    adjustments: [Adjustment], net: Money, pledge: MicroYuan
  ) {
    self.goods = goods
    self.quantity = quantity
    self.stationPrice = stationPrice
    self.listAmount = listAmount
    self.concession = concession
    self.adjustments = adjustments
    self.net = net
    self.pledge = pledge
  }

  /// Prices one basket row.
  public init(_ item: BasketItem, policy: CharityPolicy) {
    let stationPrice = policy.stationPrice(of: item.goods.listPrice)
    let listAmount = item.quantity.amount(at: item.goods.listPrice)
    let stationAmount = item.quantity.amount(at: stationPrice)
    let base = policy.concessionDestination == .toShopper ? stationAmount : listAmount
    var net = base
    var adjustments: [Adjustment] = []
    if let override = item.override {
      net = item.quantity.amount(at: override.price)
      adjustments.append(
        Adjustment(
          source: .priceOverride(override.reason), payer: .station, amount: net - base))
    }
    self.init(
      goods: item.goods, quantity: item.quantity, stationPrice: stationPrice,
      listAmount: listAmount, concession: listAmount - stationAmount, adjustments: adjustments,
      net: net, pledge: policy.pledge(on: net))
  }
}

extension LineItem {
  /// One more change after those before it; the pledge follows the net.
  ///
  /// - Parameter count: how many are to be expected.
  mutating func adjust(
    by adjustment: Adjustment, pledgeRate: BasisPoints, upTo count: Int = 1
  ) {
    if adjustments.isEmpty { adjustments.reserveCapacity(count) }
    adjustments.append(adjustment)
    net += adjustment.amount
    pledge = MicroYuan(share: pledgeRate, of: net)
  }

  /// The line as it was before its coupons.
  func withoutCoupons(_ policy: CharityPolicy) -> LineItem {
    var line = LineItem(BasketItem(goods: goods, quantity: quantity), policy: policy)
    for one in adjustments where one.isManagersPrice {
      line.adjust(by: one, pledgeRate: policy.pledgeRate)
    }
    return line
  }

  /// Whether the line's amounts follow from its goods, quantity, adjustments and the policy.
  public func follows(_ policy: CharityPolicy) -> Bool {
    let plain = LineItem(BasketItem(goods: goods, quantity: quantity), policy: policy)
    let net = plain.net + adjustments.lazy.map(\.amount).total
    return self
      == LineItem(
        goods: goods, quantity: quantity, stationPrice: plain.stationPrice,
        listAmount: plain.listAmount, concession: plain.concession, adjustments: adjustments,
        net: net, pledge: policy.pledge(on: net))
  }
}

/// A signed change to a line, with where it comes from and who pays for it.
public struct Adjustment: Equatable, Sendable {
  public let source: AdjustmentSource
  public let payer: AdjustmentPayer
  /// Below zero when the shopper pays less.
  public let amount: Money

  public init(source: AdjustmentSource, payer: AdjustmentPayer, amount: Money) {
    self.source = source
    self.payer = payer
    self.amount = amount
  }
}

/// What made an adjustment.
public enum AdjustmentSource: Equatable, Sendable {
  /// A manager's price.
  case priceOverride(Reason)
  /// A coupon, by its id.
  case coupon(String)
}

/// Who bears an adjustment.
public enum AdjustmentPayer: Equatable, Sendable {
  case station
  case fund
  /// A sponsor, by id.
  case sponsor(String)
}
