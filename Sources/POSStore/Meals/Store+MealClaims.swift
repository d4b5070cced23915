import FoundationEssentials
import GRDB
public import POS

/// What is claimed of a funder for the meals of a centre.
public struct MealClaim: Equatable, Sendable {
  public let centreID: CentreID
  public let funder: String
  /// Meals of the days themselves, less what was taken back of them.
  public let mealCount: Int64
  public let amount: Money
  /// Meals of earlier days that count now, less what was taken back of them.
  public let correctionCount: Int64
  public let correction: Money

  /// All of it.
  public var total: Money { amount + correction }
}

/// One line of a claim: a subsidy that was charged or taken back, by its record.
public struct MealClaimLine: Sendable {
  /// Orders the lines of a claim.
  public let key: Int64
  public let mealID: MealPassID
  public let personID: PersonID
  public let name: String?
  public let centreID: CentreID
  /// The day of the meal.
  public let date: BusinessDate
  /// The day it counts for.
  public let bookedDate: BusinessDate
  public let atMs: Int64
  public let period: String
  public let way: String
  /// Below zero for what is taken back.
  public let subsidy: Money
  public let rule: String
  public let funder: String
  /// Place of the record: `1-17`.
  public let record: String
}

/// Which claims: of the meals that count in these days.
public struct MealClaimRange: Sendable {
  public let stationID: StationID
  public let days: ClosedRange<BusinessDate>
  /// `nil` for all.
  public let centreID: CentreID?
  /// `nil` for all.
  public let funder: String?

  public init(
    stationID: StationID, days: ClosedRange<BusinessDate>, centreID: CentreID? = nil,
    funder: String? = nil
  ) {
    self.stationID = stationID
    self.days = days
    self.centreID = centreID
    self.funder = funder
  }

  fileprivate var arguments: StatementArguments {
    [
      stationID.data, days.lowerBound.description, days.upperBound.description, centreID?.data,
      funder,
    ]
  }

  fileprivate static let condition = """
    mealCharge.stationID = ?1 AND bookedDate BETWEEN ?2 AND ?3 AND mealCharge.subsidyFen IS NOT NULL
    AND (?4 IS NULL OR mealCharge.centreID = ?4) AND (?5 IS NULL OR mealCharge.funder = ?5)
    """
}

