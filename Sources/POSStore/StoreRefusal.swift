public import POS

/// Why the store does not do what it was asked; nothing was written.
public enum StoreRefusal: Error, Equatable, Sendable {
  case notFound
  /// A client-made id was used before with other content.
  case idReused
  case noOpenTillSession
  /// The till is open already, in this session.
  case tillIsOpen(TillSessionID)
  /// The basket on hold was sold, voided or deleted meanwhile.
  case basketGone
  /// The approval is used up, out of date, or for something else.
  case approvalNotValid
  case userNameTaken
  /// The station would have no manager who can log in.
  case lastManager
  case tillNameTaken
  case policy(PolicyRefusal)
  /// A gift for a campaign that there is not.
  case unknownCampaign(String)
  case alreadySetUp
  /// Another product has this barcode or item code.
  case codeTaken
  /// How a product is counted does not change once it is in the catalogue.
  case pricingIsFixed
  /// Donated goods have no cost.
  case costOfGift
  /// The station has a partner of this kind and name.
  case partnerNameTaken
  /// The identity number is in the registry already, as this person.
  case personKnown(PersonID)
  /// A category of need that there is not.
  case unknownCategory(String)
  /// The phone is a member's already.
  case phoneKnown(MemberID)
}

/// A basket row that cannot be priced, by its index.
public struct RefusedItem: Error, Equatable, Sendable {
  public let index: Int
  public let refusal: ItemRefusal

  public init(index: Int, refusal: ItemRefusal) {
    self.index = index
    self.refusal = refusal
  }
}
