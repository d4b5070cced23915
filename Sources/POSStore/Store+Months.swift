import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// What a month came to so far: its days that are closed. Nothing changes.
  public func month(_ month: Month, at stationID: StationID) async throws -> MonthClose {
    try await read { unit in try unit.monthClose(month, at: stationID) }
  }

  /// Closes a month: the sums of its day closes. A month that is closed is answered with its close.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `DayRefusal`: `monthNotOver`,
  ///   `earlierDayOpen`.
  public func closeMonth(
    _ month: Month, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .monthClosed, at: user.stationID) {
        return (done, true)
      }
      let closed = try unit.closings(
        "closing.kind = 'month' AND stationID = ? AND subject = ?",
        [user.stationID.data, month.description])
      if let done = closed.first { return (done, true) }
      return (try unit.closeMonth(month, by: user, asked), false)
    }
  }
}

extension UnitOfWork {
  fileprivate func monthClose(_ month: Month, at stationID: StationID) throws -> MonthClose {
    let days = try closings(
      "closing.kind = 'day' AND stationID = ? AND subject BETWEEN ? AND ? ORDER BY subject",
      [stationID.data, month.firstDay.description, month.lastDay.description])
    return MonthClose(month: month, days: try days.map { try ClosedDay(body: $0.body) })
  }

  fileprivate func closeMonth(
    _ month: Month, by user: User, _ asked: TillRequest
  ) throws -> StoredEvent {
    let today = facts.policies.date(atMs: asked.atMs)
    guard today > month.lastDay else { throw DayRefusal.monthNotOver(today: today) }
    let open = try firstOpenDay(
      at: user.stationID, after: try lastClosedDay(at: user.stationID),
      before: month.lastDay.next)
    if let open { throw DayRefusal.earlierDayOpen(open) }
    let close = try monthClose(month, at: user.stationID)
    let number = try nextClosingNumber(.month, at: user.stationID)
    let body = JSON.members([
      "id": .string(asked.subjectID), "number": .integer(number),
    ]).adding(contentsOf: close.members).adding(by: user)
    let stored = try record(
      TillEvent(
        kind: .monthClosed, request: asked.request, stationID: user.stationID,
        businessDate: month.lastDay, atMs: asked.atMs), body, nil)
    try seal(stored.head, atMs: asked.atMs)
    try insert(
      Closing(
        kind: .month, stationID: user.stationID, number: number, subject: month.description),
      stored.head)
    try queuePrint(closing: .monthClose, of: stored, at: user.stationID)
    return stored
  }
}
