import FoundationEssentials
import GRDB
import POS

/// A row of `meal`: a pass with the last that was decided about it.
struct MealRow {
  let pass: MealPass
  let stationID: StationID
  var personID: PersonID?
  var isEnrolled: Bool
  /// What people said of this very pass.
  var said: RulingInOrder?
  /// `nil` for a pass that is judged for the first time.
  var decision: MealDecision?
  var decidedDate: BusinessDate?
  /// The record that decided it last.
  var journalKey: Int64 = 0

  /// A pass that comes in.
  init(_ pass: MealPass, at stationID: StationID, personID: PersonID?, isEnrolled: Bool) {
    self.pass = pass
    self.stationID = stationID
    self.personID = personID
    self.isEnrolled = isEnrolled
  }

  /// What `init(_:)` reads, in its order. Looking columns up by name costs more than all else of a
  /// row, and these are read by the thousand.
  static let columns = Column.allCases.map { "\($0)" }.joined(separator: ", ")

  fileprivate enum Column: Int, CaseIterable {
    case id, journalKey, stationID, centreID, terminalID, number, atMs, receivedAtMs, way, isLive
    case isClockDoubtful, userID, witnessID, personID, isEnrolled, date, decidedDate, verdict
    case reason, otherID, period, ruling, priceFen, subsidyFen, subsidyRule, funder, payment, said
    case saidKey
  }

  /// A row of `columns`.
  init(_ row: Row) throws {
    pass = MealPass(
      id: row.id(.id), key: "", centreID: row.id(.centreID),
      terminalID: row.optionalID(.terminalID),
      number: row[.number], personID: row.optionalID(.personID), atMs: row[.atMs],
      receivedAtMs: row[.receivedAtMs], isLive: row[.isLive], way: try Self.way(row),
      isClockDoubtful: row[.isClockDoubtful])
    stationID = row.id(.stationID)
    personID = pass.personID
    isEnrolled = row[.isEnrolled]
    if let word = row[.said] as String?, let ruling = MealRuling(rawValue: word) {
      said = RulingInOrder(ruling, order: row[.saidKey])
    }
    journalKey = row[.journalKey]
    guard let date = BusinessDate(row[.date] as String),
      let decidedDate = BusinessDate(row[.decidedDate] as String)
    else { throw StoreProblem.badRecord("meal") }
    self.decidedDate = decidedDate
    decision = MealDecision(
      passID: pass.id, personID: personID, centreID: pass.centreID, atMs: pass.atMs, date: date,
      verdict: try Self.verdict(row),
      ruling: (row[.ruling] as String?).flatMap { MealRuling(rawValue: $0) },
      charge: try Self.charge(row, from: Column.priceFen.rawValue))
  }

  private static func way(_ row: Row) throws -> MealWay {
    switch row[.way] as String {
    case "face": return .face
    case "card": return .card
    case "code": return .code
    case let word:
      guard
        let means = MealWitness.Means.allCases.first(where: {
          MealWay.staff(MealWitness(means: $0, userID: .none, witnessID: .none)).word == word
        }), let userID = row.optionalID(.userID) as UserID?,
        let witnessID = row.optionalID(.witnessID) as UserID?
      else { throw StoreProblem.badRecord("meal") }
      return .staff(MealWitness(means: means, userID: userID, witnessID: witnessID))
    }
  }

  private static func verdict(_ row: Row) throws -> MealVerdict {
    let other: MealPassID? = row.optionalID(.otherID)
    let period = row[.period] as String?
    switch (row[.verdict] as String, period, other) {
    case ("served", let period?, _): return .served(period: period)
    case ("repeat", _, let other?): return .repeated(of: other)
    case ("second", let period?, let other?): return .second(of: other, period: period)
    case ("conflict", let period?, let other?): return .conflict(with: other, period: period)
    case ("exception", _, _):
      guard let reason = (row[.reason] as String?).flatMap({ MealException(rawValue: $0) })
      else { throw StoreProblem.badRecord("meal") }
      return .exception(reason)
    default: throw StoreProblem.badRecord("meal")
    }
  }

  /// The charge in the columns of `meal` or `mealCharge`.
  static func charge(_ row: Row) throws -> MealCharge? {
    guard let first = Array(row.columnNames).firstIndex(of: "priceFen") else {
      throw StoreProblem.badRecord("meal")
    }
    return try charge(row, from: first)
  }

  /// The charge in five columns from one on: price, subsidy, its rule and funder, way of payment.
  private static func charge(_ row: Row, from first: Int) throws -> MealCharge? {
    guard let priceFen = row[first] as Int64? else { return nil }
    guard let way = (row[first + 4] as String?).flatMap({ MealCharge.Way(rawValue: $0) }) else {
      throw StoreProblem.badRecord("meal")
    }
    var subsidy: MealSubsidy?
    if let fen = row[first + 1] as Int64? {
      subsidy = MealSubsidy(
        rule: row[first + 2], funder: row[first + 3], amount: Money(fen: fen))
    }
    return MealCharge(price: Money(fen: priceFen), subsidy: subsidy, way: way)
  }
}

