import FoundationEssentials
import GRDB
import POS

extension UnitOfWork {
  /// Refuses an opening when the clock is behind the last record or days ahead of it; with a
  /// manager's word the step is journalled instead.
  ///
  /// - Throws: `TillRefusal.clockBehind`, `.clockAhead`, `StoreRefusal.approvalNotValid`.
  func checkClock(for session: TillSession, _ asked: TillRequest) throws {
    guard let lastMs = try lastActMs() else { return }
    let step = ClockStep(lastMs: lastMs, nowMs: asked.atMs)
    guard step != .none else { return }
    guard let approvalID = asked.approvalID else {
      throw step == .behind
        ? TillRefusal.clockBehind(lastMs: lastMs, nowMs: asked.atMs)
        : TillRefusal.clockAhead(lastMs: lastMs, nowMs: asked.atMs)
    }
    let act = try approvedAct(
      approvalID, subjectID: asked.subjectID, at: session.stationID, atMs: asked.atMs)
    guard act == .clockStep else { throw StoreRefusal.approvalNotValid }
    let head = try append(
      .clockStep,
      .members([
        "stationID": .string(session.stationID.text), "userID": .string(session.openedBy.text),
        "tillSessionID": .string(session.id.text), "approvalID": .string(approvalID.text),
        "lastMs": .integer(lastMs), "nowMs": .integer(asked.atMs),
      ]), atMs: asked.atMs)
    try useUp(approvalID, at: session.stationID, by: head)
  }

  /// The moment of the last record of the trade: log-ins and approvals come before every opening,
  /// by the clock that is in question.
  private func lastActMs() throws -> Int64? {
    let content = try Data.fetchOne(
      db,
      sql: """
        SELECT content FROM journal WHERE kind IN (
          'setUp', 'tillOpened', 'sale', 'return', 'basketVoided', 'cashMoved', 'drawerOpened',
          'tillEnded', 'tillCounted', 'tillClosed', 'dayClosed') ORDER BY key DESC LIMIT 1
        """)
    return try content.flatMap { try JSON(parsing: Array($0))["at"]?.integerValue }
  }
}
