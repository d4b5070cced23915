import FoundationEssentials
import GRDB
public import POS

/// A user to add, with the slow hashes of password and PIN.
public struct NewUser: Sendable {
  public let user: User
  public let passwordHash: String
  public let pinHash: String

  public init(user: User, passwordHash: String, pinHash: String) {
    self.user = user
    self.passwordHash = passwordHash
    self.pinHash = pinHash
  }
}

/// What a log-in is checked against.
public struct Credentials: Sendable {
  public let user: User
  public let passwordHash: String
  public let pinHash: String
}

extension Store {
  /// Adds a person, and their station with its till if it is new; journalled by id and role. The
  /// same request again changes nothing.
  ///
  /// - Returns: whether it was done before.
  /// - Throws: `StoreRefusal.idReused`, `.userNameTaken`, `.notFound` (no such centre).
  public func add(
    _ newUser: NewUser, newStation: (station: Station, till: Till)? = nil,
    request: ClientRequest? = nil, atMs: Int64
  ) async throws -> Bool {
    try await write { unit in
      if let request, try !unit.isNew(request) { return true }
      let user = newUser.user
      let isTaken = try Bool.fetchOne(
        unit.db, sql: "SELECT EXISTS (SELECT 1 FROM user WHERE name = ? OR id = ?)",
        arguments: [user.name, user.id.data])
      guard isTaken == false else { throw StoreRefusal.userNameTaken }
      if let centreID = user.centreID, try unit.centre(centreID, at: user.stationID) == nil {
        throw StoreRefusal.notFound
      }
      if let newStation { try unit.add(newStation.station, newStation.till, atMs: atMs) }
      try unit.insert(newUser)
      let body = JSON.members([
        "userID": .string(user.id.text), "role": .string(user.role.rawValue),
        "stationID": .string(user.stationID.text),
        "centreID": user.centreID.map { .string($0.text) },
      ])
      let head = try unit.append(
        .userAdded, request.map { body.adding($0.contentHash) } ?? body, atMs: atMs)
      if let request { try unit.note(request, head) }
      return false
    }
  }

  /// What to check a log-in name against; `nil` if nobody may log in by it.
  public func credentials(name: String) async throws -> Credentials? {
    try await read { unit in
      try Row.fetchOne(
        unit.db, sql: "SELECT * FROM user WHERE name = ? AND isActive", arguments: [name]
      ).map {
        Credentials(
          user: try readUser($0), passwordHash: $0["passwordHash"], pinHash: $0["pinHash"])
      }
    }
  }

  /// The people of a station, or of all, by log-in name, and whether each may log in.
  public func users(
    of stationID: StationID? = nil
  ) async throws -> [(user: User, isActive: Bool)] {
    try await read { unit in
      try Row.fetchAll(
        unit.db, sql: "SELECT * FROM user WHERE ?1 IS NULL OR stationID = ?1 ORDER BY name",
        arguments: [stationID?.data]
      ).map { (try readUser($0), $0["isActive"]) }
    }
  }

  /// Whether anyone can log in.
  public func hasUsers() async throws -> Bool {
    try await read { unit in
      try Bool.fetchOne(unit.db, sql: "SELECT EXISTS (SELECT 1 FROM user)") ?? false
    }
  }

  /// Records a log-in by the hash of its token; journalled.
  public func logIn(
    _ user: User, tokenHash: [UInt8], expiresAtMs: Int64, atMs: Int64
  ) async throws {
    try await write { unit in
      try unit.db.execute(
        sql: "DELETE FROM logIn WHERE expiresAtMs <= ?", arguments: [atMs])
      try unit.db.execute(
        sql: "INSERT INTO logIn (tokenHash, userID, expiresAtMs) VALUES (?, ?, ?)",
        arguments: [Data(tokenHash), user.id.data, expiresAtMs])
      _ = try unit.append(.logIn, .members(["userID": .string(user.id.text)]), atMs: atMs)
    }
  }

  /// Journals that a log-in or PIN was refused; `user` is `nil` for a name nobody has.
  public func logInRefused(_ user: User?, atMs: Int64) async throws {
    try await write { unit in
      _ = try unit.append(
        .logInRefused, .members(["userID": user.map { .string($0.id.text) } ?? .null]),
        atMs: atMs)
    }
  }

  /// Ends a log-in; journalled.
  public func logOut(_ user: User, tokenHash: [UInt8], atMs: Int64) async throws {
    try await write { unit in
      try unit.db.execute(
        sql: "DELETE FROM logIn WHERE tokenHash = ?", arguments: [Data(tokenHash)])
      _ = try unit.append(.logOut, .members(["userID": .string(user.id.text)]), atMs: atMs)
    }
  }

  /// The log-in of this token hash, if it is not over.
  public func logIn(
    tokenHash: [UInt8], atMs: Int64
  ) async throws -> (user: User, expiresAtMs: Int64)? {
    try await read { unit in
      try Row.fetchOne(
        unit.db.cachedStatement(
          sql: """
            SELECT user.*, expiresAtMs FROM logIn JOIN user ON user.id = logIn.userID
            WHERE logIn.tokenHash = ? AND logIn.expiresAtMs > ? AND isActive
            """),
        arguments: [Data(tokenHash), atMs]
      ).map { (try readUser($0), $0["expiresAtMs"]) }
    }
  }

