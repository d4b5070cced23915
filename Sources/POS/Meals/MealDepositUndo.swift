/// Money for meals that a cashier took by mistake, given back: an opposite entry that names the
/// first.
///
/// What was undone never was: the account and what is owed are as if it had not been taken, and
/// meals of open days that it paid for are judged again.
public struct MealDepositUndo: Equatable, Sendable {
  /// The id of the money.
  public let undoes: MealPassID
  public let deposit: MealDeposit

  public init(_ undoes: MealPassID, of deposit: MealDeposit) {
    self.undoes = undoes
    self.deposit = deposit
  }

  /// The person's account afterwards, before meals are judged again.
  public func account(after account: MealAccount) -> MealAccount {
    var after = account
    after.takeBack(
      MealMoney(kind: deposit.purpose, amount: deposit.amount, atMs: 0))
    return after
  }

  /// The opposite of what the money posted.
  public var entry: Entry {
    Entry(deposit.entry.postings.map { Posting($0.account, -$0.amount) })
  }

  /// The members of its journal record that are its own.
  ///
  /// - Parameter account: the person's before it.
  public func members(_ account: MealAccount) -> JSON {
    let after = self.account(after: account)
    return .members([
      "undoes": .string(undoes.text), "personID": .string(deposit.personID.text),
      "purpose": .string(deposit.purpose.rawValue), "amountFen": .integer(deposit.amount.fen),
      "tender": .members([
        "kind": .string(deposit.kind.rawValue),
        "reference": deposit.reference.map(JSON.string),
      ]),
      "balanceFen": .integer(after.balance.fen), "owedFen": .integer(after.owed.fen),
      "entry": entry.json,
    ])
  }
}
