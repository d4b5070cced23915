/// A household that shops as a member, as rules see it: never more than id and number.
public struct Member: Equatable, Sendable {
  public let id: MemberID
  public let number: MemberNumber

  public init(id: MemberID, number: MemberNumber) {
    self.id = id
    self.number = number
  }
}
