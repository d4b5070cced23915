import FoundationEssentials
import GRDB
public import POS

/// What became of a pass.
public struct MealOutcome: Equatable, Sendable {
  public let decision: MealDecision
  /// Whether the pass was on record already.
  public let isKnown: Bool
}

extension UnitOfWork {
  /// Judges passes within the caller's unit: puts those that are new on record, and books whatever
  /// they change in what was decided before. A pass that is on record already changes nothing.
  ///
  /// - Returns: an outcome for each pass, in their order.
  /// - Throws: `StoreRefusal.notFound` for a centre that there is not.
  @discardableResult
  func judge(_ passes: [MealPass]) throws -> [MealOutcome] {
    guard let nowMs = passes.map(\.receivedAtMs).max() else { return [] }
    var judging = try MealJudging(unit: self, nowMs: nowMs)
    var known: Set<MealPassID> = []
    for pass in passes where !(try judging.add(pass)) { known.insert(pass.id) }
    try judging.finish()
    return try passes.map { pass in
      guard let row = try mealRow(pass.id), let decision = row.decision else {
        throw StoreProblem.badRecord("meal")
      }
      return MealOutcome(decision: decision, isKnown: known.contains(pass.id))
    }
  }

  /// The row of a pass; `nil` if there is none.
  func mealRow(_ id: MealPassID) throws -> MealRow? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM meal WHERE id = ?"), arguments: [id.data]
    ).map { try MealRow($0) }
  }
}

/// Passes on their way into the books, person by person.
struct MealJudging {
  private let unit: UnitOfWork
  private let nowMs: Int64
  private var stations: [CentreID: StationID] = [:]
  private var lastClosed: [StationID: BusinessDate] = [:]
  private var openDays: [StationID: BusinessDate] = [:]
  /// Up to this day all are closed, at every station with centres.
  private let closedEverywhere: BusinessDate
  private var unknown: [MealRow] = []
  private var people: [PersonID: [MealRow]] = [:]
  private var order: [PersonID] = []
  private var added: Set<MealPassID> = []
  private var bookings: [Booking: [(change: MealChange, row: MealRow)]] = [:]

  /// In whose books, and on which day.
  private struct Booking: Hashable {
    let stationID: StationID
    let date: BusinessDate
  }

  init(unit: UnitOfWork, nowMs: Int64) throws {
    self.unit = unit
    self.nowMs = nowMs
    let ids = try Data.fetchAll(
      unit.db.cachedStatement(sql: "SELECT DISTINCT stationID FROM centre"))
    var oldest: BusinessDate?
    for id in ids.map({ StationID($0) }) {
      let last = try unit.lastClosedDay(at: id) ?? .earliest
      lastClosed[id] = last
      openDays[id] = try unit.openDay(at: id, atMs: nowMs)
      oldest = min(oldest ?? last, last)
    }
    closedEverywhere = oldest ?? .earliest
  }

  // MARK: - What comes in

