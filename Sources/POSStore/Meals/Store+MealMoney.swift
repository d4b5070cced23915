import FoundationEssentials
import GRDB
public import POS

/// How a cashier finds whose meal card it is: by what the person says or shows, and no other way.
public enum DinerQuery: Sendable {
  /// The number on the card, as on the terminal of a centre.
  case number(String, CentreID)
  /// The last four characters of the identity number, and the whole name.
  case lastFour(String, name: String)

  /// What the journal says of the way.
  var way: String {
    switch self {
    case .number: "mealNumber"
    case .lastFour: "mealLastFour"
    }
  }
}

/// A person with a meal account.
public struct FoundDiner: Sendable {
  public let personID: PersonID
  public let name: String
  public let account: MealAccount
}

/// Money for meals that a session took, and whether it was undone.
public struct TakenMealMoney: Sendable {
  public let event: StoredEvent
  public let name: String?
  public let isUndone: Bool
}

extension Store {
  /// Finds people by what they say or show; that somebody looked, and who was found, is journalled.
  /// By the last four only those are found who are or were enrolled at a centre of the station.
  public func findDiners(
    _ query: DinerQuery, by user: User, atMs: Int64
  ) async throws -> [FoundDiner] {
    try await write { unit in
      let found = try unit.personIDs(query, at: user.stationID, atMs: atMs).compactMap { id in
        try unit.personFacts(id).map { facts in
          FoundDiner(personID: id, name: facts.name, account: try unit.mealAccount(of: id))
        }
      }
      try unit.appendLook(query.way, found.map(\.personID), by: user, atMs: atMs)
      return found
    }
  }

  /// Takes money for meals at a till: into the account, or for what is owed; a slip is queued.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such session or person),
  ///   `TillRefusal.sessionClosed`, `StoreRefusal.noOpenTillSession`, `MealRefusal`: `underpaid`,
  ///   `moreThanOwed`.
  public func take(
    _ payment: MealDeposit, in sessionID: TillSessionID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .mealMoneyTaken, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.unclosedTill(sessionID, at: user.stationID)
      guard till.state == .open else { throw StoreRefusal.noOpenTillSession }
      guard try unit.personFacts(payment.personID) != nil else { throw StoreRefusal.notFound }
      let account = try unit.mealAccount(of: payment.personID)
      try payment.check(account)
      let event = try unit.event(.mealMoneyTaken, in: till, asked)
      let stored = try unit.record(
        event,
        JSON.members([
          "id": .string(asked.subjectID), "tillSessionID": .string(sessionID.text),
        ]).adding(contentsOf: payment.members(account)).adding(by: user), payment.entry)
      try unit.insert(payment, event, undoing: nil, stored.key)
      try unit.move(payment.change, of: payment.personID)
      try unit.queuePrint(
        document: .mealMoney, of: stored.head, at: till.session.tillID, copy: 0, atMs: asked.atMs)
      unit.announceMeals()
      return (stored, false)
    }
  }

  /// Gives back money for meals that was taken by mistake, on the day and in the session it was
  /// taken in; a slip is queued. Meals of open days that it paid for are judged again.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such money here),
  ///   `TillRefusal.sessionClosed`, `MealRefusal.notToBeUndone`, `StoreRefusal.approvalNotValid`,
  ///   `TillRefusal.approvalNeeded` (above what a cashier refunds alone).
  public func undo(
    _ moneyID: MealPassID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .mealMoneyUndone, at: user.stationID) {
        return (done, true)
      }
      let (taken, till) = try unit.mealMoney(moneyID, at: user.stationID)
      let undo = MealDepositUndo(moneyID, of: try MealDeposit(body: taken.body))
      let event = try unit.event(.mealMoneyUndone, in: till, asked)
      guard till.state == .open, try !unit.isUndone(taken),
        taken.body["businessDate"]?.stringValue == event.businessDate.description
      else { throw MealRefusal.notToBeUndone }
      if undo.deposit.amount > unit.facts.policies.policy(atMs: asked.atMs).refundLimit {
        try unit.require(.refund, over: undo.deposit.amount, of: user, asked)
      }
      let personID = undo.deposit.personID
      let before = try unit.mealAccount(of: personID)
      let stored = try unit.record(
        event,
        JSON.members([
          "id": .string(asked.subjectID), "tillSessionID": .string(till.session.id.text),
        ]).adding(contentsOf: undo.members(before)).adding(by: user), undo.entry)
      try unit.insert(undo.deposit, event, undoing: taken.key, stored.key)
      try unit.move(undo.deposit.change.opposite, of: personID)
      try unit.use(asked.approvalID, of: user, by: stored.head)
      var judging = try MealJudging(unit: unit, nowMs: asked.atMs)
      judging.add(personID)
      try judging.finish()
      guard try unit.mealAccount(of: personID).balance >= .zero else {
        throw MealRefusal.notToBeUndone
      }
      try unit.queuePrint(
        document: .mealMoneyUndone, of: stored.head, at: till.session.tillID, copy: 0,
        atMs: asked.atMs)
      unit.announceMeals()
      return (stored, false)
    }
  }

  /// Money for meals that a session took, newest first.
  ///
  /// - Throws: `StoreRefusal.notFound`: no such session here.
  public func mealMoney(
    of sessionID: TillSessionID, at stationID: StationID
  ) async throws -> [TakenMealMoney] {
    try await read { unit in
      _ = try unit.tillRow(sessionID, at: stationID)
      return try unit.events(
        """
        tillEvent.tillSessionID = ? AND tillEvent.kind = 'mealMoneyTaken'
        ORDER BY journalKey DESC LIMIT \(TakenMealMoney.most)
        """, [sessionID.data]
      ).map { event in
        let personID: PersonID? = event.body["personID"]?.stringValue.flatMap { Identifier($0) }
        return TakenMealMoney(
          event: event, name: try personID.flatMap { try unit.personFacts($0)?.name },
          isUndone: try unit.isUndone(event))
      }
    }
  }
}

