/// A person who works with the program.
public struct User: Equatable, Sendable {
  public let id: UserID
  /// The log-in name: lower-case letters, digits, `-`, `_`.
  public let name: String
  /// The name colleagues and receipts see.
  public let displayName: String
  public let role: Role
  /// The station this person works for; nothing of another one is shown to them.
  public let stationID: StationID
  /// The meal centre whose staff this person is of; nothing of another one is shown to them.
  public let centreID: CentreID?

  public init(
    id: UserID, name: String, displayName: String, role: Role, stationID: StationID,
    centreID: CentreID? = nil
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.role = role
    self.stationID = stationID
    self.centreID = centreID
  }
}

/// What a person may do.
public enum Role: String, CaseIterable, Sendable {
  /// Sells, takes returns, opens the till.
  case cashier
  /// Works at a meal centre.
  case centre
  /// All of it at their station; approves what a cashier may not do alone.
  case manager
  /// Reads everything, changes nothing.
  case auditor
}

/// A charity station (慈善驿站).
public struct Station: Equatable, Sendable {
  public let id: StationID
  public let name: String
  public let nameEn: String

  public init(id: StationID, name: String, nameEn: String) {
    self.id = id
    self.name = name
    self.nameEn = nameEn
  }
}
