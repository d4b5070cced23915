public import FoundationEssentials

/// The random id of one kind of thing; ids of two kinds never mix.
///
/// Clients make them (version 4 UUIDs), so that a request can be repeated without doing twice.
public struct Identifier<Subject>: Hashable, Sendable {
  public let uuid: UUID

  public init(_ uuid: UUID) { self.uuid = uuid }

  /// An id written as a lower-case version 4 UUID; `nil` if the text is anything else.
  public init?(_ text: String) {
    var text = text
    let uuid = text.withUTF8 { uuidBytes($0) }
    guard let uuid else { return nil }
    self.uuid = UUID(uuid: uuid)
  }

  /// The id in lower case, as it is written everywhere.
  public var text: String {
    withUnsafeBytes(of: uuid.uuid) { bytes in
      String(unsafeUninitializedCapacity: 36) { text in
        var place = 0
        for (index, byte) in bytes.enumerated() {
          if [4, 6, 8, 10].contains(index) {
            text[place] = UInt8(ascii: "-")
            place += 1
          }
          text[place] = hexDigit(byte >> 4)
          text[place + 1] = hexDigit(byte & 15)
          place += 2
        }
        return place
      }
    }
  }
}

/// The 16 bytes of a version 4 UUID in lower case; `nil` for any other text.
private func uuidBytes(_ text: UnsafeBufferPointer<UInt8>) -> uuid_t? {
  guard text.count == 36, text[14] == UInt8(ascii: "4"), "89ab".utf8.contains(text[19]) else {
    return nil
  }
  var uuid: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  let isRead = withUnsafeMutableBytes(of: &uuid) { bytes in
    var place = 0
    for index in bytes.indices {
      if [4, 6, 8, 10].contains(index) {
        guard text[place] == UInt8(ascii: "-") else { return false }
        place += 1
      }
      guard let high = hexValue(text[place]), let low = hexValue(text[place + 1]) else {
        return false
      }
      bytes[index] = high << 4 | low
      place += 2
    }
    return true
  }
  return isRead ? uuid : nil
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

private func hexValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
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
/// What a `StockEventID` names.
public typealias StockEventID = Identifier<StockEvent>
/// What a `PartnerID` names.
public typealias PartnerID = Identifier<Partner>
/// What a `CouponID` names.
public typealias CouponID = Identifier<CouponTerms>
/// What a `CentreID` names: a place where meals are given out.
public typealias CentreID = Identifier<Centre>
/// What an `EnrolmentID` names.
public typealias EnrolmentID = Identifier<Enrolment>
/// What a `MealPassID` names; a meal has the id of the pass it was recorded by.
public typealias MealPassID = Identifier<MealPass>
/// What a `TerminalID` names: a face terminal at the counter of a centre.
public typealias TerminalID = Identifier<Terminal>
/// What a `ProgrammeID` names: a programme of vouchers.
public typealias ProgrammeID = Identifier<VoucherTerms>
/// What a `VoucherID` names.
public typealias VoucherID = Identifier<VoucherOffer>
/// What a `PersonID` names: a person in the registry of those in need.
public typealias PersonID = Identifier<PersonFacts>
/// What a `VoucherIssueID` names: vouchers made at once.
public typealias VoucherIssueID = Identifier<VoucherIssue>
/// What a `HandOutID` names: goods handed out at no charge.
public typealias HandOutID = Identifier<HandOut>
/// What an `EvidenceID` names: something that happened to a terminal.
public typealias EvidenceID = Identifier<EvidenceRow>
/// What a `VoidID` names.
public typealias VoidID = Identifier<BasketVoid>
/// What a `MemberID` names: a household that shops here.
public typealias MemberID = Identifier<Member>