extension TakenMealMoney {
  /// More than anybody looks through for a mistake.
  static let most = 100
}

extension MealDeposit {
  /// What it does to the person's account.
  fileprivate var change: MealAccount {
    var change = MealAccount.empty
    change.take(MealMoney(kind: purpose, amount: amount, atMs: 0))
    return change
  }
}

extension MealAccount {
  fileprivate var opposite: MealAccount { MealAccount(balance: -balance, owed: -owed) }
}

extension UnitOfWork {
  fileprivate func personIDs(
    _ query: DinerQuery, at stationID: StationID, atMs: Int64
  ) throws -> [PersonID] {
    switch query {
    case .number(let number, let centreID):
      // People leave out the noughts that stand before a number.
      let date = facts.policies.date(atMs: atMs).description
      let found = try Data.fetchAll(
        db,
        sql: """
          SELECT DISTINCT personID FROM enrolment JOIN centre ON centre.id = centreID
          WHERE centreID = ?1 AND stationID = ?2 AND fromDate <= ?3
          AND (untilDate IS NULL OR untilDate >= ?3)
          AND (number = ?4 OR ltrim(number, '0') = ltrim(?4, '0')) ORDER BY number, personID
          """, arguments: [centreID.data, stationID.data, date, number])
      return found.map { Identifier($0) }
    case .lastFour(let lastFour, let name):
      let found = try Data.fetchAll(
        db,
        sql: """
          SELECT id FROM person WHERE lastFourHash = ? AND EXISTS (
            SELECT 1 FROM enrolment JOIN centre ON centre.id = centreID
            WHERE personID = person.id AND stationID = ?) ORDER BY id
          """, arguments: [Data(personalKeys.lastFourHash(lastFour)), stationID.data])
      return try found.map { Identifier($0) }.filter { id in
        try personFacts(id).map { PersonName.key($0.name) == PersonName.key(name) } ?? false
      }
    }
  }

  fileprivate func insert(
    _ deposit: MealDeposit, _ event: TillEvent, undoing undoesKey: Int64?, _ key: Int64
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO mealMoney (journalKey, personID, stationID, businessDate, atMs, purpose,
          amountFen, undoesKey) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        key, deposit.personID.data, event.stationID.data, event.businessDate.description,
        event.atMs, deposit.purpose.rawValue, deposit.amount.fen, undoesKey,
      ])
  }

  /// The record of money, and its session.
  fileprivate func mealMoney(
    _ id: MealPassID, at stationID: StationID
  ) throws -> (event: StoredEvent, till: TillRow) {
    let found = try events(
      """
      tillEvent.id = ? AND tillEvent.kind = 'mealMoneyTaken' AND tillEvent.stationID = ?
      """, [id.data, stationID.data])
    guard let event = found.first,
      let sessionID = event.body["tillSessionID"]?.stringValue.flatMap({ TillSessionID($0) })
    else { throw StoreRefusal.notFound }
    return (event, try unclosedTill(sessionID, at: stationID))
  }

  fileprivate func isUndone(_ event: StoredEvent) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM mealMoney WHERE undoesKey = ?)"),
      arguments: [event.key]) ?? false
  }
}
