import POS

/// The user a request acts for.
struct Identity: Equatable, Sendable {
  let userID: UserID
  let name: String
  let displayName: String
  let role: Role
  let stationID: StationID
  let centreID: CentreID?
}

/// Finds the user of a session by the hash of its token; `nil` if there is no such session or it
/// is over.
typealias Authenticate = @Sendable (TokenHash) async throws -> Identity?
