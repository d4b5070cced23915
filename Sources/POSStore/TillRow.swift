import FoundationEssentials
import GRDB
import POS

/// A row of `tillSession`.
struct TillRow {
  let session: TillSession
  let businessDate: BusinessDate
  let responsible: UserID
  let endedAtMs: Int64?
  /// The day it ended on, which what is entered afterwards counts for too.
  let endedDate: BusinessDate?
  let openedKey: Int64
  let isClosed: Bool

  var state: TillState { isClosed ? .closed : endedDate == nil ? .open : .ended }

  init(_ row: Row) throws {
    session = TillSession(
      id: Identifier(row["id"] as Data), tillID: Identifier(row["tillID"] as Data),
      stationID: Identifier(row["stationID"] as Data),
      openedBy: Identifier(row["openedBy"] as Data), openedAtMs: row["openedAtMs"],
      float: Money(fen: row["floatFen"]))
    guard let date = BusinessDate(row["businessDate"] as String),
      let responsible = row["responsible"] as Data?
    else { throw StoreProblem.badRecord("tillSession") }
    businessDate = date
    self.responsible = Identifier(responsible)
    endedAtMs = row["endedAtMs"]
    endedDate = (row["endedDate"] as String?).flatMap { BusinessDate($0) }
    openedKey = row["openedKey"]
    isClosed = (row["closedKey"] as Int64?) != nil
  }
}

extension UnitOfWork {
  /// The session of a station.
  ///
  /// - Throws: `StoreRefusal.notFound`.
  func tillRow(_ id: TillSessionID, at stationID: StationID) throws -> TillRow {
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM tillSession WHERE id = ? AND stationID = ?"),
      arguments: [id.data, stationID.data])
    guard let row else { throw StoreRefusal.notFound }
    return try TillRow(row)
  }

  /// The session of a station, which is not closed.
  ///
  /// - Throws: `StoreRefusal.notFound`, `TillRefusal.sessionClosed`.
  func unclosedTill(_ id: TillSessionID, at stationID: StationID) throws -> TillRow {
    let till = try tillRow(id, at: stationID)
    guard till.state != .closed else { throw TillRefusal.sessionClosed }
    return till
  }

  /// The last business day a station has closed.
  func lastClosedDay(at stationID: StationID) throws -> BusinessDate? {
    try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT subject FROM closing WHERE kind = 'day' AND stationID = ?
          ORDER BY subject DESC LIMIT 1
          """), arguments: [stationID.data]
    ).flatMap { BusinessDate($0) }
  }

  /// The day that something entered now counts for.
  func openDay(at stationID: StationID, atMs: Int64) throws -> BusinessDate {
    let policy = facts.policies.policy(atMs: atMs)
    return .openDay(
      atMs: atMs, cutMinutes: policy.dayCutMinutes, lastClosed: try lastClosedDay(at: stationID))
  }

  /// The day that something entered in a session counts for: once it has ended, the day it did.
  func day(of till: TillRow, atMs: Int64) throws -> BusinessDate {
    try till.endedDate ?? openDay(at: till.session.stationID, atMs: atMs)
  }

  /// Makes sure a user may do an act.
  ///
  /// - Throws: `StoreRefusal.approvalNotValid`, `TillRefusal.approvalNeeded`.
  func require(
    _ act: ManagedAct, over amount: Money? = nil, of user: User, _ asked: TillRequest
  ) throws {
    let allowed = try allowedActs(
      of: user, approvalID: asked.approvalID, subjectID: asked.subjectID, amount: amount,
      atMs: asked.atMs)
    guard allowed.contains(act) else { throw TillRefusal.approvalNeeded(act) }
  }
}