  /// Takes in a pass; `false` if it is on record already.
  mutating func add(_ pass: MealPass) throws -> Bool {
    let isKnown = try Bool.fetchOne(
      unit.db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM meal WHERE id = ?)"),
      arguments: [pass.id.data])
    guard isKnown == false, added.insert(pass.id).inserted else { return false }
    let (personID, isEnrolled) = try resolve(pass)
    let row = MealRow(
      pass, at: try station(of: pass.centreID), personID: personID, isEnrolled: isEnrolled)
    add(row)
    return true
  }

  /// Takes in a row whose person is known now, or that people spoke of.
  mutating func add(_ row: MealRow) {
    guard let personID = row.personID else {
      unknown.append(row)
      return
    }
    if people[personID] == nil { order.append(personID) }
    people[personID, default: []].append(row)
  }

  /// Takes in a person whose money is other than it was.
  mutating func add(_ personID: PersonID) {
    guard people[personID] == nil else { return }
    order.append(personID)
    people[personID] = []
  }

  private mutating func station(of centreID: CentreID) throws -> StationID {
    if let known = stations[centreID] { return known }
    let found = try Data.fetchOne(
      unit.db.cachedStatement(sql: "SELECT stationID FROM centre WHERE id = ?"),
      arguments: [centreID.data])
    guard let found else { throw StoreRefusal.notFound }
    stations[centreID] = Identifier(found)
    return Identifier(found)
  }

  /// Whose number it is on that day, or was on some other.
  private func resolve(_ pass: MealPass) throws -> (PersonID?, isEnrolled: Bool) {
    let date = self.date(of: pass)
    let rows = try Row.fetchAll(
      unit.db.cachedStatement(
        sql: pass.personID == nil
          ? "SELECT * FROM enrolment WHERE centreID = ? AND number = ? ORDER BY fromDate"
          : "SELECT * FROM enrolment WHERE centreID = ? AND personID = ? ORDER BY fromDate"),
      arguments: [pass.centreID.data, pass.personID?.data ?? pass.number])
    let enrolments = try rows.map { try Enrolment($0) }
    let current = enrolments.first { $0.covers(date) }
    return (pass.personID ?? (current ?? enrolments.last)?.personID, current != nil)
  }

  private func date(of pass: MealPass) -> BusinessDate {
    unit.facts.policies.date(atMs: pass.atMs)
  }

  // MARK: - What is decided

  /// Decides, and writes what changed.
  mutating func finish() throws {
    for row in unknown { decideAlone(row) }
    for personID in order { try decide(personID, people[personID] ?? []) }
    try write()
  }

  private mutating func decide(_ personID: PersonID, _ new: [MealRow]) throws {
    guard let person = try unit.personFacts(personID) else {
      // Nobody knows the person any more: what was decided before stays.
      for row in new where row.decision?.charge == nil { decideAlone(row) }
      return
    }
    let known = try rows(of: personID, with: new)
    let rows = known.filter { row in !new.contains { $0.pass.id == row.pass.id } } + new
    let closedCharges = try closedCharges(of: personID, rows)
    let events = rows.map { row in event(of: row, closedCharges) }
    let diner = try diner(personID, person, rows, closedCharges)
    let decisions = Meals.decide(events, of: diner, policies: unit.facts.policies)
    let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.pass.id, $0) })
    for decision in decisions {
      if let row = byID[decision.passID] { note(decision, of: row) }
    }
  }

  /// Decides about a pass of nobody who is known.
  private mutating func decideAlone(_ row: MealRow) {
    let event = MealEvent(row.pass, isEnrolled: false, ruling: row.said)
    let decisions = Meals.decide(
      [event], of: Diner(person: nil), policies: unit.facts.policies)
    for decision in decisions { note(decision, of: row) }
  }

  /// Whether the day in whose books it was decided is closed.
  func isFixed(_ row: MealRow) -> Bool {
    guard let decidedDate = row.decidedDate, let last = lastClosed[row.stationID] else {
      return false
    }
    return decidedDate <= last
  }

  private func event(of row: MealRow, _ closedCharges: [MealPassID: MealCharge?]) -> MealEvent {
    var fixed: MealDecision?
    if isFixed(row), let decision = row.decision {
      fixed = decision.charging(closedCharges[row.pass.id] ?? decision.charge)
    }
    return MealEvent(row.pass, isEnrolled: row.isEnrolled, ruling: row.said, fixed: fixed)
  }

  /// The rows of a person that an open day may change, and those of the days beside them.
  private func rows(of personID: PersonID, with new: [MealRow]) throws -> [MealRow] {
    var from = closedEverywhere
    if let oldest = new.map({ date(of: $0.pass) }).min() {
      from = min(from, BusinessDate(daysSince1970: oldest.daysSince1970 - 1))
    }
    let late = try String.fetchOne(
      unit.db.cachedStatement(
        sql: """
          SELECT MIN(date) FROM meal
          WHERE personID = ? AND decidedDate > date AND decidedDate > ?
          """), arguments: [personID.data, closedEverywhere.description])
    if let late = late.flatMap({ BusinessDate($0) }) {
      from = min(from, BusinessDate(daysSince1970: late.daysSince1970 - 1))
    }
    return try Row.fetchAll(
      unit.db.cachedStatement(sql: "SELECT * FROM meal WHERE personID = ? AND date >= ?"),
      arguments: [personID.data, from.description]
    ).map { try MealRow($0) }
  }

  /// What passes of closed days charged when their day was closed, where that has changed since.
  private func closedCharges(
    of personID: PersonID, _ rows: [MealRow]
  ) throws -> [MealPassID: MealCharge?] {
    guard rows.contains(where: isFixed) else { return [:] }
    let since = try Row.fetchAll(
      unit.db.cachedStatement(
        sql: """
          SELECT * FROM mealCharge WHERE personID = ? AND bookedDate > ?
          ORDER BY journalKey, place
          """), arguments: [personID.data, closedEverywhere.description])
    var charges: [MealPassID: MealCharge?] = [:]
    for row in since {
      let id = MealPassID(row["mealID"] as Data)
      let stationID = StationID(row["stationID"] as Data)
      guard charges[id] == nil, let booked = BusinessDate(row["bookedDate"] as String),
        booked > lastClosed[stationID] ?? .earliest
      else { continue }
      charges[id] = .some(row["isBack"] as Bool ? try MealRow.charge(row) : nil)
    }
    return charges
  }

  /// The person with the account as closed days left it, and the money since.
  private func diner(
    _ personID: PersonID, _ person: PersonFacts, _ rows: [MealRow],
    _ closedCharges: [MealPassID: MealCharge?]
  ) throws -> Diner {
    var carried = try unit.mealAccount(of: personID)
    for row in rows {
      let closed = isFixed(row) ? closedCharges[row.pass.id] ?? row.decision?.charge : nil
      if let charge = row.decision?.charge { carried.giveBack(charge) }
      if let closed { carried.take(closed) }
    }
    let found = try Row.fetchAll(
      unit.db.cachedStatement(
        sql: """
          SELECT * FROM mealMoney AS taken WHERE personID = ? AND businessDate > ?
          AND undoesKey IS NULL AND NOT EXISTS (
            SELECT 1 FROM mealMoney WHERE undoesKey = taken.journalKey)
          """), arguments: [personID.data, closedEverywhere.description])
    var money: [MealMoney] = []
    for row in found {
      let stationID = StationID(row["stationID"] as Data)
      guard let date = BusinessDate(row["businessDate"] as String),
        let kind = MealMoney.Kind(rawValue: row["purpose"])
      else { throw StoreProblem.badRecord("mealMoney") }
      guard date > lastClosed[stationID] ?? .earliest else { continue }
      let one = MealMoney(kind: kind, amount: Money(fen: row["amountFen"]), atMs: row["atMs"])
      carried.takeBack(one)
      money.append(one)
    }
    return Diner(person: person, carried: carried, money: money)
  }

  // MARK: - What is written

  /// Notes a decision that differs from what is on record.
  private mutating func note(_ decision: MealDecision, of row: MealRow) {
    let now = decision.of(row.personID)
    guard now != row.decision else { return }
    let date = bookedDate(of: now, at: row.stationID)
    let isVerdictNew = row.decision?.verdict != now.verdict
    let change = MealChange(
      pass: row.pass, isNew: row.journalKey == 0, isEnrolled: row.isEnrolled, decision: now,
      decidedDate: isVerdictNew ? date : row.decidedDate ?? date, was: row.decision?.charge)
    bookings[Booking(stationID: row.stationID, date: date), default: []].append((change, row))
  }

  /// The day in whose books a decision counts: its own, unless that is closed or to come.
  private func bookedDate(of decision: MealDecision, at stationID: StationID) -> BusinessDate {
    let today = openDays[stationID] ?? decision.date
    let isOpen = decision.date > lastClosed[stationID] ?? .earliest && decision.date <= today
    return isOpen ? decision.date : today
  }

  private func write() throws {
    let order = bookings.keys.sorted {
      ($0.date, $0.stationID.text) < ($1.date, $1.stationID.text)
    }
    for booking in order { try write(bookings[booking] ?? [], booking) }
    if !order.isEmpty { unit.announceMeals() }
  }

  private func write(
    _ changes: [(change: MealChange, row: MealRow)], _ booking: Booking
  ) throws {
    let entry = Entry(changes.map(\.change))
    let id = UUID()
    let body = JSON.members([
      "id": .string(Identifier<MealChange>(id).text),
      "stationID": .string(booking.stationID.text),
      "businessDate": .string(booking.date.description),
      "changes": .array(changes.map(\.change.json)), "entry": entry.json,
    ])
    let head = try unit.append(.mealsJudged, body, atMs: nowMs)
    try unit.post(entry, head)
    try unit.insert(
      TillEvent(
        kind: .mealsJudged,
        request: ClientRequest(id: id, contentHash: Array(repeating: 0, count: 32)),
        stationID: booking.stationID, businessDate: booking.date, atMs: nowMs), head)
    var place = 0
    for (change, row) in changes {
      try unit.write(change, of: row, head)
      try unit.book(change, of: row, on: booking.date, place: &place, head)
    }
  }
}

extension MealDecision {
  /// The same with another charge.
  fileprivate func charging(_ charge: MealCharge?) -> MealDecision {
    MealDecision(
      passID: passID, personID: personID, centreID: centreID, atMs: atMs, date: date,
      verdict: verdict, ruling: ruling, charge: charge)
  }

  /// The same of a person.
  fileprivate func of(_ personID: PersonID?) -> MealDecision {
    MealDecision(
      passID: passID, personID: personID, centreID: centreID, atMs: atMs, date: date,
      verdict: verdict, ruling: ruling, charge: charge)
  }
}

extension UnitOfWork {
  /// Tells who shows meals, once this is on disk.
  func announceMeals() {
    let signal = facts.mealSignal
    db.afterNextTransaction { _ in signal.post() }
  }
}

extension Enrolment {
  init(_ row: Row) throws {
    guard let from = BusinessDate(row["fromDate"] as String) else {
      throw StoreProblem.badRecord("enrolment")
    }
    self.init(
      id: Identifier(row["id"] as Data), centreID: Identifier(row["centreID"] as Data),
      number: row["number"], personID: Identifier(row["personID"] as Data), from: from,
      until: (row["untilDate"] as String?).flatMap { BusinessDate($0) })
  }
}
