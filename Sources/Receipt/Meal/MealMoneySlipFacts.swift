public import POS

/// All that is printed when a person brings money for meals, or when it is given back because it was
/// taken by mistake. The name is masked before it gets here.
public struct MealMoneySlipFacts: Equatable, Sendable {
  /// The station, and when.
  public var heading: SlipHeading
  /// Whose meal card it is.
  public var person: MaskedName
  /// What it is for.
  public var purpose: MealMoney.Kind
  /// How much, above zero.
  public var amount: Money
  /// How it was paid.
  public var kind: TenderKind
  /// Cash that was handed over; `nil` for other tenders and for what is given back.
  public var given: Money?
  /// The account afterwards; `nil` on the slip of what is given back.
  public var account: MealAccount?
  /// The cashier.
  public var takenBy: String
  /// How to check it.
  public var proof: SlipProof

  /// Money of a person; without `account` money given back.
  public init(
    heading: SlipHeading, person: MaskedName, purpose: MealMoney.Kind, amount: Money,
    kind: TenderKind, given: Money? = nil, account: MealAccount?, takenBy: String, proof: SlipProof
  ) {
    self.heading = heading
    self.person = person
    self.purpose = purpose
    self.amount = amount
    self.kind = kind
    self.given = given
    self.account = account
    self.takenBy = takenBy
    self.proof = proof
  }
}
