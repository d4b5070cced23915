import FoundationEssentials
import GRDB
public import POS

// Centres, and who is enrolled there.
extension Store {
  /// Adds a centre to a station's books; journalled. The same request again changes nothing.
  ///
  /// - Returns: whether it was done before.
  /// - Throws: `StoreRefusal.idReused`.
  public func add(_ centre: Centre, by user: User, _ asked: TillRequest) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(asked.request) else { return true }
      let head = try unit.append(
        .centreAdded,
        JSON.members([
          "id": .string(centre.id.text), "name": .string(centre.name),
          "nameEn": .string(centre.nameEn),
        ]).adding(by: user).adding(asked.request.contentHash), atMs: asked.atMs)
      try unit.db.execute(
        sql: """
          INSERT INTO centre (id, stationID, name, nameEn, journalKey) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          centre.id.data, user.stationID.data, centre.name, centre.nameEn, JournalKey(head).value,
        ])
      try unit.note(asked.request, head)
      return false
    }
  }

  /// The centres in a station's books, in the order they were added.
  public func centres(of stationID: StationID) async throws -> [Centre] {
    try await read { unit in
      try Row.fetchAll(
        unit.db, sql: "SELECT * FROM centre WHERE stationID = ? ORDER BY journalKey",
        arguments: [stationID.data]
      ).map { Centre($0) }
    }
  }

  /// A centre of a station; `nil` if there is none.
  public func centre(_ id: CentreID, at stationID: StationID) async throws -> Centre? {
    try await read { unit in try unit.centre(id, at: stationID) }
  }

  /// Enrols a person at a centre, and judges the passes of open days that wait for it. The same
  /// request again changes nothing.
  ///
  /// - Returns: whether it was done before.
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such centre or person),
  ///   `MealRefusal.enrolmentOverlaps`.
  public func enrol(
    _ enrolment: Enrolment, by user: User, _ asked: TillRequest
  ) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(asked.request) else { return true }
      guard try unit.centre(enrolment.centreID, at: user.stationID) != nil,
        try unit.personFacts(enrolment.personID) != nil
      else { throw StoreRefusal.notFound }
      let others = try Row.fetchAll(
        unit.db, sql: "SELECT * FROM enrolment WHERE centreID = ? AND number = ?",
        arguments: [enrolment.centreID.data, enrolment.number]
      ).map { try Enrolment($0) }
      if let other = others.first(where: enrolment.overlaps) {
        throw MealRefusal.enrolmentOverlaps(other.id)
      }
      let head = try unit.append(
        .enrolled,
        enrolment.members.adding(by: user).adding(asked.request.contentHash), atMs: asked.atMs)
      try unit.insert(enrolment, head)
      try unit.note(asked.request, head)
      try unit.judgeWaiting(for: enrolment, atMs: asked.atMs)
      return false
    }
  }

  /// Sets the last day of an enrolment; what was judged stays.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (also: ended before it began).
  public func end(
    _ id: EnrolmentID, until: BusinessDate, by user: User, _ asked: TillRequest
  ) async throws -> (enrolment: Enrolment, isReplay: Bool) {
    try await write { unit in
      let isReplay = try !unit.isNew(asked.request)
      guard let enrolment = try unit.enrolment(id, at: user.stationID), enrolment.from <= until
      else { throw StoreRefusal.notFound }
      if isReplay { return (enrolment, true) }
      let head = try unit.append(
        .enrolmentEnded,
        JSON.members([
          "id": .string(asked.subjectID), "enrolmentID": .string(id.text),
          "until": .string(until.description),
        ]).adding(by: user).adding(asked.request.contentHash), atMs: asked.atMs)
      try unit.db.execute(
        sql: "UPDATE enrolment SET untilDate = ?, closedKey = ? WHERE id = ?",
        arguments: [until.description, JournalKey(head).value, id.data])
      try unit.note(asked.request, head)
      guard let ended = try unit.enrolment(id, at: user.stationID) else {
        throw StoreProblem.badRecord("enrolment")
      }
      return (ended, false)
    }
  }

  /// Enrolments of a centre, newest first, with their keys and the people's names.
  public func enrolments(
    of centreID: CentreID, beforeKey: Int64?, limit: Int
  ) async throws -> [(key: Int64, enrolment: Enrolment, name: String?)] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM enrolment WHERE centreID = ? AND journalKey < ?
          ORDER BY journalKey DESC LIMIT \(limit)
          """, arguments: [centreID.data, beforeKey ?? Int64.max]
      ).map { row in
        let enrolment = try Enrolment(row)
        return (row["journalKey"], enrolment, try unit.personFacts(enrolment.personID)?.name)
      }
    }
  }

  /// An enrolment at a centre of a station; `nil` if there is none.
  public func enrolment(_ id: EnrolmentID, at stationID: StationID) async throws -> Enrolment? {
    try await read { unit in try unit.enrolment(id, at: stationID) }
  }

  /// People enrolled at a centre on a day, by number or a part of their name.
  public func diners(
    at centreID: CentreID, on date: BusinessDate, matching text: String
  ) async throws -> [EnrolledDiner] {
    try await read { unit in
      let enrolments = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM enrolment WHERE centreID = ? AND fromDate <= ?
          AND (untilDate IS NULL OR untilDate >= ?) ORDER BY number
          """, arguments: [centreID.data, date.description, date.description]
      ).map { try Enrolment($0) }
      var found: [EnrolledDiner] = []
      for enrolment in enrolments where found.count < EnrolledDiner.most {
        guard let person = try unit.personFacts(enrolment.personID),
          enrolment.number == text || person.name.contains(text)
        else { continue }
        found.append(
          EnrolledDiner(
            enrolment: enrolment, name: person.name,
            account: try unit.mealAccount(of: enrolment.personID)))
      }
      return found
    }
  }
}

/// A person found at a centre.
public struct EnrolledDiner: Sendable {
  /// More than anybody looks through.
  static let most = 20

  public let enrolment: Enrolment
  public let name: String
  public let account: MealAccount
}

extension UnitOfWork {
  func centre(_ id: CentreID, at stationID: StationID) throws -> Centre? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM centre WHERE id = ? AND stationID = ?"),
      arguments: [id.data, stationID.data]
    ).map { Centre($0) }
  }

  fileprivate func enrolment(_ id: EnrolmentID, at stationID: StationID) throws -> Enrolment? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT enrolment.* FROM enrolment JOIN centre ON centre.id = centreID
        WHERE enrolment.id = ? AND stationID = ?
        """, arguments: [id.data, stationID.data]
    ).map { try Enrolment($0) }
  }

  fileprivate func insert(_ enrolment: Enrolment, _ head: JournalHead) throws {
    try db.execute(
      sql: """
        INSERT INTO enrolment (id, centreID, number, personID, fromDate, untilDate, journalKey)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        enrolment.id.data, enrolment.centreID.data, enrolment.number, enrolment.personID.data,
        enrolment.from.description, enrolment.until?.description, JournalKey(head).value,
      ])
  }

  /// Judges the passes that had nobody's number, of days that are open.
  fileprivate func judgeWaiting(for enrolment: Enrolment, atMs: Int64) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(MealRow.columns) FROM meal WHERE centreID = ? AND date BETWEEN ? AND ? AND number = ?
        AND verdict = 'exception' AND reason IN ('unknownPerson', 'notEnrolled')
        """,
      arguments: [
        enrolment.centreID.data, enrolment.from.description,
        enrolment.until?.description ?? "9999-12-31", enrolment.number,
      ])
    var judging = try MealJudging(unit: self, nowMs: atMs)
    for row in rows {
      var meal = try MealRow(row)
      guard !judging.isFixed(meal) else { continue }
      meal.personID = enrolment.personID
      meal.isEnrolled = true
      judging.add(meal)
    }
    try judging.finish()
  }
}

extension Centre {
  init(_ row: Row) {
    self.init(
      id: Identifier(row["id"] as Data), stationID: Identifier(row["stationID"] as Data),
      name: row["name"], nameEn: row["nameEn"])
  }
}
