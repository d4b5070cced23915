import FoundationEssentials
import GRDB
public import POS

// From the last sale of a session to its Z; each step is one unit, and the same request again
// changes nothing.
extension Store {
  /// Ends a session: it sells no more and waits for its count.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `.noOpenTillSession`.
  public func end(
    _ id: TillSessionID, by user: User, _ asked: TillRequest
  ) async throws -> (reading: TillReading, isReplay: Bool) {
    try await write { unit in
      let done = try unit.replay(of: asked.request, .tillEnded, at: user.stationID)
      if done == nil {
        let till = try unit.tillRow(id, at: user.stationID)
        guard till.state == .open else { throw StoreRefusal.noOpenTillSession }
        let body = JSON.members([
          "id": .string(asked.subjectID), "tillSessionID": .string(id.text),
        ]).adding(by: user)
        let event = try unit.record(try unit.event(.tillEnded, in: till, asked), body, nil)
        try unit.markEnded(till, by: event)
      }
      guard let reading = try unit.tillReading(id: id, at: user.stationID) else {
        throw StoreRefusal.notFound
      }
      return (reading, done != nil)
    }
  }

  /// Counts a drawer blind; an open session is ended by it. Every count stays on record.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `TillRefusal.sessionClosed`.
  public func count(
    _ id: TillSessionID, _ count: CashCount, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    let tolerance = policies.policy(atMs: asked.atMs).overShortTolerance
    return try await write { unit in
      if let done = try unit.replay(of: asked.request, .tillCounted, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.unclosedTill(id, at: user.stationID)
      let made = TillCount(
        id: TillCountID(asked.request.id), tillSessionID: id, count: count,
        expected: try unit.expectedCash(in: id), tolerance: tolerance)
      let event = try unit.record(
        try unit.event(.tillCounted, in: till, asked), made.members.adding(by: user), nil)
      if till.state == .open { try unit.markEnded(till, by: event) }
      return (event, false)
    }
  }

  /// Closes a counted session by its Z report. A session that is closed is answered with its Z.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (also: no such count of this
  ///   session), `.approvalNotValid`, `TillRefusal`: `countStale`, `reasonNeeded`,
  ///   `approvalNeeded`.
  public func close(
    _ id: TillSessionID, counted countID: TillCountID, reason: OverShortReason?, by user: User,
    _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .tillClosed, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.tillRow(id, at: user.stationID)
      if till.state == .closed, let z = try unit.zReport(of: id) { return (z, true) }
      let close = TillClose(id: ZReportID(asked.request.id), userID: user.id, reason: reason)
      return (try unit.close(till, close, counted: countID, by: user, asked), false)
    }
  }

  /// What happened in a session so far; `nil` if there is none. Nothing changes.
  public func figures(
    of id: TillSessionID, at stationID: StationID
  ) async throws -> (reading: TillReading, figures: TillFigures)? {
    try await read { unit in
      guard let reading = try unit.tillReading(id: id, at: stationID) else { return nil }
      return (reading, try unit.figures(of: id))
    }
  }

  /// Puts an X report on record and prints it; it changes nothing.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `TillRefusal.sessionClosed`.
  public func takeXReport(
    of id: TillSessionID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .xReport, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.unclosedTill(id, at: user.stationID)
      let body = JSON.members([
        "id": .string(asked.subjectID), "tillSessionID": .string(id.text),
        "tillID": .string(till.session.tillID.text),
        "openedAtMs": .integer(till.session.openedAtMs),
        "floatFen": .integer(till.session.float.fen),
      ]).adding(contentsOf: try unit.figures(of: id).members).adding(by: user)
      let event = try unit.record(try unit.event(.xReport, in: till, asked), body, nil)
      try unit.queuePrint(
        document: .xReport, of: event.head, at: till.session.tillID, copy: 0, atMs: asked.atMs)
      return (event, false)
    }
  }
}

extension UnitOfWork {
  /// An event of a session, for the day it counts for.
  func event(
    _ kind: JournalKind, in till: TillRow, _ asked: TillRequest, subject: UUID? = nil
  ) throws -> TillEvent {
    TillEvent(
      kind: kind, request: asked.request, stationID: till.session.stationID,
      tillSessionID: till.session.id, subject: subject,
      businessDate: try day(of: till, atMs: asked.atMs), atMs: asked.atMs)
  }

  fileprivate func markEnded(_ till: TillRow, by event: StoredEvent) throws {
    try db.execute(
      sql: "UPDATE tillSession SET endedKey = ?, endedAtMs = ?, endedDate = ? WHERE id = ?",
      arguments: [
        event.key, event.atMs, event.body["businessDate"]?.stringValue, till.session.id.data,
      ])
  }

  /// The Z report of a closed session.
  fileprivate func zReport(of id: TillSessionID) throws -> StoredEvent? {
    try events("tillSessionID = ? AND tillEvent.kind = 'tillClosed'", [id.data]).first
  }

  fileprivate func close(
    _ till: TillRow, _ close: TillClose, counted countID: TillCountID, by user: User,
    _ asked: TillRequest
  ) throws -> StoredEvent {
    let id = till.session.id
    let counts = try events(
      """
      tillSessionID = ? AND tillEvent.kind = 'tillCounted' ORDER BY journalKey
      """, [id.data])
    let named = try counts.map { try TillCount(body: $0.body) }.first { $0.id == countID }
    guard let count = named else { throw StoreRefusal.notFound }
    let allowed = try allowedActs(
      of: user, approvalID: asked.approvalID, subjectID: asked.subjectID, atMs: asked.atMs)
    guard counts.last?.body["id"]?.stringValue == countID.text else {
      throw TillRefusal.countStale
    }
    let report = try ZReport(
      close, count: count, figures: try figures(of: id), previous: try lastPerpetual(till),
      allowedActs: allowed)
    let number = try nextClosingNumber(.till, at: user.stationID)
    let event = try event(.tillClosed, in: till, asked)
    let stored = try record(
      event, report.body(of: till.session, number: number, businessDate: event.businessDate),
      report.entry)
    try seal(stored.head, atMs: asked.atMs)
    try insert(
      Closing(kind: .till, stationID: user.stationID, number: number, subject: id.text),
      stored.head)
    try db.execute(
      sql: "UPDATE tillSession SET closedKey = ? WHERE id = ?", arguments: [stored.key, id.data])
    try queuePrint(
      document: .zReport, of: stored.head, at: till.session.tillID, copy: 0, atMs: asked.atMs)
    // An approval that was not needed stays unused: the count was within the tolerance.
    if count.isOverTolerance { try use(asked.approvalID, of: user, by: stored.head) }
    return stored
  }

  private func lastPerpetual(_ till: TillRow) throws -> PerpetualTotals {
    let last = try closings(
      "closing.kind = 'till' AND stationID = ? ORDER BY closing.journalKey DESC LIMIT 1",
      [till.session.stationID.data])
    return try last.first.map { try PerpetualTotals(json: $0.body["perpetual"]) } ?? .zero
  }
}