  /// The name colleagues see of a person; empty for nobody.
  public func displayName(of userID: UserID) async throws -> String {
    try await read { unit in
      try String.fetchOne(
        unit.db.cachedStatement(sql: "SELECT displayName FROM user WHERE id = ?"),
        arguments: [userID.data]) ?? ""
    }
  }

  /// Records a manager's approval; journalled. The same id again changes nothing.
  ///
  /// - Returns: until when it is good, and whether it was recorded before.
  /// - Throws: `StoreRefusal.idReused`.
  public func approve(
    _ approval: Approval, at stationID: StationID, requestedBy user: User,
    request: ClientRequest, atMs: Int64
  ) async throws -> (expiresAtMs: Int64, isReplay: Bool) {
    try await write { unit in
      guard try unit.isNew(request) else {
        let known = try Int64.fetchOne(
          unit.db, sql: "SELECT expiresAtMs FROM approval WHERE id = ?",
          arguments: [approval.id.data])
        guard let known else { throw StoreRefusal.idReused }
        return (known, true)
      }
      try unit.db.execute(
        sql: """
          INSERT INTO approval (id, stationID, act, subjectID, amountFen, managerID, expiresAtMs)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          approval.id.data, stationID.data, approval.act.rawValue, approval.subjectID,
          approval.amount?.fen, approval.managerID.data, approval.expiresAtMs,
        ])
      let head = try unit.append(
        .approval,
        .members([
          "id": .string(approval.id.text), "act": .string(approval.act.rawValue),
          "subjectID": .string(approval.subjectID),
          "amountFen": approval.amount.map { .integer($0.fen) },
          "managerID": .string(approval.managerID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      try unit.note(request, head)
      return (approval.expiresAtMs, false)
    }
  }
}

/// A row of `user`.
func readUser(_ row: Row) throws -> User {
  guard let role = Role(rawValue: row["role"]) else { throw StoreProblem.badRecord("user") }
  return User(
    id: Identifier(row["id"] as Data), name: row["name"], displayName: row["displayName"],
    role: role, stationID: Identifier(row["stationID"] as Data),
    centreID: (row["centreID"] as Data?).map { Identifier($0) })
}

extension UnitOfWork {
  fileprivate func insert(_ newUser: NewUser) throws {
    let user = newUser.user
    try db.execute(
      sql: """
        INSERT INTO user (id, name, displayName, role, stationID, centreID, passwordHash, pinHash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        user.id.data, user.name, user.displayName, user.role.rawValue, user.stationID.data,
        user.centreID?.data, newUser.passwordHash, newUser.pinHash,
      ])
  }

  /// The acts that a user may do to a subject, with the approval they name if any; it must be for
  /// this amount.
  ///
  /// - Throws: `StoreRefusal.approvalNotValid`.
  func allowedActs(
    of user: User, approvalID: ApprovalID?, subjectID: String, amount: Money? = nil, atMs: Int64
  ) throws -> Set<ManagedAct> {
    if user.role == .manager { return Set(ManagedAct.allCases) }
    guard let approvalID else { return [] }
    let act = try approvedAct(
      approvalID, subjectID: subjectID, amount: amount, at: user.stationID, atMs: atMs)
    // Who gives back a gift gives back money: one word of the manager is enough for both.
    return act == .giftRefund ? [.giftRefund, .refund] : [act]
  }

  /// The act that an approval allows.
  ///
  /// - Throws: `StoreRefusal.approvalNotValid`.
  func approvedAct(
    _ id: ApprovalID, subjectID: String, amount: Money? = nil, at stationID: StationID, atMs: Int64
  ) throws -> ManagedAct {
    let act = try String.fetchOne(
      db,
      sql: """
        SELECT act FROM approval WHERE id = ? AND stationID = ? AND subjectID = ?
        AND amountFen IS ? AND usedKey IS NULL AND expiresAtMs > ?
        """,
      arguments: [id.data, stationID.data, subjectID, amount?.fen, atMs])
    guard let act = act.flatMap(ManagedAct.init(rawValue:)) else {
      throw StoreRefusal.approvalNotValid
    }
    return act
  }

  /// Marks an approval as used by a record; a manager needs none and uses none up.
  func use(_ approvalID: ApprovalID?, of user: User, by head: JournalHead) throws {
    guard let approvalID, user.role != .manager else { return }
    try useUp(approvalID, at: user.stationID, by: head)
  }

  /// Marks an approval as used by a record, whoever asked.
  func useUp(_ approvalID: ApprovalID, at stationID: StationID, by head: JournalHead) throws {
    try db.execute(
      sql: "UPDATE approval SET usedKey = ? WHERE id = ? AND stationID = ? AND usedKey IS NULL",
      arguments: [JournalKey(head).value, approvalID.data, stationID.data])
    precondition(db.changesCount == 1, "an approval that allowed an act is there to be used")
  }
}
