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
    let new = try judging.add(passes)
    let decisions = try judging.finish()
    return try passes.map { pass in
      guard let decision = try decisions[pass.id] ?? mealRow(pass.id)?.decision else {
        throw StoreProblem.badRecord("meal")
      }
      return MealOutcome(decision: decision, isKnown: !new.contains(pass.id))
    }
  }

  /// The row of a pass; `nil` if there is none.
  func mealRow(_ id: MealPassID) throws -> MealRow? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(MealRow.columns) FROM meal WHERE id = ?"),
      arguments: [id.data]
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
  private var decided: [MealPassID: MealDecision] = [:]
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

  /// Takes in passes; the ids of those that are not on record yet.
  mutating func add(_ passes: [MealPass]) throws -> Set<MealPassID> {
    var new = Set(passes.map(\.id))
    try unit.forEachRow(of: passes.map(\.id.data)) { marks in
      "SELECT id FROM meal WHERE id IN (\(marks))"
    } _: { row in
      new.remove(Identifier(row[0] as UUID))
    }
    var left = new
    let fresh = passes.filter { left.remove($0.id) != nil }
    let enrolments = try enrolments(under: fresh)
    for pass in fresh {
      let place = Place(centreID: pass.centreID, number: pass.number)
      let own = try pass.personID.map { try self.enrolments(of: $0, at: pass.centreID) }
      let (personID, isEnrolled) = whose(pass, own ?? enrolments[place] ?? [])
      add(
        MealRow(
          pass, at: try station(of: pass.centreID), personID: personID, isEnrolled: isEnrolled))
    }
    return new
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

  /// A number at a centre.
  private struct Place: Hashable {
    let centreID: CentreID
    let number: String
  }

  /// The enrolments under the numbers of passes, the earliest first.
  private func enrolments(under passes: [MealPass]) throws -> [Place: [Enrolment]] {
    var found: [Place: [Enrolment]] = [:]
    for (centreID, ofCentre) in Dictionary(grouping: passes, by: \.centreID) {
      let numbers = Set(ofCentre.filter { $0.personID == nil }.map(\.number)).sorted()
      try unit.forEachRow(of: numbers, after: centreID.data) { marks in
        """
        SELECT \(Enrolment.columns) FROM enrolment WHERE centreID = ? AND number IN (\(marks))
        ORDER BY fromDate
        """
      } _: { row in
        let one = try Enrolment(row)
        found[Place(centreID: centreID, number: one.number), default: []].append(one)
      }
    }
    return found
  }

  /// The enrolments of a person whom staff named, the earliest first.
  private func enrolments(of personID: PersonID, at centreID: CentreID) throws -> [Enrolment] {
    try Row.fetchAll(
      unit.db.cachedStatement(
        sql: """
          SELECT \(Enrolment.columns) FROM enrolment WHERE centreID = ? AND personID = ?
          ORDER BY fromDate
          """), arguments: [centreID.data, personID.data]
    ).map { try Enrolment($0) }
  }

  /// Whose pass it is: whose number it is on that day, or was on some other.
  private func whose(
    _ pass: MealPass, _ enrolments: [Enrolment]
  ) -> (PersonID?, isEnrolled: Bool) {
    let date = self.date(of: pass)
    let current = enrolments.first { $0.covers(date) }
    return (pass.personID ?? (current ?? enrolments.last)?.personID, current != nil)
  }

  private func date(of pass: MealPass) -> BusinessDate {
    unit.facts.policies.date(atMs: pass.atMs)
  }

  // MARK: - What is decided

  /// Decides, and writes what changed.
  ///
  /// - Returns: what was decided of the passes of all people in question.
  @discardableResult
  mutating func finish() throws -> [MealPassID: MealDecision] {
    for row in unknown { decideAlone(row) }
    let records = try MealRecords(of: order, unit, closed: closedEverywhere) { personID in
      (people[personID] ?? []).map { date(of: $0.pass) }.min()
    }
    for personID in order { try decide(personID, people[personID] ?? [], records) }
    try write()
    return decided
  }

  private mutating func decide(
    _ personID: PersonID, _ new: [MealRow], _ records: MealRecords
  ) throws {
    guard let person = records.people[personID] else {
      // Nobody knows the person any more: what was decided before stays.
      for row in new where row.decision?.charge == nil { decideAlone(row) }
      return
    }
    let known = records.rows[personID] ?? []
    let rows = known.filter { row in !new.contains { $0.pass.id == row.pass.id } } + new
    let closedCharges = try closedCharges(of: personID, rows)
    let events = rows.map { row in event(of: row, closedCharges) }
    let diner = diner(
      person, rows, closedCharges, account: records.accounts[personID] ?? .empty,
      money: records.money[personID] ?? [])
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
    _ person: PersonFacts, _ rows: [MealRow], _ closedCharges: [MealPassID: MealCharge?],
    account: MealAccount, money: [MealRecords.Payment]
  ) -> Diner {
    var carried = account
    for row in rows {
      let closed = isFixed(row) ? closedCharges[row.pass.id] ?? row.decision?.charge : nil
      if let charge = row.decision?.charge { carried.giveBack(charge) }
      if let closed { carried.take(closed) }
    }
    let open = money.filter { $0.date > lastClosed[$0.stationID] ?? .earliest }.map(\.money)
    for one in open { carried.takeBack(one) }
    return Diner(person: person, carried: carried, money: open)
  }

  // MARK: - What is written

  /// Notes a decision that differs from what is on record.
  private mutating func note(_ decision: MealDecision, of row: MealRow) {
    let now = decision.of(row.personID)
    decided[row.pass.id] = now
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
  /// What `init(_:)` reads, in its order.
  static let columns = "id, centreID, number, personID, fromDate, untilDate"

  /// A row of `columns`, whatever comes after them.
  init(_ row: Row) throws {
    guard let from = BusinessDate(row[4] as String) else {
      throw StoreProblem.badRecord("enrolment")
    }
    self.init(
      id: Identifier(row[0] as UUID), centreID: Identifier(row[1] as UUID), number: row[2],
      personID: Identifier(row[3] as UUID), from: from,
      until: (row[5] as String?).flatMap { BusinessDate($0) })
  }
}
