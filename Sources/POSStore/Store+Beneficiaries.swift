import FoundationEssentials
import GRDB
public import POS

/// How a person is looked for.
public enum PersonQuery: Sendable {
  /// The last four characters of the identity number, and the name or how it begins.
  case lastFour(String, name: String)
  case identityNumber(IdentityNumber)
  case id(PersonID)

  /// What the journal says of the way.
  var way: String {
    switch self {
    case .lastFour: "lastFour"
    case .identityNumber: "identityNumber"
    case .id: "id"
    }
  }
}

/// A person to be entered or changed by staff: what they say, as a whole.
public struct PersonRequest: Sendable {
  /// The id of the request; of a new person theirs.
  public let id: PersonID
  public let personID: PersonID
  public let details: PersonDetails
  /// The canonical bytes of the request; hashed under the person's key, for they tell of them.
  public let content: [UInt8]

  public init(id: PersonID, personID: PersonID, details: PersonDetails, content: [UInt8]) {
    self.id = id
    self.personID = personID
    self.details = details
    self.content = content
  }
}

extension Store {
  /// The most people one look-up shows.
  public static let mostFound = 50

  /// Enters a person; journalled. The same request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `personKnown` (the identity number is in the registry),
  ///   `unknownCategory`.
  public func add(
    _ request: PersonRequest, number: IdentityNumber, by user: User, atMs: Int64
  ) async throws -> (person: StoredPerson, isReplay: Bool) {
    try await write { unit in
      let id = request.personID
      let known = try unit.personKey(of: id)
      let key = known ?? unit.newPersonKey()
      let asked = ClientRequest(
        id: request.id.uuid, contentHash: key.hash(of: request.content, label: "request"))
      guard try unit.isNew(asked) else { return (try unit.knownPerson(id), true) }
      guard known == nil, try !unit.isPerson(id) else { throw StoreRefusal.idReused }
      if let other = try unit.personID(of: number) { throw StoreRefusal.personKnown(other) }
      try unit.requireCategories(request.details.categories)
      try unit.addPerson(id, number: number, key: key)
      try unit.keepStaffWord(.personAdded, request, key: key, by: user, asked, atMs: atMs)
      return (try unit.knownPerson(id), false)
    }
  }

  /// Puts what staff say of a person in place of what they said before; journalled. The same
  /// request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `notFound`, `idReused`, `unknownCategory`.
  public func change(
    _ request: PersonRequest, by user: User, atMs: Int64
  ) async throws -> (person: StoredPerson, isReplay: Bool) {
    try await write { unit in
      let id = request.personID
      guard let key = try unit.personKey(of: id) else { throw StoreRefusal.notFound }
      let asked = ClientRequest(
        id: request.id.uuid, contentHash: key.hash(of: request.content, label: "request"))
      guard try unit.isNew(asked) else { return (try unit.knownPerson(id), true) }
      try unit.requireCategories(request.details.categories)
      try unit.keepStaffWord(.personChanged, request, key: key, by: user, asked, atMs: atMs)
      return (try unit.knownPerson(id), false)
    }
  }

  /// Looks for people; that somebody looked, and who was found, is journalled.
  public func lookUp(
    _ query: PersonQuery, by user: User, atMs: Int64
  ) async throws -> [StoredPerson] {
    try await write { unit in
      let found = try unit.people(query)
      try unit.appendLook(query.way, found.map(\.id), by: user, atMs: atMs)
      return found
    }
  }

