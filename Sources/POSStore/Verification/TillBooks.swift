import FoundationEssentials
import GRDB
import POS

/// Tills and days as the journal tells of them, one record after the other: the verifier's own
/// sums, which reports and closes are held against.
struct TillBooks {
  /// A session as its records leave it.
  struct Session {
    let session: TillSession
    let key: JournalKey
    let businessDate: BusinessDate
    var responsible: UserID
    var ended: (key: Int64, atMs: Int64, date: BusinessDate)?
    var closedKey: Int64?
    var lastCount: TillCount?
    var figures = TillFigures()
  }

  private(set) var sessions: [TillSessionID: Session] = [:]
  var lastClosedDays: [StationID: BusinessDate] = [:]
  /// By station, what counts for the days that are not closed yet.
  var openDays: [StationID: [BusinessDate: DayBook]] = [:]
  /// By station, the balances of the last day close.
  var balances: [StationID: LedgerSums] = [:]
  /// By station and month, its day closes in order.
  var closedDays: [StationID: [Month: [ClosedDay]]] = [:]

  /// What counts for a day.
  struct DayBook {
    var figures = TillFigures()
    var zNumbers: [Int64] = []
  }
  private var perpetual: [StationID: PerpetualTotals] = [:]
  private var numbers: [String: Int64] = [:]
  /// The policies told of so far.
  var policies = PolicyTimeline()

  /// The day that a record counts for, by the rules; it enters no closed day.
  func businessDate(of record: OtherRecord, in session: Session?) throws -> BusinessDate {
    if let ended = session?.ended { return ended.date }
    return .openDay(
      atMs: record.atMs, cutMinutes: policies.policy(atMs: record.atMs).dayCutMinutes,
      lastClosed: lastClosedDays[try record.id("stationID")])
  }

  /// Checks the day of a sale or return: it enters no closed day.
  func checkDate(
    _ date: BusinessDate, _ policy: CharityPolicy, _ context: TillContext, _ key: JournalKey
  ) throws {
    let expected = BusinessDate.openDay(
      atMs: context.atMs, cutMinutes: policy.dayCutMinutes,
      lastClosed: lastClosedDays[context.stationID])
    guard date == expected else { throw key.wrong("its business day is not that of its time") }
  }

  /// Takes in a sale or return.
  mutating func add(
    _ source: TillFigures.Source, total: Money, entry: JSON?, of context: TillContext,
    _ date: BusinessDate, _ key: JournalKey
  ) throws {
    guard let session = sessions[context.tillSessionID], session.ended == nil else {
      throw key.wrong("its till session was not open")
    }
    try sessions[context.tillSessionID]?.figures.add(source, total: total, entry: entry)
    try openDays[context.stationID, default: [:]][date, default: DayBook()].figures.add(
      source, total: total, entry: entry)
  }

  /// Takes in a record that posts but is of no till.
  mutating func add(_ record: OtherRecord) throws -> BusinessDate {
    let date = try businessDate(of: record, in: nil)
    try addToDay(record, date)
    return date
  }

  mutating func addToDay(_ record: OtherRecord, _ date: BusinessDate) throws {
    let source = TillFigures.Source(kind: record.kind.rawValue)
    let stationID: StationID = try record.id("stationID")
    var book = openDays[stationID]?[date] ?? DayBook()
    if record.body["entry"] != nil { try book.figures.add(source, entry: record.body["entry"]) }
    if record.kind == .tillClosed { book.zNumbers.append(try record.integer("number")) }
    openDays[stationID, default: [:]][date] = book
  }

  /// Takes in an opening.
  mutating func open(_ record: OtherRecord) throws -> BusinessDate {
    let session = TillSession(
      id: try record.id("id"), tillID: try record.id("tillID"),
      stationID: try record.id("stationID"), openedBy: try record.id("userID"),
      openedAtMs: record.atMs, float: Money(fen: try record.integer("floatFen")))
    let date = try businessDate(of: record, in: nil)
    if let named = record.body["businessDate"]?.stringValue {
      guard named == date.description else {
        throw record.wrong("its business day is not that of its time")
      }
    }
    var opened = Session(
      session: session, key: record.key, businessDate: date, responsible: session.openedBy)
    try opened.figures.add(record.kind, record.body)
    sessions[session.id] = opened
    try addToDay(record, date)
    return date
  }

