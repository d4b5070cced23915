/// A basket priced, with nothing done: the lines, the gift, and what is due.
///
/// Invariant: `due` is the sum of the lines' nets and the gift.
public struct Quote: Equatable, Sendable {
  public let policy: CharityPolicy
  public let lines: [LineItem]
  public let gift: Gift?

  /// Prices a basket that keeps to `Limits`.
  public init(_ basket: Basket, policy: CharityPolicy) {
    let lines = basket.items.map { LineItem($0, policy: policy) }
    self.init(
      policy: policy, lines: lines,
      gift: basket.gift?.gift(remaining: lines.lazy.map(\.net).total))
  }

  init(policy: CharityPolicy, lines: [LineItem], gift: Gift?) {
    self.policy = policy
    self.lines = lines
    self.gift = gift
  }

  /// What is to be paid.
  public var due: Money { totals.due }

  /// The sums over all lines.
  public var totals: Totals { Totals(lines: lines, gift: gift) }

  /// Acts in this basket that a cashier may not do alone.
  public var managedActs: Set<ManagedAct> {
    lines.contains { line in line.adjustments.contains(where: \.isManagersPrice) }
      ? [.priceOverride] : []
  }
}

/// The sums of a bill.
public struct Totals: Equatable, Sendable {
  public let list: Money
  public let concession: Money
  public let adjustment: Money
  public let net: Money
  public let gift: Money
  public let pledge: MicroYuan

  public init(lines: [LineItem], gift: Gift?) {
    list = lines.lazy.map(\.listAmount).total
    concession = lines.lazy.map(\.concession).total
    adjustment = lines.lazy.flatMap(\.adjustments).map(\.amount).total
    net = lines.lazy.map(\.net).total
    pledge = lines.lazy.map(\.pledge).total
    self.gift = gift?.amount ?? .zero
  }

  /// What is to be paid: goods and gift.
  public var due: Money { net + gift }
}

extension Adjustment {
  var isManagersPrice: Bool {
    if case .priceOverride = source { true } else { false }
  }
}