extension Store {
  /// The claims of some days, by centre and funder.
  public func mealClaims(_ range: MealClaimRange) async throws -> [MealClaim] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT centreID, funder,
            SUM(IIF(date >= ?2, 1 - 2 * isBack, 0)) AS meals,
            SUM(IIF(date >= ?2, (1 - 2 * isBack) * subsidyFen, 0)) AS fen,
            SUM(IIF(date < ?2, 1 - 2 * isBack, 0)) AS lateMeals,
            SUM(IIF(date < ?2, (1 - 2 * isBack) * subsidyFen, 0)) AS lateFen
          FROM mealCharge WHERE \(MealClaimRange.condition)
          GROUP BY centreID, funder ORDER BY hex(centreID), funder
          """, arguments: range.arguments
      ).map { row in
        MealClaim(
          centreID: Identifier(row["centreID"] as Data), funder: row["funder"],
          mealCount: row["meals"], amount: Money(fen: row["fen"]),
          correctionCount: row["lateMeals"], correction: Money(fen: row["lateFen"]))
      }
    }
  }

  /// The subsidised meals of each day of some days, less what was taken back.
  public func mealClaimDays(
    _ range: MealClaimRange
  ) async throws -> [(date: BusinessDate, count: Int64, subsidy: Money)] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT date, SUM(1 - 2 * isBack) AS meals,
            SUM((1 - 2 * isBack) * subsidyFen) AS fen
          FROM mealCharge WHERE \(MealClaimRange.condition) AND date >= ?2
          GROUP BY date ORDER BY date
          """, arguments: range.arguments
      ).compactMap { row in
        BusinessDate(row["date"] as String).map { ($0, row["meals"], Money(fen: row["fen"])) }
      }
    }
  }

  /// The lines of claims in the order of the journal.
  ///
  /// - Parameter offset: how many to leave out.
  public func mealClaimLines(
    _ range: MealClaimRange, offset: Int64, limit: Int
  ) async throws -> [MealClaimLine] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT mealCharge.*, meal.atMs, meal.period, meal.way FROM mealCharge
          JOIN meal ON meal.id = mealID WHERE \(MealClaimRange.condition)
          ORDER BY mealCharge.journalKey, place LIMIT \(limit) OFFSET \(offset)
          """, arguments: range.arguments
      ).enumerated().map { index, row in
        try unit.claimLine(row, key: offset + Int64(index) + 1)
      }
    }
  }

  /// What looks wrong in the meals of some days, with or without a subsidy.
  public func mealClaimChecks(_ range: MealClaimRange) async throws -> [MealClaimCheck] {
    try await read { unit in
      let meals = try unit.claimedMeals(range)
      var enrolled: [String: Int] = [:]
      for key in Set(meals.map { "\($0.centreID.text) \($0.date)" }) {
        let parts = key.split(separator: " ")
        enrolled[key] = try unit.enrolledCount(
          CentreID(String(parts[0])), on: String(parts[1]))
      }
      return MealClaimCheck.all(meals, days: range.days) { centreID, date in
        enrolled["\(centreID.text) \(date)"] ?? 0
      }
    }
  }
}

extension UnitOfWork {
  fileprivate func claimLine(_ row: Row, key: Int64) throws -> MealClaimLine {
    guard let date = BusinessDate(row["date"] as String),
      let booked = BusinessDate(row["bookedDate"] as String)
    else { throw StoreProblem.badRecord("mealCharge") }
    let personID = PersonID(row["personID"] as Data)
    let fen: Int64 = row["subsidyFen"]
    return MealClaimLine(
      key: key, mealID: Identifier(row["mealID"] as Data), personID: personID,
      name: try personFacts(personID)?.name, centreID: Identifier(row["centreID"] as Data),
      date: date, bookedDate: booked, atMs: row["atMs"],
      period: row["period"] as String? ?? "", way: row["way"],
      subsidy: Money(fen: row["isBack"] as Bool ? -fen : fen), rule: row["subsidyRule"],
      funder: row["funder"], record: JournalKey(row["journalKey"] as Int64).text)
  }

  fileprivate func claimedMeals(_ range: MealClaimRange) throws -> [ClaimedMeal] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(MealRow.columns) FROM meal
        WHERE stationID = ? AND date BETWEEN ? AND ? AND priceFen IS NOT NULL AND (?4 IS NULL OR centreID = ?4)
        """,
      arguments: [
        range.stationID.data, range.days.lowerBound.description,
        range.days.upperBound.description, range.centreID?.data,
      ])
    var deaths: [PersonID: BusinessDate?] = [:]
    return try rows.compactMap { row in
      let meal = try MealRow(row)
      guard let personID = meal.personID, let decision = meal.decision,
        let period = decision.verdict.period
      else { return nil }
      if deaths[personID] == nil {
        deaths[personID] = .some(try personFacts(personID)?.deceasedOn)
      }
      return ClaimedMeal(
        id: meal.pass.id, centreID: meal.pass.centreID, personID: personID, date: decision.date,
        period: period, atMs: meal.pass.atMs, isByFace: meal.pass.way == .face,
        isByTerminal: meal.pass.terminalID != nil, deceasedOn: deaths[personID] ?? nil)
    }
  }

  fileprivate func enrolledCount(_ centreID: CentreID?, on date: String) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT COUNT(DISTINCT personID) FROM enrolment WHERE centreID = ? AND fromDate <= ?
          AND (untilDate IS NULL OR untilDate >= ?)
          """), arguments: [centreID?.data, date, date]) ?? 0
  }
}
