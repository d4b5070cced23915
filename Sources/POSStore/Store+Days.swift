import FoundationEssentials
import GRDB
public import POS

/// A day so far, and what keeps it from being closed.
public struct DayReading: Sendable {
  public let close: DayClose
  /// `nil` if the day can be closed.
  public let blockedBy: DayRefusal?
}

extension Store {
  /// What a day came to so far; nothing changes.
  public func day(
    _ date: BusinessDate, at stationID: StationID, atMs: Int64
  ) async throws -> DayReading {
    try await read { unit in
      var blockedBy: DayRefusal?
      do {
        try unit.checkClosable(date, at: stationID, atMs: atMs)
      } catch let refusal as DayRefusal {
        blockedBy = refusal
      }
      return DayReading(close: try unit.dayClose(date, at: stationID), blockedBy: blockedBy)
    }
  }

  /// Closes a business day over all tills of a station: sums, transfers, record and number in one
  /// unit. A day that is closed is answered with its close, whoever asks again.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `DayRefusal`: `past`, `notBegun`,
  ///   `earlierDayOpen`, `tillsNotClosed`.
  public func closeDay(
    _ date: BusinessDate, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .dayClosed, at: user.stationID) {
        return (done, true)
      }
      let closed = try unit.closings(
        "closing.kind = 'day' AND stationID = ? AND subject = ?",
        [user.stationID.data, date.description])
      if let done = closed.first { return (done, true) }
      try unit.checkClosable(date, at: user.stationID, atMs: asked.atMs)
      return (try unit.closeDay(date, by: user, asked), false)
    }
  }

  /// The balance of every account of a station after a day.
  public func trialBalance(
    on date: BusinessDate, at stationID: StationID
  ) async throws -> LedgerSums {
    try await read { unit in
      let last = try unit.lastClose(at: stationID, upTo: date)
      var sums = try LedgerSums(json: last?.body["balances"] ?? [])
      let from = last?.body["businessDate"]?.stringValue ?? ""
      let rows = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT account, SUM(amountMicroYuan) AS amount FROM (
            SELECT account, amountMicroYuan FROM sale JOIN posting USING (journalKey)
            WHERE stationID = ?1 AND businessDate > ?2 AND businessDate <= ?3
            UNION ALL
            SELECT account, amountMicroYuan FROM tillEvent JOIN posting USING (journalKey)
            WHERE stationID = ?1 AND businessDate > ?2 AND businessDate <= ?3)
          GROUP BY account
          """, arguments: [stationID.data, from, date.description])
      for row in rows { sums.add(row["account"], row["amount"]) }
      return sums
    }
  }
}

extension UnitOfWork {
  /// - Throws: `DayRefusal`.
  fileprivate func checkClosable(
    _ date: BusinessDate, at stationID: StationID, atMs: Int64
  ) throws {
    let lastClosed = try lastClosedDay(at: stationID)
    if let lastClosed, date <= lastClosed { throw DayRefusal.past(lastClosed: lastClosed) }
    let today = facts.policies.date(atMs: atMs)
    guard date <= today else { throw DayRefusal.notBegun(today: today) }
    if let earlier = try firstOpenDay(at: stationID, after: lastClosed, before: date) {
      throw DayRefusal.earlierDayOpen(earlier)
    }
    let waiting = try Data.fetchAll(
      db,
      sql: """
        SELECT id FROM tillSession WHERE stationID = ? AND businessDate <= ?
        AND closedKey IS NULL ORDER BY openedKey
        """, arguments: [stationID.data, date.description])
    guard waiting.isEmpty else {
      throw DayRefusal.tillsNotClosed(waiting.map { Identifier($0) })
    }
  }

  /// The first day with entries between two days.
  func firstOpenDay(
    at stationID: StationID, after: BusinessDate?, before: BusinessDate
  ) throws -> BusinessDate? {
    let found = try ["sale", "tillEvent"].compactMap { table in
      try String.fetchOne(
        db,
        sql: """
          SELECT businessDate FROM \(table)
          WHERE stationID = ? AND businessDate > ? AND businessDate < ?
          ORDER BY businessDate LIMIT 1
          """, arguments: [stationID.data, after?.description ?? "", before.description])
    }
    return found.min().flatMap { BusinessDate($0) }
  }

  /// The last day close of a station, up to a day.
  fileprivate func lastClose(
    at stationID: StationID, upTo date: BusinessDate
  ) throws -> StoredEvent? {
    try closings(
      """
      closing.kind = 'day' AND stationID = ? AND subject <= ? ORDER BY subject DESC LIMIT 1
      """, [stationID.data, date.description]
    ).first
  }

  fileprivate func dayClose(_ date: BusinessDate, at stationID: StationID) throws -> DayClose {
    let last = try closings(
      "closing.kind = 'day' AND stationID = ? AND subject < ? ORDER BY subject DESC LIMIT 1",
      [stationID.data, date.description]
    ).first
    let zNumbers = try Int64.fetchAll(
      db,
      sql: """
        SELECT number FROM tillEvent JOIN closing USING (journalKey)
        WHERE tillEvent.stationID = ? AND businessDate = ? AND tillEvent.kind = 'tillClosed'
        ORDER BY journalKey
        """, arguments: [stationID.data, date.description])
    return DayClose(
      businessDate: date, zNumbers: zNumbers, figures: try figures(of: date, at: stationID),
      opening: try LedgerSums(json: last?.body["balances"] ?? []),
      statements: try statementSums(on: date, at: stationID))
  }

  /// What counts for a day, found by its date: the cost is that of the day, not of history.
  private func figures(of date: BusinessDate, at stationID: StationID) throws -> TillFigures {
    var figures = TillFigures()
    let arguments: StatementArguments = [stationID.data, date.description]
    let totals = try Row.fetchAll(
      db,
      sql: """
        SELECT kind, COUNT(*) AS count, SUM(totalFen) AS fen FROM sale
        WHERE stationID = ? AND businessDate = ? GROUP BY kind
        """, arguments: arguments)
    for row in totals {
      if row["kind"] as String == "sale" {
        figures.sales.add(row["fen"], count: row["count"])
      } else {
        figures.returns.add(-(row["fen"] as Int64), count: row["count"])
      }
    }
    for table in ["sale", "tillEvent"] {
      let sums = try Row.fetchAll(
        db, sql: Self.daySums(of: table), arguments: arguments)
      for row in sums {
        figures.add(
          TillFigures.Source(kind: row["kind"]), account: row["account"],
          microYuan: row["amount"])
      }
    }
    return figures
  }

  /// The sums of a day's postings by kind and account.
  static func daySums(of table: String) -> String {
    """
    SELECT kind, account, SUM(amountMicroYuan) AS amount FROM \(table)
    JOIN posting USING (journalKey)
    WHERE stationID = ? AND businessDate = ? AND kind <> 'dayClosed' GROUP BY kind, account
    """
  }

  fileprivate func closeDay(
    _ date: BusinessDate, by user: User, _ asked: TillRequest
  ) throws -> StoredEvent {
    let close = try dayClose(date, at: user.stationID)
    let number = try nextClosingNumber(.day, at: user.stationID)
    let body = JSON.members([
      "id": .string(asked.subjectID), "number": .integer(number),
    ]).adding(contentsOf: close.members).adding(by: user)
    let stored = try record(
      TillEvent(
        kind: .dayClosed, request: asked.request, stationID: user.stationID,
        businessDate: date, atMs: asked.atMs), body, close.entry)
    try seal(stored.head, atMs: asked.atMs)
    try insert(
      Closing(
        kind: .day, stationID: user.stationID, number: number, subject: date.description),
      stored.head)
    try queuePrint(closing: .dayClose, of: stored, at: user.stationID)
    return stored
  }
}

extension TillFigures.Source {
  /// Where the postings of a kind of record belong in a day.
  init(kind: String) {
    switch kind {
    case "sale": self = .sales
    case "return": self = .returns
    case "tenderCorrected": self = .corrections
    case "mealMoneyTaken", "mealMoneyUndone": self = .meals
    default: self = .drawer
    }
  }
}
