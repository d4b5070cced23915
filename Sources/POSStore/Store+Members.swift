import Crypto
import FoundationEssentials
import GRDB
public import POS

/// A member, opened.
public struct StoredMember: Equatable, Sendable {
  public let member: Member
  public let phone: String
  public let joinedAtMs: Int64
}

extension Store {
  /// Takes in a member by one phone number, and gives the number; journalled without the phone. The
  /// same request again changes nothing.
  ///
  /// - Parameter phone: as `PhoneNumber.mobile` gives it.
  /// - Throws: `StoreRefusal`: `idReused`, `phoneKnown`.
  public func join(
    _ id: MemberID, phone: String, content: [UInt8], by user: User, atMs: Int64
  ) async throws -> (member: StoredMember, isReplay: Bool) {
    try await write { unit in
      let known = try unit.memberKey(of: id)
      let key = known ?? unit.newPersonKey()
      let asked = ClientRequest(
        id: id.uuid, contentHash: key.hash(of: content, label: "request"))
      guard try unit.isNew(asked) else {
        guard let member = try unit.member(id) else { throw StoreRefusal.notFound }
        return (member, true)
      }
      guard try !unit.isMember(id) else { throw StoreRefusal.idReused }
      if let other = try unit.memberID(phone: phone) { throw StoreRefusal.phoneKnown(other) }
      let number = try unit.freeNumber()
      try unit.insert(id, number, phone: phone, key: key, atMs: atMs)
      let head = try unit.append(
        .memberAdded,
        .members([
          "id": .string(id.text), "number": .string(number.digits),
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
          "commitment": .string(try UnitOfWork.memberCommitment(unit.db, to: id.data)),
        ]).adding(asked.contentHash), atMs: atMs)
      try unit.note(asked, head)
      guard let member = try unit.member(id) else { throw StoreRefusal.notFound }
      return (member, false)
    }
  }

  /// The member of an id; `nil` for nobody and for who was forgotten.
  public func member(_ id: MemberID) async throws -> StoredMember? {
    try await read { unit in try unit.member(id) }
  }

  /// The member of a number.
  public func member(number: MemberNumber) async throws -> StoredMember? {
    try await read { unit in
      let id = try Data.fetchOne(
        unit.db, sql: "SELECT id FROM member WHERE number = ?", arguments: [number.digits])
      return try id.flatMap { try unit.member(Identifier($0)) }
    }
  }

  /// The member of a phone.
  public func member(phone: String) async throws -> StoredMember? {
    try await read { unit in try unit.memberID(phone: phone).flatMap(unit.member) }
  }

  /// Members by number, after one of them.
  public func members(after number: String, limit: Int) async throws -> [StoredMember] {
    try await read { unit in
      try Data.fetchAll(
        unit.db,
        sql: """
          SELECT id FROM member WHERE number > ? AND forgottenKey IS NULL ORDER BY number LIMIT ?
          """, arguments: [number, limit]
      ).compactMap { try unit.member(Identifier($0)) }
    }
  }

  /// Forgets a member: the phone is destroyed, number and purchases stay; journalled. The same
  /// request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `notFound`.
  public func forget(
    _ id: MemberID, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(request) else { return true }
      guard try unit.memberKey(of: id) != nil else { throw StoreRefusal.notFound }
      let head = try unit.append(
        .memberForgotten,
        .members([
          "id": .string(Identifier<Store>(request.id).text), "memberID": .string(id.text),
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      try unit.empty(id, head)
      try unit.note(request, head)
      return false
    }
  }
}

extension UnitOfWork {
  private static let memberContext = "member"

  fileprivate func isMember(_ id: MemberID) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE id = ?)", arguments: [id.data]) ?? false
  }

  /// A member; `nil` for nobody and for who was forgotten.
  func member(_ id: MemberID) throws -> StoredMember? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM member WHERE id = ?"), arguments: [id.data])
    guard let row, let key = try memberKey(of: id) else { return nil }
    guard let number = MemberNumber(row["number"] as String),
      let phone = key.open(row["sealed"] as Data, context: Self.memberContext)
    else { throw StoreProblem.badRecord("member \(id.text)") }
    return StoredMember(
      member: Member(id: id, number: number), phone: String(decoding: phone, as: UTF8.self),
      joinedAtMs: row["joinedAtMs"])
  }

  /// The key of a member; `nil` if there is none or it was destroyed.
  func memberKey(of id: MemberID) throws -> PersonKey? {
    let wrapped = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT wrappedKey FROM member WHERE id = ?"),
      arguments: [id.data])
    guard let wrapped else { return nil }
    guard let key = personalKeys.unwrapped(wrapped, for: id) else {
      throw StoreProblem.badRecord("member \(id.text)")
    }
    return key
  }

  fileprivate func memberID(phone: String) throws -> MemberID? {
    try Data.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM member WHERE phoneHash = ?"),
      arguments: [Data(personalKeys.indexHash(phone, label: "phone"))]
    ).map { Identifier($0) }
  }

  fileprivate func insert(
    _ id: MemberID, _ number: MemberNumber, phone: String, key: PersonKey, atMs: Int64
  ) throws {
    let sealed = key.seal(
      Array(phone.utf8), context: Self.memberContext, nonce: AES.GCM.Nonce())
    try db.execute(
      sql: """
        INSERT INTO member (id, number, phoneHash, wrappedKey, sealed, joinedAtMs)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id.data, number.digits,
        Data(personalKeys.indexHash(phone, label: "phone")),
        Data(personalKeys.wrapped(key, for: id, nonce: AES.GCM.Nonce())), Data(sealed), atMs,
      ])
  }

  /// A number nobody has: at random, so that one does not tell the next.
  fileprivate func freeNumber() throws -> MemberNumber {
    while true {
      let number = MemberNumber(Int.random(in: MemberNumber.range))
      let isTaken = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE number = ?)",
        arguments: [number.digits])
      if isTaken == false { return number }
    }
  }

  /// Empties a member's row but for number and time.
  func empty(_ id: MemberID, _ head: JournalHead) throws {
    try db.execute(
      sql: """
        UPDATE member SET phoneHash = NULL, wrappedKey = NULL, sealed = NULL, forgottenKey = ?
        WHERE id = ?
        """, arguments: [JournalKey(head).value, id.data])
  }

  /// The hash of all that is kept of a member.
  static func memberCommitment(_ db: Database, to id: Data) throws -> String {
    var commitment = Commitment()
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM member WHERE id = ?"), arguments: [id])
    for column in ["id", "phoneHash", "wrappedKey", "sealed"] { commitment.add(row?[column]) }
    commitment.add((row?["number"] as String?).map { Data($0.utf8) })
    return commitment.text
  }
}
