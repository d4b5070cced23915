import FoundationEssentials
import GRDB
public import POS

/// What became of a department's rows.
public struct BeneficiaryReport: Equatable, Sendable {
  public var added = 0
  public var changed = 0
  public var unchanged = 0
  /// Lines whose name is not the one another source gives; taken in.
  public var otherNames: [Int] = []

  public init() {}
}

/// Whom to list: of any of these categories, living in any of these communities; an empty list
/// leaves all in.
public struct PersonChoice: Sendable {
  public let categories: [String]
  public let communities: [String]
  /// Only those behind this one.
  public let after: PersonID?
  public let limit: Int

  public init(categories: [String], communities: [String], after: PersonID?, limit: Int) {
    self.categories = categories
    self.communities = communities
    self.after = after
    self.limit = limit
  }
}

extension Store {
  /// People of one unit: so few that a sale hardly waits for them.
  public static let peoplePerUnit = 200

  /// Takes in rows of a department's list; each unit journalled by ids and hashes. The same rows
  /// again change nothing.
  ///
  /// - Parameter rows: at most `peoplePerUnit`.
  public func importPeople(
    _ rows: [BeneficiaryRow], from department: String, atMs: Int64
  ) async throws -> BeneficiaryReport {
    precondition(rows.count <= Self.peoplePerUnit, "an import goes in small units")
    return try await write { unit in
      try unit.importPeople(rows, from: department, atMs: atMs)
    }
  }

  /// A page of people by category and community, in the order of their ids; that somebody looked,
  /// and who was shown, is journalled.
  public func list(
    _ choice: PersonChoice, by user: User, atMs: Int64
  ) async throws -> [StoredPerson] {
    try await write { unit in
      let found = try unit.people(choice)
      try unit.appendLook("list", found.map(\.id), by: user, atMs: atMs)
      return found
    }
  }

  /// The categories of people in need, in the order of their codes.
  public func needCategories() async throws -> [NeedCategory] {
    try await read { unit in
      try Row.fetchAll(unit.db, sql: "SELECT * FROM needCategory ORDER BY code").map {
        NeedCategory(code: $0["code"], name: $0["name"], nameEn: $0["nameEn"])
      }
    }
  }

  /// Adds a category of people in need; journalled. The same request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `codeTaken`.
  public func add(
    _ category: NeedCategory, by user: User, request: ClientRequest, atMs: Int64
  ) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(request) else { return true }
      let isTaken = try Bool.fetchOne(
        unit.db, sql: "SELECT EXISTS (SELECT 1 FROM needCategory WHERE code = ? OR name = ?)",
        arguments: [category.code, category.name])
      guard isTaken == false else { throw StoreRefusal.codeTaken }
      try unit.db.execute(
        sql: "INSERT INTO needCategory (code, name, nameEn) VALUES (?, ?, ?)",
        arguments: [category.code, category.name, category.nameEn])
      let head = try unit.append(
        .needCategoryAdded,
        .members([
          "id": .string(Identifier<Store>(request.id).text), "code": .string(category.code),
          "name": .string(category.name), "nameEn": .string(category.nameEn),
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
        ]).adding(request.contentHash), atMs: atMs)
      try unit.note(request, head)
      return false
    }
  }

  /// The names of the communities people live in.
  public func communities() async throws -> [String] {
    try await read { unit in
      try String.fetchAll(unit.db, sql: "SELECT name FROM community ORDER BY name")
    }
  }
}

extension UnitOfWork {
  fileprivate func people(_ choice: PersonChoice) throws -> [StoredPerson] {
    let lists = [choice.categories, choice.communities].map { list in
      String(decoding: JSON.array(list.map(JSON.string)).bytes(), as: UTF8.self)
    }
    let ids = try Data.fetchAll(
      db,
      sql: """
        SELECT id FROM person WHERE forgottenKey IS NULL AND id > ?3
        AND (?1 = '[]' OR EXISTS (
          SELECT 1 FROM personCategory
          WHERE personID = person.id AND code IN (SELECT value FROM json_each(?1))))
        AND (?2 = '[]' OR communityID IN (
          SELECT id FROM community WHERE name IN (SELECT value FROM json_each(?2))))
        ORDER BY id LIMIT ?4
        """, arguments: [lists[0], lists[1], choice.after?.data ?? Data(), choice.limit])
    return try ids.compactMap { try person(Identifier($0)) }
  }

  fileprivate func importPeople(
    _ rows: [BeneficiaryRow], from department: String, atMs: Int64
  ) throws -> BeneficiaryReport {
    var report = BeneficiaryReport()
    var touched: [JSON] = []
    var newPlaces: [NewPlace] = []
    let departmentID = try departmentID(.department, named: department)
    for row in rows {
      let known = try personID(of: row.number)
      let id = known ?? PersonID(UUID())
      let key = try personKey(of: id) ?? newPersonKey()
      if known == nil { try addPerson(id, number: row.number, key: key) }
      let nameBefore = try known.flatMap(personFacts)?.name
      let word = PersonWord(
        personID: id,
        source: PersonSource(
          kind: .department, name: department, details: row.details, atMs: atMs),
        departmentID: departmentID)
      guard try keep(word, key: key, newPlaces: &newPlaces) else {
        report.unchanged += 1
        continue
      }
      if known == nil { report.added += 1 } else { report.changed += 1 }
      if let nameBefore, PersonName.key(nameBefore) != PersonName.key(row.name) {
        report.otherNames.append(row.lineNumber)
      }
      touched.append(.array([.string(id.text), .string(try commitment(to: id))]))
    }
    guard !touched.isEmpty else { return report }
    try append(
      .peopleImported,
      .members([
        "departmentID": .string(Identifier<Store>(departmentID).text),
        "communities": .array(newPlaces.map(\.json)), "people": .array(touched),
        "addedCount": .integer(Int64(report.added)),
      ]), atMs: atMs)
    return report
  }
}
