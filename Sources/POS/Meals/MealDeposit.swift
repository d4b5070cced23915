/// Money for meals at a till, and how it was paid.
public struct MealDeposit: Equatable, Sendable {
  public let personID: PersonID
  public let purpose: MealMoney.Kind
  public let amount: Money
  public let kind: TenderKind
  /// The cash handed over; `nil` for any other tender.
  public let given: Money?
  /// The number the payment network gave; `nil` for cash.
  public let reference: String?

  public init(
    personID: PersonID, purpose: MealMoney.Kind, amount: Money, kind: TenderKind, given: Money?,
    reference: String?
  ) {
    self.personID = personID
    self.purpose = purpose
    self.amount = amount
    self.kind = kind
    self.given = given
    self.reference = reference
  }

  /// Checks it against what the person owes.
  ///
  /// - Throws: `.underpaid`, `.moreThanOwed`.
  public func check(_ account: MealAccount) throws(MealRefusal) {
    if let given, given < amount { throw .underpaid(missing: amount - given) }
    if purpose == .payment, amount > account.owed { throw .moreThanOwed(owed: account.owed) }
  }

  /// The person's account afterwards.
  public func account(after account: MealAccount) -> MealAccount {
    var after = account
    after.take(MealMoney(kind: purpose, amount: amount, atMs: 0))
    return after
  }

  /// What it posts: the drawer or the network against the account or what is owed.
  public var entry: Entry {
    Entry([
      Posting(.received(by: kind), amount.microYuan),
      Posting(purpose == .topUp ? .mealAccounts : .mealsOnAccount, -amount.microYuan),
    ])
  }

  /// The members of its journal record that are its own.
  ///
  /// - Parameter account: the person's before it.
  public func members(_ account: MealAccount) -> JSON {
    let after = self.account(after: account)
    return .members([
      "personID": .string(personID.text), "purpose": .string(purpose.rawValue),
      "amountFen": .integer(amount.fen),
      "tender": .members([
        "kind": .string(kind.rawValue), "givenFen": given.map { .integer($0.fen) },
        "changeFen": given.map { .integer(($0 - amount).fen) },
        "reference": reference.map(JSON.string),
      ]),
      "balanceFen": .integer(after.balance.fen), "owedFen": .integer(after.owed.fen),
      "entry": entry.json,
    ])
  }

  /// Reads a record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    let tender = RecordReader(body["tender"] ?? .null)
    self.init(
      personID: try reader.identifier("personID"), purpose: try reader.choice("purpose"),
      amount: try reader.money("amountFen"), kind: try tender.choice("kind"),
      given: tender.json["givenFen"] == nil ? nil : try tender.money("givenFen"),
      reference: try tender.optionalString("reference"))
  }
}
