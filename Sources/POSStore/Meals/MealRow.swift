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

  init(_ row: Row) throws {
    let way = try Self.way(row)
    pass = MealPass(
      id: Identifier(row["id"] as Data), key: "", centreID: Identifier(row["centreID"] as Data),
      terminalID: (row["terminalID"] as Data?).map { Identifier($0) }, number: row["number"],
      personID: (row["personID"] as Data?).map { Identifier($0) }, atMs: row["atMs"],
      receivedAtMs: row["receivedAtMs"], isLive: row["isLive"], way: way,
      isClockDoubtful: row["isClockDoubtful"])
    stationID = Identifier(row["stationID"] as Data)
    personID = pass.personID
    isEnrolled = row["isEnrolled"]
    if let word = row["said"] as String?, let ruling = MealRuling(rawValue: word) {
      said = RulingInOrder(ruling, order: row["saidKey"])
    }
    journalKey = row["journalKey"]
    guard let date = BusinessDate(row["date"] as String),
      let decidedDate = BusinessDate(row["decidedDate"] as String)
    else { throw StoreProblem.badRecord("meal") }
    self.decidedDate = decidedDate
    decision = MealDecision(
      passID: pass.id, personID: personID, centreID: pass.centreID, atMs: pass.atMs, date: date,
      verdict: try Self.verdict(row),
      ruling: (row["ruling"] as String?).flatMap { MealRuling(rawValue: $0) },
      charge: try Self.charge(row))
  }

  private static func way(_ row: Row) throws -> MealWay {
    switch row["way"] as String {
    case "face": return .face
    case "card": return .card
    case "code": return .code
    case let word:
      guard
        let means = MealWitness.Means.allCases.first(where: {
          MealWay.staff(MealWitness(means: $0, userID: .none, witnessID: .none)).word == word
        }), let user = row["userID"] as Data?, let witness = row["witnessID"] as Data?
      else { throw StoreProblem.badRecord("meal") }
      return .staff(
        MealWitness(means: means, userID: Identifier(user), witnessID: Identifier(witness)))
    }
  }

  private static func verdict(_ row: Row) throws -> MealVerdict {
    let other = (row["otherID"] as Data?).map { MealPassID($0) }
    let period = row["period"] as String?
    switch (row["verdict"] as String, period, other) {
    case ("served", let period?, _): return .served(period: period)
    case ("repeat", _, let other?): return .repeated(of: other)
    case ("second", let period?, let other?): return .second(of: other, period: period)
    case ("conflict", let period?, let other?): return .conflict(with: other, period: period)
    case ("exception", _, _):
      guard let reason = (row["reason"] as String?).flatMap({ MealException(rawValue: $0) })
      else { throw StoreProblem.badRecord("meal") }
      return .exception(reason)
    default: throw StoreProblem.badRecord("meal")
    }
  }

  /// The charge in the columns of `meal` or `mealCharge`.
  static func charge(_ row: Row) throws -> MealCharge? {
    guard let priceFen = row["priceFen"] as Int64? else { return nil }
    guard let way = (row["payment"] as String?).flatMap({ MealCharge.Way(rawValue: $0) }) else {
      throw StoreProblem.badRecord("meal")
    }
    var subsidy: MealSubsidy?
    if let fen = row["subsidyFen"] as Int64? {
      subsidy = MealSubsidy(
        rule: row["subsidyRule"], funder: row["funder"], amount: Money(fen: fen))
    }
    return MealCharge(price: Money(fen: priceFen), subsidy: subsidy, way: way)
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
