public import POS

/// All that is printed of a meal. The person's name is masked before it gets here.
public struct MealSlipFacts: Equatable, Sendable {
  /// The meal centre, and the wall clock of the meal.
  public var heading: SlipHeading
  /// Who ate.
  public var person: MaskedName
  /// Lunch, dinner…
  public var period: SlipName
  /// The full price.
  public var price: Money
  /// What others pay of it, zero or above.
  public var subsidy: Money
  /// How the rest was paid.
  public var payment: MealPayment

  /// A meal.
  public init(
    heading: SlipHeading, person: MaskedName, period: SlipName, price: Money,
    subsidy: Money = .zero, payment: MealPayment
  ) {
    self.heading = heading
    self.person = person
    self.period = period
    self.price = price
    self.subsidy = subsidy
    self.payment = payment
  }
}

/// How a meal was paid.
public enum MealPayment: Equatable, Sendable {
  /// From the meal account; what is left on it, below zero when on credit.
  case account(balance: Money)
  /// In cash at the till.
  case cash
}

/// A name that others may see: 张小英 is 张*英. The whole name is not kept.
public struct MaskedName: Hashable, Sendable {
  /// What is printed.
  public let text: String

  /// Keeps the first character, and of three or more the last.
  public init(_ name: String) {
    let characters = Array(PrintableText(name).string.filter { !$0.isWhitespace })
    let last = characters.count > 2 ? characters.suffix(1) : []
    text = String(characters.prefix(1) + ["*"] + last)
  }
}
