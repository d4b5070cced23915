/// A drawer of money at a station.
public struct Till: Equatable, Sendable {
  public let id: TillID
  public let stationID: StationID
  public let name: String

  public init(id: TillID, stationID: StationID, name: String) {
    self.id = id
    self.stationID = stationID
    self.name = name
  }
}

/// A till from its opening float to its count; every sale belongs to one.
///
///     open(float) ──▶ open ──end, count──▶ ended ──close (Z report)──▶ closed
///
/// Invariants:
/// 1. A till has at most one open session; ended ones may wait for their count beside it.
/// 2. Sales and returns enter an open session only, movements of cash any that is not closed.
/// 3. The cash that should be in the drawer is the sum of the postings of `assets:cash` of the
///    session; its Z takes all of it out, so that a closed session sums to zero.
public struct TillSession: Equatable, Sendable {
  public let id: TillSessionID
  public let tillID: TillID
  public let stationID: StationID
  public let openedBy: UserID
  public let openedAtMs: Int64
  /// The money put in at opening.
  public let float: Money

  public init(
    id: TillSessionID, tillID: TillID, stationID: StationID, openedBy: UserID, openedAtMs: Int64,
    float: Money
  ) {
    self.id = id
    self.tillID = tillID
    self.stationID = stationID
    self.openedBy = openedBy
    self.openedAtMs = openedAtMs
    self.float = float
  }

  /// The entry of the float: out of the safe, into the drawer.
  public var entry: Entry {
    Entry([
      Posting(.cash, float.microYuan),
      Posting(.safe, -float.microYuan),
    ])
  }
}

extension TillSession {
  /// The body of the journal record of its opening, for the business day it opens on.
  public func body(businessDate: BusinessDate) -> JSON {
    .members([
      "businessDate": .string(businessDate.description),
      "id": .string(id.text), "tillID": .string(tillID.text),
      "stationID": .string(stationID.text), "userID": .string(openedBy.text),
      "floatFen": .integer(float.fen), "entry": entry.json,
    ])
  }
}
