import FoundationEssentials
import GRDB
import POS

/// What is on record of people whose passes are judged, read for all of them at once: a terminal
/// that was cut off brings a hundred people in one batch.
struct MealRecords {
  /// Only those who are known; who was forgotten is not.
  private(set) var people: [PersonID: PersonFacts] = [:]
  private(set) var accounts: [PersonID: MealAccount] = [:]
  private(set) var money: [PersonID: [Payment]] = [:]
  private(set) var rows: [PersonID: [MealRow]] = [:]

  /// A row of `mealMoney` that was not undone.
  struct Payment {
    let stationID: StationID
    let date: BusinessDate
    let money: MealMoney
  }

  /// Reads what may matter.
  ///
  /// - Parameters:
  ///   - closed: up to this day all are closed, at every station with centres.
  ///   - earliest: the day of a person's earliest pass that is judged, if there is one.
  init(
    of ids: [PersonID], _ unit: UnitOfWork, closed: BusinessDate,
    earliest: (PersonID) -> BusinessDate?
  ) throws {
    people = try unit.personFacts(ids)
    let known = ids.filter { people[$0] != nil }
    try readAccounts(known, unit)
    try readMoney(known, unit, after: closed)
    try readRows(known, unit, closed: closed, earliest: earliest)
  }

  private mutating func readAccounts(_ ids: [PersonID], _ unit: UnitOfWork) throws {
    try unit.forEachRow(of: ids.map(\.data)) { marks in
      "SELECT personID, balanceFen, owedFen FROM mealAccount WHERE personID IN (\(marks))"
    } _: { row in
      accounts[Identifier(row[0] as UUID)] = MealAccount(
        balance: Money(fen: row[1]), owed: Money(fen: row[2]))
    }
  }

  private mutating func readMoney(
    _ ids: [PersonID], _ unit: UnitOfWork, after closed: BusinessDate
  ) throws {
    try unit.forEachRow(of: ids.map(\.data), after: closed.description) { marks in
      """
      SELECT personID, stationID, businessDate, purpose, amountFen, atMs FROM mealMoney AS taken
      WHERE businessDate > ? AND personID IN (\(marks)) AND undoesKey IS NULL
      AND NOT EXISTS (SELECT 1 FROM mealMoney WHERE undoesKey = taken.journalKey)
      """
    } _: { row in
      guard let date = BusinessDate(row[2] as String),
        let kind = MealMoney.Kind(rawValue: row[3])
      else { throw StoreProblem.badRecord("mealMoney") }
      let one = MealMoney(kind: kind, amount: Money(fen: row[4]), atMs: row[5])
      money[Identifier(row[0] as UUID), default: []].append(
        Payment(stationID: Identifier(row[1] as UUID), date: date, money: one))
    }
  }

  /// The rows that an open day may change, and those of the days beside them: of each person from
  /// the day before the first pass that is judged, or that was decided in another day's books.
  private mutating func readRows(
    _ ids: [PersonID], _ unit: UnitOfWork, closed: BusinessDate,
    earliest: (PersonID) -> BusinessDate?
  ) throws {
    var from: [PersonID: BusinessDate] = [:]
    for id in ids { from[id] = min(closed, earliest(id)?.dayBefore ?? closed) }
    try unit.forEachRow(of: ids.map(\.data), after: closed.description) { marks in
      """
      SELECT personID, MIN(date) FROM meal
      WHERE decidedDate > date AND decidedDate > ? AND personID IN (\(marks)) GROUP BY personID
      """
    } _: { row in
      let id = PersonID(row[0] as UUID)
      guard let late = BusinessDate(row[1] as String) else { throw StoreProblem.badRecord("meal") }
      from[id] = min(from[id] ?? late, late.dayBefore)
    }
    let first = from.values.min() ?? closed
    try unit.forEachRow(of: ids.map(\.data), after: first.description) { marks in
      "SELECT \(MealRow.columns) FROM meal WHERE date >= ? AND personID IN (\(marks))"
    } _: { row in
      let meal = try MealRow(row)
      guard let id = meal.personID, let date = meal.decision?.date, let own = from[id],
        date >= own
      else { return }
      rows[id, default: []].append(meal)
    }
  }
}

extension BusinessDate {
  fileprivate var dayBefore: BusinessDate { BusinessDate(daysSince1970: daysSince1970 - 1) }
}

extension UnitOfWork {
  /// How many ids one query is about; where there are fewer the last one stands again.
  private static let idsAtOnce = 64

  /// Steps through the rows of many ids, in no order.
  ///
  /// - Parameters:
  ///   - first: the query's arguments before the ids.
  ///   - sql: makes the query of its list of marks for the ids.
  func forEachRow(
    of ids: [some DatabaseValueConvertible], after first: any DatabaseValueConvertible...,
    sql: (String) -> String, _ body: (Row) throws -> Void
  ) throws {
    let size = ids.count == 1 ? 1 : Self.idsAtOnce
    let text = sql(Array(repeating: "?", count: size).joined(separator: ","))
    for start in stride(from: 0, to: ids.count, by: size) {
      let some = ids[start..<min(start + size, ids.count)]
      guard let last = some.last else { return }
      let filled = some + Array(repeating: last, count: size - some.count)
      let rows = try Row.fetchCursor(
        db.cachedStatement(sql: text),
        arguments: StatementArguments(first) + StatementArguments(filled))
      while let row = try rows.next() { try body(row) }
    }
  }
}
