/// All that is printed when cash goes into a drawer or out of it without a sale.
public struct MovementSlipFacts: Equatable, Sendable {
  /// Where, and when.
  public var heading: SlipHeading
  /// The name of the till.
  public var tillName: String
  /// Which way, how much and why.
  public var movement: CashMovement
  /// Who moved it.
  public var movedBy: String
  /// The manager who approved it.
  public var approvedBy: String?
  /// How to check it.
  public var proof: SlipProof

  /// A movement at a till.
  public init(
    heading: SlipHeading, tillName: String, movement: CashMovement, movedBy: String,
    approvedBy: String? = nil, proof: SlipProof
  ) {
    self.heading = heading
    self.tillName = tillName
    self.movement = movement
    self.movedBy = movedBy
    self.approvedBy = approvedBy
    self.proof = proof
  }
}