  /// Takes in what happened at an open or ended session; the day it counts for.
  mutating func note(_ record: OtherRecord) throws -> BusinessDate {
    let id: TillSessionID = try record.id("tillSessionID")
    guard var session = sessions[id], session.closedKey == nil else {
      throw record.wrong("its till session is closed or was never opened")
    }
    let date = try businessDate(of: record, in: session)
    guard
      record.kind == .basketVoided || record.body["businessDate"]?.stringValue == date.description
    else { throw record.wrong("its business day is not that of its time") }
    try check(record, session)
    switch record.kind {
    case .tillHandedOver: session.responsible = try record.id("toUserID")
    case .tillEnded: session.ended = (record.key.value, record.atMs, date)
    case .tillCounted:
      if session.ended == nil { session.ended = (record.key.value, record.atMs, date) }
      session.lastCount = try TillCount(body: record.body)
    case .tillClosed:
      session.closedKey = record.key.value
      perpetual[session.session.stationID] = try PerpetualTotals(json: record.body["perpetual"])
      // Nothing more enters it: its sums are not needed again.
      session.figures = TillFigures()
    default: break
    }
    if record.kind != .tillClosed { try session.figures.add(record.kind, record.body) }
    sessions[id] = session
    if record.kind != .basketVoided { try addToDay(record, date) }
    return date
  }

  private func check(_ record: OtherRecord, _ session: Session) throws {
    switch record.kind {
    case .cashMoved:
      try record.check(
        isMadeOf: try CashMovement(body: record.body).members.adding(contentsOf: common(record)))
    case .tillCounted:
      let count = try TillCount(body: record.body)
      guard count.expected == session.figures.expectedCash else {
        throw record.wrong("its expectedFen is not what the session's records come to")
      }
      guard count.tolerance == policies.policy(atMs: record.atMs).overShortTolerance else {
        throw record.wrong("its toleranceFen is not that of the policy")
      }
      try record.check(isMadeOf: count.members.adding(contentsOf: common(record)))
    case .xReport:
      try record.check(
        isMadeOf: JSON.members([
          "id": record.body["id"], "tillSessionID": record.body["tillSessionID"],
          "tillID": .string(session.session.tillID.text),
          "openedAtMs": .integer(session.session.openedAtMs),
          "floatFen": .integer(session.session.float.fen),
        ]).adding(contentsOf: session.figures.members).adding(contentsOf: common(record)))
    case .tillClosed: try checkZ(record, session)
    default: break
    }
  }

  /// Who, where and for which day: of these the row tells.
  private func common(_ record: OtherRecord) -> JSON {
    .members([
      "stationID": record.body["stationID"], "userID": record.body["userID"],
      "businessDate": record.body["businessDate"],
    ])
  }

  private func checkZ(_ record: OtherRecord, _ session: Session) throws {
    guard let count = session.lastCount, let ended = session.ended else {
      throw record.wrong("its till session was not counted")
    }
    let reason = record.body["reason"]?.stringValue.flatMap(OverShortReason.init(rawValue:))
    let close = TillClose(
      id: try record.id("id"), userID: try record.id("userID"), reason: reason)
    let report: ZReport
    do throws(TillRefusal) {
      report = try ZReport(
        close, count: count, figures: session.figures,
        previous: perpetual[session.session.stationID] ?? .zero,
        allowedActs: Set(ManagedAct.allCases))
    } catch {
      throw record.wrong("it does not follow from its count: \(error)")
    }
    try record.check(
      isMadeOf: report.body(
        of: session.session, number: try record.integer("number"), businessDate: ended.date))
  }

  /// Checks that a closing has the next number of its series.
  mutating func checkNumber(_ kind: ClosingKind, _ record: OtherRecord) throws {
    let series =
      "\(kind.rawValue) \(record.key.epoch) \(record.body["stationID"]?.stringValue ?? "")"
    let expected = numbers[series, default: 0] + 1
    guard record.body["number"]?.integerValue == expected else {
      throw record.wrong("its number is not \(expected): gap in numbers")
    }
    numbers[series] = expected
  }
}

extension OtherRecord {
  func wrong(_ problem: String) -> Finding { key.wrong(problem) }

  func id<Subject>(_ name: String) throws -> Identifier<Subject> {
    guard let id = body[name]?.stringValue.flatMap({ Identifier<Subject>($0) }) else {
      throw wrong("member \(name) is missing or wrong")
    }
    return id
  }

  func integer(_ name: String) throws -> Int64 {
    guard let number = body[name]?.integerValue else {
      throw wrong("member \(name) is missing or wrong")
    }
    return number
  }

  /// Holds the record against one made anew, and names the first member that differs.
  func check(isMadeOf made: JSON) throws {
    guard made.adding("request", body["request"]) != body else { return }
    guard case .object(let members) = made else { return }
    let different = members.first { body[$0.name] != $0.value }?.name
    throw wrong("its \(different ?? "members") do not follow from the records before it")
  }
}