  /// Forgets a person: their key is destroyed with all that was sealed under it, the id stays;
  /// journalled. The same request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `notFound`.
  public func forget(
    _ id: PersonID, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> Bool {
    let isReplay = try await write { unit in
      guard try unit.isNew(request) else { return true }
      guard try unit.personKey(of: id) != nil else { throw StoreRefusal.notFound }
      let head = try unit.append(
        .personForgotten,
        .members([
          "id": .string(Identifier<Store>(request.id).text), "personID": .string(id.text),
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      try unit.empty(id, head)
      try unit.note(request, head)
      return false
    }
    try await emptyLog()
    return isReplay
  }

  /// Forgets again those whom a restore brought back, members too; journalled.
  ///
  /// - Returns: how many there were.
  public func forgetAgain(_ ids: [Identifier<Store>], atMs: Int64) async throws -> Int {
    let count = try await write { unit in
      var count = 0
      for id in ids where try unit.forgetAgain(id, atMs: atMs) { count += 1 }
      return count
    }
    try await emptyLog()
    return count
  }

  /// Everyone who was forgotten, members too.
  public func forgotten() throws -> [Identifier<Store>] {
    try pool.read { db in
      try Data.fetchAll(
        db,
        sql: """
          SELECT id FROM person WHERE forgottenKey IS NOT NULL
          UNION SELECT id FROM member WHERE forgottenKey IS NOT NULL ORDER BY id
          """
      ).map { Identifier($0) }
    }
  }

  /// Takes the pages that were overwritten out of the log as well, if nobody reads just now; what
  /// is left there otherwise is overwritten by and by.
  private func emptyLog() async throws {
    do {
      _ = try await pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // A reader holds the old pages; the next checkpoint takes them.
      return
    }
  }
}

extension UnitOfWork {
  /// Notes who looked, how, and at whom.
  func appendLook(
    _ way: String, _ found: [PersonID], by user: User, atMs: Int64
  ) throws {
    try append(
      .personLookedUp,
      .members([
        "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
        "by": .string(way), "found": .array(found.map { .string($0.text) }),
      ]), atMs: atMs)
  }

  /// Whether the id is, or was, a person's.
  fileprivate func isPerson(_ id: PersonID) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?)", arguments: [id.data]) ?? false
  }

  fileprivate func knownPerson(_ id: PersonID) throws -> StoredPerson {
    guard let person = try person(id) else { throw StoreRefusal.notFound }
    return person
  }

  fileprivate func requireCategories(_ codes: Set<String>?) throws {
    for code in (codes ?? []).sorted() {
      let isKnown = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM needCategory WHERE code = ?)", arguments: [code])
      guard isKnown == true else { throw StoreRefusal.unknownCategory(code) }
    }
  }

  fileprivate func keepStaffWord(
    _ kind: JournalKind, _ request: PersonRequest, key: PersonKey, by user: User,
    _ asked: ClientRequest, atMs: Int64
  ) throws {
    let departmentID = try departmentID(.staff, named: "工作人员")
    let source = PersonSource(
      kind: .staff, name: "工作人员", details: request.details, atMs: atMs)
    var newPlaces: [NewPlace] = []
    _ = try keep(
      PersonWord(personID: request.personID, source: source, departmentID: departmentID),
      key: key, newPlaces: &newPlaces)
    let body = JSON.members([
      "id": .string(request.id.text), "personID": .string(request.personID.text),
      "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
      "departmentID": .string(Identifier<Store>(departmentID).text),
      "communities": .array(newPlaces.map(\.json)),
      "commitment": .string(try commitment(to: request.personID)),
    ])
    let head = try append(kind, body.adding(asked.contentHash), atMs: atMs)
    try note(asked, head)
  }

  fileprivate func people(_ query: PersonQuery) throws -> [StoredPerson] {
    switch query {
    case .id(let id): return try person(id).map { [$0] } ?? []
    case .identityNumber(let number):
      return try personID(of: number).flatMap(person).map { [$0] } ?? []
    case .lastFour(let lastFour, let name):
      let ids = try Data.fetchAll(
        db.cachedStatement(sql: "SELECT id FROM person WHERE lastFourHash = ?"),
        arguments: [Data(personalKeys.lastFourHash(lastFour))])
      var found: [StoredPerson] = []
      for id in ids where found.count < Store.mostFound {
        guard let facts = try personFacts(Identifier(id)),
          PersonName.isMatch(facts.name, typed: name), let person = try person(Identifier(id))
        else { continue }
        found.append(person)
      }
      return found
    }
  }

  /// Empties a person's row; `secure_delete` overwrites what stood there.
  fileprivate func empty(_ id: PersonID, _ head: JournalHead) throws {
    try db.execute(sql: "DELETE FROM personSource WHERE personID = ?", arguments: [id.data])
    try db.execute(sql: "DELETE FROM personCategory WHERE personID = ?", arguments: [id.data])
    try db.execute(
      sql: """
        UPDATE person SET identityHash = NULL, lastFourHash = NULL, wrappedKey = NULL,
          sealed = NULL, communityID = NULL, forgottenKey = ? WHERE id = ?
        """, arguments: [JournalKey(head).value, id.data])
  }

  fileprivate func forgetAgain(_ id: Identifier<Store>, atMs: Int64) throws -> Bool {
    let person = PersonID(id.uuid)
    if try personKey(of: person) != nil {
      try empty(person, appendForgottenAgain("personID", id, .personForgotten, atMs: atMs))
      return true
    }
    let member = MemberID(id.uuid)
    guard try memberKey(of: member) != nil else { return false }
    try empty(member, appendForgottenAgain("memberID", id, .memberForgotten, atMs: atMs))
    return true
  }

  private func appendForgottenAgain(
    _ name: String, _ id: Identifier<Store>, _ kind: JournalKind, atMs: Int64
  ) throws -> JournalHead {
    try append(
      kind, JSON.object([JSON.Member(name, .string(id.text)), JSON.Member("isAgain", true)]),
      atMs: atMs)
  }
}
