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
///     open(float) ──▶ open ──▶ (count, Z report) ──▶ closed
///
/// A till has at most one open session.
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
  /// The body of the journal record of its opening.
  public var body: JSON {
    .members([
      "id": .string(id.text), "tillID": .string(tillID.text),
      "stationID": .string(stationID.text), "userID": .string(openedBy.text),
      "floatFen": .integer(float.fen), "entry": entry.json,
    ])
  }
}
