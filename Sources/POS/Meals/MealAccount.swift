/// A person's meal account (餐卡), and what the person owes for meals.
public struct MealAccount: Equatable, Sendable {
  /// Paid in and not eaten yet.
  public var balance: Money
  /// Eaten and not paid yet; below zero if more was paid than is owed after a correction.
  public var owed: Money

  public init(balance: Money, owed: Money) {
    self.balance = balance
    self.owed = owed
  }

  /// Nothing in it, nothing owed.
  public static let empty = MealAccount(balance: .zero, owed: .zero)

  /// How a person's part is paid: wholly from the account or, if it does not suffice, wholly on
  /// account up to the limit, else at the till (RULES 6).
  public func way(toPay rest: Money, creditLimit: Money) -> MealCharge.Way {
    if rest == .zero { return .free }
    if balance >= rest { return .account }
    return owed + rest <= creditLimit ? .onAccount : .atTill
  }

  /// Takes a charge.
  public mutating func take(_ charge: MealCharge) { add(charge.accountChange) }

  /// Takes a charge back, the way it was paid.
  public mutating func giveBack(_ charge: MealCharge) {
    let change = charge.accountChange
    add(MealAccount(balance: -change.balance, owed: -change.owed))
  }

  /// Takes money of the person.
  public mutating func take(_ money: MealMoney) {
    switch money.kind {
    case .topUp: balance += money.amount
    case .payment: owed -= money.amount
    }
  }

  /// Takes away money, as if it had not come.
  public mutating func takeBack(_ money: MealMoney) {
    switch money.kind {
    case .topUp: balance -= money.amount
    case .payment: owed += money.amount
    }
  }

  /// Adds the amounts of another.
  public mutating func add(_ change: MealAccount) {
    balance += change.balance
    owed += change.owed
  }
}

extension MealCharge {
  /// What it does to the person's account.
  public var accountChange: MealAccount {
    switch way {
    case .free: .empty
    case .account: MealAccount(balance: -rest, owed: .zero)
    case .onAccount, .atTill: MealAccount(balance: .zero, owed: rest)
    }
  }
}

/// Money a person brings for meals.
public struct MealMoney: Equatable, Sendable {
  /// What it is for.
  public enum Kind: String, CaseIterable, Sendable {
    /// Into the meal account.
    case topUp
    /// For meals that are owed.
    case payment
  }

  public let kind: Kind
  public let amount: Money
  public let atMs: Int64

  public init(kind: Kind, amount: Money, atMs: Int64) {
    self.kind = kind
    self.amount = amount
    self.atMs = atMs
  }
}
