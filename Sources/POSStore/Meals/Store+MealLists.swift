import FoundationEssentials
import GRDB
public import POS

/// A meal as it is on record, with the person's name and account.
public struct RecordedMeal: Sendable {
  public let pass: MealPass
  public let decision: MealDecision
  /// The record that decided it last.
  public let recordKey: Int64
  /// `nil` for nobody, or for a person who was forgotten.
  public let name: String?
  public let account: MealAccount
  /// Where the other meal was that it is the same as, second to or in conflict with.
  public let otherCentreID: CentreID?

  /// Place of the record: `1-17`.
  public var record: String { JournalKey(recordKey).text }
}

/// What a meal board begins with.
public struct MealBoard: Sendable {
  public let date: BusinessDate
  public let servedCount: Int64
  public let waitingCount: Int64
  /// The newest first.
  public let meals: [RecordedMeal]
  /// The newest record that is in it.
  public let recordKey: Int64
}

extension Store {
  /// Meals of a centre on a day, newest first.
  ///
  /// - Parameter offset: how many of the newest to leave out.
  public func meals(
    of centreID: CentreID, on date: BusinessDate, offset: Int64, limit: Int
  ) async throws -> [RecordedMeal] {
    try await read { unit in
      try unit.recordedMeals(
        """
        centreID = ? AND date = ? ORDER BY atMs DESC, id LIMIT \(limit) OFFSET \(offset)
        """, [centreID.data, date.description])
    }
  }

  /// Meals of a centre that wait for a word of somebody, oldest first.
  public func waitingMeals(
    of centreID: CentreID, on date: BusinessDate?
  ) async throws -> [RecordedMeal] {
    try await read { unit in
      try unit.recordedMeals(
        """
        centreID = ? AND (?2 IS NULL OR date = ?2) AND ruling IS NULL AND priceFen IS NULL
        AND verdict IN ('second', 'conflict', 'exception') ORDER BY atMs, id LIMIT 500
        """, [centreID.data, date?.description])
    }
  }

  /// A meal at a station; `nil` if there is none.
  public func meal(_ id: MealPassID, at stationID: StationID) async throws -> RecordedMeal? {
    try await read { unit in
      try unit.recordedMeals("id = ? AND stationID = ?", [id.data, stationID.data]).first
    }
  }

  /// What a board shows of a day at first, and what has changed since a record.
  ///
  /// - Parameter since: only meals that later records decided; `nil` for the newest ones.
  public func mealBoard(
    of centreID: CentreID, on date: BusinessDate, since: Int64?
  ) async throws -> MealBoard {
    try await read { unit in
      let meals: [RecordedMeal]
      if let since {
        meals = try unit.recordedMeals(
          """
          centreID = ? AND date = ? AND journalKey > ? ORDER BY journalKey DESC, atMs DESC
          LIMIT 200
          """, [centreID.data, date.description, since])
      } else {
        meals = try unit.recordedMeals(
          "centreID = ? AND date = ? ORDER BY atMs DESC LIMIT 30",
          [centreID.data, date.description])
      }
      let counts = try Row.fetchOne(
        unit.db.cachedStatement(
          sql: """
            SELECT COUNT(priceFen) AS served, COALESCE(SUM(ruling IS NULL AND priceFen IS NULL
              AND verdict IN ('second', 'conflict', 'exception')), 0) AS waiting
            FROM meal WHERE centreID = ? AND date = ?
            """), arguments: [centreID.data, date.description])
      return MealBoard(
        date: date, servedCount: counts?["served"] ?? 0, waitingCount: counts?["waiting"] ?? 0,
        meals: meals, recordKey: JournalKey(try unit.journalHead).value)
    }
  }

  /// The meal account of a person; `nil` for nobody.
  public func mealAccount(
    of personID: PersonID
  ) async throws -> (name: String, account: MealAccount)? {
    try await read { unit in
      guard let person = try unit.personFacts(personID) else { return nil }
      return (person.name, try unit.mealAccount(of: personID))
    }
  }

