import FoundationEssentials
import GRDB
public import POS

/// What changes about a person who may log in; all their log-ins are over with it.
public enum UserChange: Sendable {
  /// They may log in, or may not any more.
  case active(Bool)
  /// The slow hashes of a new password and PIN.
  case secrets(passwordHash: String, pinHash: String)

  /// The members of its journal record; secrets stay out, hashed or not.
  var members: JSON {
    switch self {
    case .active(let isActive): .members(["isActive": .bool(isActive)])
    case .secrets: .members(["hasNewSecrets": true])
    }
  }
}

extension Store {
  /// Changes a person and ends their log-ins; journalled. The same request again changes nothing.
  ///
  /// - Parameters:
  ///   - changer: who asks for it; `nil` for the owner of the data folder.
  /// - Returns: whether it was done before.
  /// - Throws: `StoreRefusal.notFound`, `.idReused`, `.lastManager`.
  public func change(
    _ userID: UserID, _ change: UserChange, by changer: User? = nil,
    request: ClientRequest? = nil, atMs: Int64
  ) async throws -> Bool {
    try await write { unit in
      if let request, try !unit.isNew(request) { return true }
      let user = try unit.user(userID)
      guard let user, changer == nil || changer?.stationID == user.stationID else {
        throw StoreRefusal.notFound
      }
      if case .active(false) = change { try unit.requireAnotherManager(than: user) }
      try unit.apply(change, to: userID)
      try unit.db.execute(
        sql: "DELETE FROM logIn WHERE userID = ?", arguments: [userID.data])
      let body = change.members.adding("userID", .string(userID.text))
        .adding("changedBy", changer.map { .string($0.id.text) } ?? .null)
      let head = try unit.append(
        .userChanged,
        request.map {
          body.adding("id", .string(UserID($0.id).text)).adding($0.contentHash)
        }
          ?? body, atMs: atMs)
      if let request { try unit.note(request, head) }
      return false
    }
  }

  /// A person by log-in name, active or not.
  public func user(named name: String) async throws -> User? {
    try await read { unit in
      try Row.fetchOne(unit.db, sql: "SELECT * FROM user WHERE name = ?", arguments: [name])
        .map(readUser)
    }
  }
}

extension UnitOfWork {
  fileprivate func user(_ id: UserID) throws -> User? {
    try Row.fetchOne(db, sql: "SELECT * FROM user WHERE id = ?", arguments: [id.data])
      .map(readUser)
  }

  /// A station keeps one manager who can log in: otherwise nobody could close its day.
  fileprivate func requireAnotherManager(than user: User) throws {
    guard user.role == .manager else { return }
    let hasOther = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM user WHERE stationID = ? AND role = 'manager' AND isActive AND id <> ?)
        """, arguments: [user.stationID.data, user.id.data])
    guard hasOther == true else { throw StoreRefusal.lastManager }
  }

  fileprivate func apply(_ change: UserChange, to id: UserID) throws {
    switch change {
    case .active(let isActive):
      try db.execute(
        sql: "UPDATE user SET isActive = ? WHERE id = ?", arguments: [isActive, id.data])
    case .secrets(let passwordHash, let pinHash):
      try db.execute(
        sql: "UPDATE user SET passwordHash = ?, pinHash = ? WHERE id = ?",
        arguments: [passwordHash, pinHash, id.data])
    }
  }
}
