public import struct FoundationEssentials.UUID

/// The random id of one kind of thing; ids of two kinds never mix.
///
/// Clients make them (version 4 UUIDs), so that a request can be repeated without doing twice.
public struct Identifier<Subject>: Hashable, Sendable {
  public let uuid: UUID

  public init(_ uuid: UUID) { self.uuid = uuid }

  /// An id written as a lower-case version 4 UUID; `nil` if the text is anything else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36, bytes[14] == UInt8(ascii: "4"), "89ab".utf8.contains(bytes[19]),
      bytes.allSatisfy({ !(0x41...0x5A).contains($0) }), let uuid = UUID(uuidString: text)
    else { return nil }
    self.uuid = uuid
  }

  /// The id in lower case, as it is written everywhere.
  public var text: String { uuid.uuidString.lowercased() }
}

/// What a `SaleID` names, also a return.
public typealias SaleID = Identifier<Sale>
/// What a `ProductID` names.
public typealias ProductID = Identifier<Product>
/// What a `StationID` names.
public typealias StationID = Identifier<Station>
/// What a `TillID` names.
public typealias TillID = Identifier<Till>
/// What a `TillSessionID` names.
public typealias TillSessionID = Identifier<TillSession>
/// What a `UserID` names.
public typealias UserID = Identifier<User>
/// What an `ApprovalID` names.
public typealias ApprovalID = Identifier<Approval>
/// What a `BasketID` names: goods on hold.
public typealias BasketID = Identifier<HeldBasket>
/// What a `VoidID` names.
public typealias VoidID = Identifier<BasketVoid>