  /// What went into and out of a meal account, and what was owed, in the order of the journal.
  public func mealStatement(
    of personID: PersonID, days: ClosedRange<BusinessDate>
  ) async throws -> [MealStatementLine] {
    try await read { unit in
      let range = [days.lowerBound.description, days.upperBound.description]
      let money = try Row.fetchAll(
        unit.db,
        sql: "SELECT * FROM mealMoney WHERE personID = ? AND businessDate BETWEEN ? AND ?",
        arguments: [personID.data, range[0], range[1]]
      ).map { try MealStatementLine(money: $0) }
      let charges = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT mealCharge.*, meal.atMs FROM mealCharge JOIN meal ON meal.id = mealID
          WHERE mealCharge.personID = ? AND bookedDate BETWEEN ? AND ?
          ORDER BY mealCharge.journalKey, place
          """, arguments: [personID.data, range[0], range[1]]
      ).map { try MealStatementLine(charge: $0) }
      return (money + charges).enumerated()
        .sorted { ($0.element.recordKey, $0.offset) < ($1.element.recordKey, $1.offset) }
        .map(\.element)
    }
  }
}

/// One line of a meal account's statement.
public struct MealStatementLine: Sendable {
  /// `topUp`, `payment`, `meal`, or one of them taken back: `topUpUndone`, `paymentUndone`,
  /// `mealTakenBack`.
  public let kind: String
  public let date: BusinessDate
  public let atMs: Int64
  /// What it did to the account and to what is owed.
  public let change: MealAccount
  public let charge: MealCharge?
  public let centreID: CentreID?
  public let mealID: MealPassID?
  let recordKey: Int64

  /// Place of the record: `1-17`.
  public var record: String { JournalKey(recordKey).text }

  fileprivate init(money row: Row) throws {
    guard let date = BusinessDate(row["businessDate"] as String),
      let purpose = MealMoney.Kind(rawValue: row["purpose"])
    else { throw StoreProblem.badRecord("mealMoney") }
    let isUndoing = (row["undoesKey"] as Int64?) != nil
    kind = isUndoing ? "\(purpose.rawValue)Undone" : purpose.rawValue
    self.date = date
    atMs = row["atMs"]
    var change = MealAccount.empty
    let money = MealMoney(kind: purpose, amount: Money(fen: row["amountFen"]), atMs: 0)
    if isUndoing { change.takeBack(money) } else { change.take(money) }
    self.change = change
    charge = nil
    centreID = nil
    mealID = nil
    recordKey = row["journalKey"]
  }

  fileprivate init(charge row: Row) throws {
    guard let date = BusinessDate(row["bookedDate"] as String),
      let charge = try MealRow.charge(row)
    else { throw StoreProblem.badRecord("mealCharge") }
    let isBack: Bool = row["isBack"]
    kind = isBack ? "mealTakenBack" : "meal"
    self.date = date
    atMs = row["atMs"]
    var change = MealAccount.empty
    if isBack { change.giveBack(charge) } else { change.take(charge) }
    self.change = change
    self.charge = charge
    centreID = Identifier(row["centreID"] as Data)
    mealID = Identifier(row["mealID"] as Data)
    recordKey = row["journalKey"]
  }
}

extension UnitOfWork {
  func recordedMeals(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [RecordedMeal] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT \(MealRow.columns) FROM meal WHERE \(condition)"),
      arguments: arguments
    ).compactMap { row in
      let meal = try MealRow(row)
      guard let decision = meal.decision else { return nil }
      let other = try decision.verdict.otherPass.flatMap { try mealRow($0) }
      return RecordedMeal(
        pass: meal.pass, decision: decision, recordKey: meal.journalKey,
        name: try meal.personID.flatMap { try personFacts($0)?.name },
        account: try meal.personID.map { try mealAccount(of: $0) } ?? .empty,
        otherCentreID: other?.pass.centreID)
    }
  }
}
