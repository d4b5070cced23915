import FoundationEssentials
import GRDB
public import POS

/// A meal without a face, as staff log it.
public struct MealLog: Sendable {
  public let centreID: CentreID
  public let diner: DinerName
  public let means: MealWitness.Means
  public let witnessID: UserID
  /// When it was, if it is entered afterwards.
  public let atMs: Int64?

  /// How staff name the person.
  public enum DinerName: Sendable {
    case person(PersonID)
    /// A number at the centre, as of a card.
    case number(String)
  }

  public init(
    centreID: CentreID, diner: DinerName, means: MealWitness.Means, witnessID: UserID,
    atMs: Int64? = nil
  ) {
    self.centreID = centreID
    self.diner = diner
    self.means = means
    self.witnessID = witnessID
    self.atMs = atMs
  }
}

extension Store {
  /// Logs a meal without a face; it is judged as any other.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such centre or person),
  ///   `MealRefusal.ownWitness`.
  public func log(
    _ log: MealLog, by user: User, _ asked: TillRequest
  ) async throws -> (mealID: MealPassID, isReplay: Bool) {
    let mealID = MealPassID(asked.request.id)
    return try await write { unit in
      guard try unit.isNew(asked.request) else { return (mealID, true) }
      guard try unit.centre(log.centreID, at: user.stationID) != nil,
        let personID = try unit.person(log, atMs: log.atMs ?? asked.atMs)
      else { throw StoreRefusal.notFound }
      guard log.witnessID != user.id else { throw MealRefusal.ownWitness }
      let head = try unit.append(
        .mealLogged,
        JSON.members([
          "id": .string(mealID.text), "centreID": .string(log.centreID.text),
          "personID": .string(personID.text), "means": .string(log.means.rawValue),
          "witnessID": .string(log.witnessID.text),
        ]).adding(by: user).adding(asked.request.contentHash), atMs: asked.atMs)
      try unit.note(asked.request, head)
      let witness = MealWitness(means: log.means, userID: user.id, witnessID: log.witnessID)
      try unit.judge([
        MealPass(
          id: mealID, key: "staff \(mealID.text)", centreID: log.centreID, terminalID: nil,
          number: "", personID: personID, atMs: log.atMs ?? asked.atMs,
          receivedAtMs: asked.atMs, isLive: log.atMs == nil, way: .staff(witness))
      ])
      return (mealID, false)
    }
  }

  /// Puts on record what people say of a meal, and books what it changes.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `MealRefusal`:
  ///   `rulingDoesNotFit`, `managerNeeded`.
  public func rule(
    _ ruling: MealRuling, on id: MealPassID, by user: User, _ asked: TillRequest
  ) async throws -> Bool {
    try await write { unit in
      guard try unit.isNew(asked.request) else { return true }
      guard var row = try unit.mealRow(id), row.stationID == user.stationID,
        user.centreID == nil || user.centreID == row.pass.centreID,
        let verdict = row.decision?.verdict
      else { throw StoreRefusal.notFound }
      guard ruling.fits(verdict) else {
        throw MealRefusal.rulingDoesNotFit(verdict: verdict.word)
      }
      if case .served = verdict, user.role != .manager { throw MealRefusal.managerNeeded }
      let head = try unit.append(
        .mealRuled,
        JSON.members([
          "id": .string(asked.subjectID), "mealID": .string(id.text),
          "ruling": .string(ruling.rawValue),
        ]).adding(by: user).adding(asked.request.contentHash), atMs: asked.atMs)
      try unit.note(asked.request, head)
      let key = JournalKey(head).value
      try unit.db.execute(
        sql: "UPDATE meal SET said = ?, saidKey = ? WHERE id = ?",
        arguments: [ruling.rawValue, key, id.data])
      row.said = RulingInOrder(ruling, order: key)
      var judging = try MealJudging(unit: unit, nowMs: asked.atMs)
      judging.add(row)
      try judging.finish()
      return false
    }
  }
}

extension UnitOfWork {
  /// The person that staff named.
  fileprivate func person(_ log: MealLog, atMs: Int64) throws -> PersonID? {
    switch log.diner {
    case .person(let id): return try personFacts(id) == nil ? nil : id
    case .number(let number):
      let date = facts.policies.date(atMs: atMs)
      return try Row.fetchAll(
        db, sql: "SELECT * FROM enrolment WHERE centreID = ? AND number = ?",
        arguments: [log.centreID.data, number]
      ).map { try Enrolment($0) }.first { $0.covers(date) }?.personID
    }
  }
}
