import Crypto
import FoundationEssentials
import GRDB
import POS

/// A source's word on one person, to be kept.
struct PersonWord {
  let personID: PersonID
  let source: PersonSource
  let departmentID: Data
}

extension UnitOfWork {
  /// A person as rules see them; `nil` for nobody, and for who was forgotten.
  func personFacts(_ id: PersonID) throws -> PersonFacts? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT wrappedKey, sealed FROM person WHERE id = ?"),
      arguments: [id.data])
    return try row.flatMap { try facts(of: id, wrappedKey: $0[0], sealed: $0[1]) }
  }

  private func facts(of id: PersonID, wrappedKey: Data?, sealed: Data?) throws -> PersonFacts? {
    guard let key = try personKey(wrappedKey, of: id) else { return nil }
    guard let sealed else { throw StoreProblem.badRecord("person \(id.text)") }
    let person = try SealedPerson(opening: sealed, with: key)
    return StoredPerson(
      id: id, details: person.details, birthDate: person.birthDate, lastFour: person.lastFour,
      sources: []
    ).facts
  }

  /// The people of these ids as rules see them; without those who are not there or were forgotten.
  func personFacts(_ ids: [PersonID]) throws -> [PersonID: PersonFacts] {
    var found: [PersonID: PersonFacts] = [:]
    try forEachRow(of: ids.map(\.data)) { marks in
      "SELECT id, wrappedKey, sealed FROM person WHERE id IN (\(marks))"
    } _: { row in
      let id = PersonID(row[0] as UUID)
      found[id] = try facts(of: id, wrappedKey: row[1], sealed: row[2])
    }
    return found
  }

  /// A person with all sources; `nil` for nobody, and for who was forgotten.
  func person(_ id: PersonID) throws -> StoredPerson? {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT wrappedKey, sealed FROM person WHERE id = ?"),
      arguments: [id.data])
    guard let row, let key = try personKey(row["wrappedKey"], of: id) else { return nil }
    let person = try SealedPerson(opening: row["sealed"], with: key)
    return StoredPerson(
      id: id, details: person.details, birthDate: person.birthDate, lastFour: person.lastFour,
      sources: try sources(of: id, key))
  }

  /// The key of a person; `nil` if there is none or it was destroyed.
  func personKey(of id: PersonID) throws -> PersonKey? {
    let wrapped = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT wrappedKey FROM person WHERE id = ?"),
      arguments: [id.data])
    return try personKey(wrapped, of: id)
  }

  private func personKey(_ wrapped: Data?, of id: PersonID) throws -> PersonKey? {
    guard let wrapped else { return nil }
    guard let key = personalKeys.unwrapped(wrapped, for: id) else {
      throw StoreProblem.badRecord("person \(id.text)")
    }
    return key
  }

  func sources(of id: PersonID, _ key: PersonKey) throws -> [PersonSource] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT departmentID, sealed, kind, name FROM personSource
          JOIN department ON department.id = departmentID WHERE personID = ?
          """), arguments: [id.data]
    ).map { try PersonSource(row: $0, key: key) }.sorted { left, right in
      left.kind != right.kind
        ? left.kind == .staff : (right.atMs, right.name) < (left.atMs, left.name)
    }
  }

  /// The person of an identity number.
  func personID(of number: IdentityNumber) throws -> PersonID? {
    try Data.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM person WHERE identityHash = ?"),
      arguments: [Data(personalKeys.identityHash(number.text))]
    ).map { Identifier($0) }
  }

  /// Adds the empty row of a person with a new key.
  func addPerson(
    _ id: PersonID, number: IdentityNumber, key: PersonKey
  ) throws {
    let keys = personalKeys
    let sealed = SealedPerson(
      details: PersonDetails(), birthDate: number.birthDate, lastFour: number.lastFour)
    try db.cachedStatement(
      sql: """
        INSERT INTO person (id, identityHash, lastFourHash, wrappedKey, sealed)
        VALUES (?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      id.data, Data(keys.identityHash(number.text)),
      Data(keys.lastFourHash(number.lastFour)),
      Data(keys.wrapped(key, for: id, nonce: AES.GCM.Nonce())), sealed.sealed(under: key),
    ])
  }

  /// Keeps what a source says of a person in place of what it said before, and joins all sources
  /// anew.
  ///
  /// - Returns: whether anything is other than before.
  func keep(_ word: PersonWord, key: PersonKey, newPlaces: inout [NewPlace]) throws -> Bool {
    let id = word.personID
    let known = try sources(of: id, key)
    let same = known.first { $0.kind == word.source.kind && $0.name == word.source.name }
    if same?.details == word.source.details { return false }
    let others = known.filter { $0.kind != word.source.kind || $0.name != word.source.name }
    try db.cachedStatement(
      sql: """
        INSERT INTO personSource (personID, departmentID, sealed) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET sealed = excluded.sealed
        """
    ).execute(arguments: [
      id.data, word.departmentID, word.source.sealed(under: key, of: word.departmentID),
    ])
    try join(others + [word.source], of: id, key, newPlaces: &newPlaces)
    return true
  }

  private func join(
    _ sources: [PersonSource], of id: PersonID, _ key: PersonKey, newPlaces: inout [NewPlace]
  ) throws {
    let sealed = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT sealed FROM person WHERE id = ?"), arguments: [id.data])
    guard let sealed else { throw StoreProblem.badRecord("person \(id.text)") }
    var person = try SealedPerson(opening: sealed, with: key)
    person.details = PersonDetails(of: sources)
    var communityID: Data?
    if let name = person.details.community {
      communityID = try self.communityID(named: name, newPlaces: &newPlaces)
    }
    try db.cachedStatement(sql: "UPDATE person SET sealed = ?, communityID = ? WHERE id = ?")
      .execute(arguments: [person.sealed(under: key), communityID, id.data])
    try db.cachedStatement(sql: "DELETE FROM personCategory WHERE personID = ?")
      .execute(arguments: [id.data])
    for code in person.details.categories ?? [] {
      try db.cachedStatement(sql: "INSERT INTO personCategory (personID, code) VALUES (?, ?)")
        .execute(arguments: [id.data, code])
    }
  }

  /// A community's row, added if it is new.
  func communityID(named name: String, newPlaces: inout [NewPlace]) throws -> Data {
    let known = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM community WHERE name = ?"), arguments: [name])
    if let known { return known }
    let place = NewPlace(id: Identifier(UUID()), name: name)
    try db.execute(
      sql: "INSERT INTO community (id, name) VALUES (?, ?)", arguments: [place.id.data, name])
    newPlaces.append(place)
    return place.id.data
  }

  /// A department's row, or that of the staff, added if it is new.
  func departmentID(_ kind: PersonSource.Kind, named name: String) throws -> Data {
    let known = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM department WHERE kind = ? AND name = ?"),
      arguments: [kind.rawValue, name])
    if let known { return known }
    let id = Identifier<Store>(UUID()).data
    try db.execute(
      sql: "INSERT INTO department (id, kind, name) VALUES (?, ?, ?)",
      arguments: [id, kind.rawValue, name])
    return id
  }

  /// The hash of all that is kept of a person.
  func commitment(to id: PersonID) throws -> String { try Self.commitment(db, to: id.data) }

  /// As above, for who has the rows without the keys.
  static func commitment(_ db: Database, to id: Data) throws -> String {
    var commitment = Commitment()
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM person WHERE id = ?"), arguments: [id])
    for column in ["id", "identityHash", "lastFourHash", "wrappedKey", "sealed", "communityID"] {
      commitment.add(row?[column])
    }
    let sources = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT * FROM personSource WHERE personID = ? ORDER BY departmentID"),
      arguments: [id])
    for source in sources {
      commitment.add(source["departmentID"])
      commitment.add(source["sealed"])
    }
    let codes = try String.fetchAll(
      db.cachedStatement(
        sql: "SELECT code FROM personCategory WHERE personID = ? ORDER BY code"), arguments: [id])
    for code in codes { commitment.add(Data(code.utf8)) }
    return commitment.text
  }
}

/// A community that a record adds.
struct NewPlace {
  let id: Identifier<Store>
  let name: String

  var json: JSON { .members(["id": .string(id.text), "name": .string(name)]) }
}

extension PersonalKeys {
  /// What people are looked for by, with their name.
  func lastFourHash(_ lastFour: String) -> [UInt8] { indexHash(lastFour, label: "last four") }
}
