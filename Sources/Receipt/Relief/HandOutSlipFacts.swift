/// All that is printed when goods are handed out at no charge, to be signed. It has no place for
/// why somebody gets them.
public struct HandOutSlipFacts: Equatable, Sendable {
  /// Where, and when.
  public var heading: SlipHeading
  /// The number of the hand-out in its series.
  public var number: ReceiptNumber
  /// The programme's public name, in neutral words.
  public var programme: SlipName
  /// Who receives.
  public var person: MaskedName
  /// What is handed out.
  public var goods: [HandedGoods]
  /// Who hands it out.
  public var handedBy: String
  /// How to check it.
  public var proof: SlipProof

  /// Goods for a person.
  public init(
    heading: SlipHeading, number: ReceiptNumber, programme: SlipName, person: MaskedName,
    goods: [HandedGoods], handedBy: String, proof: SlipProof
  ) {
    self.heading = heading
    self.number = number
    self.programme = programme
    self.person = person
    self.goods = goods
    self.handedBy = handedBy
    self.proof = proof
  }
}

/// Goods of one kind that are handed out.
public struct HandedGoods: Equatable, Sendable {
  public var name: String
  /// With its unit: `2 袋`, `1.5 kg`.
  public var quantity: String

  /// So much of one kind.
  public init(name: String, quantity: String) {
    self.name = name
    self.quantity = quantity
  }
}