extension Row {
  fileprivate subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    column: MealRow.Column
  ) -> Value { self[column.rawValue] }

  fileprivate func id<Subject>(_ column: MealRow.Column) -> Identifier<Subject> {
    Identifier(self[column] as UUID)
  }

  fileprivate func optionalID<Subject>(_ column: MealRow.Column) -> Identifier<Subject>? {
    (self[column] as UUID?).map { Identifier($0) }
  }
}

extension Identifier {
  /// An id of nothing, where only the form of a value matters.
  fileprivate static var none: Self {
    Self(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
  }
}

extension UnitOfWork {
  /// Writes a decision: a new row, or what changed in the one there is.
  func write(_ change: MealChange, of row: MealRow, _ head: JournalHead) throws {
    let decision = change.decision
    var reason: String?
    if case .exception(let exception) = decision.verdict { reason = exception.rawValue }
    let charge = decision.charge
    let decided: StatementArguments = [
      JournalKey(head).value, decision.personID?.data, change.isEnrolled,
      decision.date.description, change.decidedDate.description, decision.verdict.word, reason,
      decision.verdict.otherPass?.data, decision.verdict.period, decision.ruling?.rawValue,
      charge?.price.fen, charge?.subsidy?.amount.fen, charge?.subsidy?.rule,
      charge?.subsidy?.funder, charge?.way.rawValue,
    ]
    if change.isNew {
      try insert(row, decided)
    } else {
      try db.cachedStatement(
        sql: """
          UPDATE meal SET journalKey = ?, personID = ?, isEnrolled = ?, date = ?, decidedDate = ?,
            verdict = ?, reason = ?, otherID = ?, period = ?, ruling = ?, priceFen = ?,
            subsidyFen = ?, subsidyRule = ?, funder = ?, payment = ? WHERE id = ?
          """
      ).execute(arguments: decided + [row.pass.id.data])
    }
  }

  private func insert(_ row: MealRow, _ decided: StatementArguments) throws {
    let pass = row.pass
    var witness: MealWitness?
    if case .staff(let given) = pass.way { witness = given }
    try db.cachedStatement(
      sql: """
        INSERT INTO meal (journalKey, personID, isEnrolled, date, decidedDate, verdict, reason,
          otherID, period, ruling, priceFen, subsidyFen, subsidyRule, funder, payment, id,
          stationID, centreID, terminalID, number, atMs, receivedAtMs, way, isLive,
          isClockDoubtful, userID, witnessID)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: decided + [
        pass.id.data, row.stationID.data, pass.centreID.data, pass.terminalID?.data, pass.number,
        pass.atMs, pass.receivedAtMs, pass.way.word, pass.isLive, pass.isClockDoubtful,
        witness?.userID.data, witness?.witnessID.data,
      ])
  }

  /// Writes what a change charges and takes back, and moves the person's account.
  ///
  /// - Parameter place: of the next row of its record; moved on.
  func book(
    _ change: MealChange, of row: MealRow, on date: BusinessDate, place: inout Int,
    _ head: JournalHead
  ) throws {
    guard change.was != change.decision.charge,
      let personID = change.decision.personID ?? row.personID
    else { return }
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO mealCharge (journalKey, place, mealID, personID, stationID, centreID, date,
          bookedDate, isBack, priceFen, subsidyFen, subsidyRule, funder, payment)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    var account = MealAccount.empty
    for (isBack, charge) in [(true, change.was), (false, change.decision.charge)] {
      guard let charge else { continue }
      try insert.execute(arguments: [
        JournalKey(head).value, place, row.pass.id.data, personID.data, row.stationID.data,
        row.pass.centreID.data, change.decision.date.description, date.description, isBack,
        charge.price.fen, charge.subsidy?.amount.fen, charge.subsidy?.rule,
        charge.subsidy?.funder, charge.way.rawValue,
      ])
      place += 1
      if isBack { account.giveBack(charge) } else { account.take(charge) }
    }
    try move(account, of: personID)
  }

  /// Moves a person's meal account.
  func move(_ change: MealAccount, of personID: PersonID) throws {
    guard change != .empty else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO mealAccount (personID, balanceFen, owedFen) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET balanceFen = balanceFen + excluded.balanceFen,
          owedFen = owedFen + excluded.owedFen
        """
    ).execute(arguments: [personID.data, change.balance.fen, change.owed.fen])
  }

  /// A person's meal account as it is.
  func mealAccount(of personID: PersonID) throws -> MealAccount {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT balanceFen, owedFen FROM mealAccount WHERE personID = ?"),
      arguments: [personID.data])
    guard let row else { return .empty }
    return MealAccount(
      balance: Money(fen: row["balanceFen"]), owed: Money(fen: row["owedFen"]))
  }
}
