import FoundationEssentials
import GRDB
public import POS

/// A till session with what the ledger says of it.
public struct TillReading: Equatable, Sendable {
  public let session: TillSession
  public let state: TillState
  /// The day it was opened on.
  public let businessDate: BusinessDate
  /// Who answers for the drawer now.
  public let responsible: UserID
  public let endedAtMs: Int64?
  /// The number of its Z report, once closed.
  public let zNumber: Int64?
  /// Float, cash taken, less change and cash refunds, with all movements.
  public let expectedCash: Money
  /// Whether it was counted: from then on the expected cash is no secret.
  public let isCounted: Bool
  public let saleCount: Int64
  /// The key that orders sessions.
  public let key: Int64
}

/// Who asks for something at a till, when, and with which approval.
public struct TillRequest: Sendable {
  public let request: ClientRequest
  public let approvalID: ApprovalID?
  public var atMs: Int64

  public init(request: ClientRequest, approvalID: ApprovalID? = nil, atMs: Int64) {
    self.request = request
    self.approvalID = approvalID
    self.atMs = atMs
  }

  /// What an approval of this request names.
  var subjectID: String { Identifier<Store>(request.id).text }
}

extension Store {
  /// Opens a till with its float; journalled. The same request again changes nothing.
  ///
  /// - Parameter approvalID: a manager's word for a clock that is behind or days ahead.
  /// - Throws: `StoreRefusal`: `idReused`, `notFound` (no such till here), `tillIsOpen`;
  ///   `TillRefusal`: `clockBehind`, `clockAhead`; `StoreRefusal.approvalNotValid`.
  public func open(
    _ session: TillSession, request: ClientRequest, approvalID: ApprovalID? = nil
  ) async throws -> (reading: TillReading, isReplay: Bool) {
    let asked = TillRequest(
      request: request, approvalID: approvalID, atMs: session.openedAtMs)
    return try await write { unit in
      let isReplay = try !unit.isNew(request)
      if !isReplay { try unit.open(session, asked) }
      guard let reading = try unit.tillReading(id: session.id, at: session.stationID) else {
        throw StoreRefusal.idReused
      }
      return (reading, isReplay)
    }
  }

  /// A session of a station with its expected cash; `nil` if there is none.
  public func tillReading(
    id: TillSessionID, at stationID: StationID
  ) async throws -> TillReading? {
    try await read { unit in try unit.tillReading(id: id, at: stationID) }
  }

  /// The open session of a till of a station; `nil` if there is none.
  public func openTillReading(
    tillID: TillID, at stationID: StationID
  ) async throws -> TillReading? {
    try await read { unit in
      try Data.fetchOne(
        unit.db,
        sql: """
          SELECT id FROM tillSession WHERE tillID = ? AND stationID = ? AND endedKey IS NULL
          """, arguments: [tillID.data, stationID.data]
      ).flatMap { try unit.tillReading(id: Identifier($0), at: stationID) }
    }
  }

  /// Sessions of a station, newest first.
  ///
  /// - Parameters:
  ///   - state: only those in this state.
  ///   - date: only those opened on this day.
  ///   - beforeKey: only those older than this key of an earlier page.
  public func tillReadings(
    at stationID: StationID, state: TillState?, date: BusinessDate?, beforeKey: Int64?, limit: Int
  ) async throws -> [TillReading] {
    try await read { unit in
      let condition =
        switch state {
        case nil: ""
        case .open: "AND endedKey IS NULL"
        case .ended: "AND endedKey IS NOT NULL AND closedKey IS NULL"
        case .closed: "AND closedKey IS NOT NULL"
        }
      var arguments: StatementArguments = [stationID.data, beforeKey ?? Int64.max]
      if let date { arguments += [date.description] }
      return try Data.fetchAll(
        unit.db,
        sql: """
          SELECT id FROM tillSession WHERE stationID = ? AND openedKey < ? \(condition)
          \(date == nil ? "" : "AND businessDate = ?") ORDER BY openedKey DESC LIMIT \(limit)
          """, arguments: arguments
      ).compactMap { try unit.tillReading(id: Identifier($0), at: stationID) }
    }
  }

  /// The business day that something entered now counts for.
  public func openDay(at stationID: StationID, atMs: Int64) async throws -> BusinessDate {
    try await read { unit in try unit.openDay(at: stationID, atMs: atMs) }
  }
}

extension UnitOfWork {
  /// Makes sure that a session is open at a station.
  ///
  /// - Throws: `StoreRefusal.notFound` if it is not of this station, `.noOpenTillSession` if it
  ///   has ended.
  func requireOpen(_ id: TillSessionID, at stationID: StationID) throws {
    let isOpen = try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT endedKey IS NULL FROM tillSession WHERE id = ? AND stationID = ?"),
      arguments: [id.data, stationID.data])
    guard let isOpen else { throw StoreRefusal.notFound }
    guard isOpen else { throw StoreRefusal.noOpenTillSession }
  }

  /// The till of a session.
  func tillID(of sessionID: TillSessionID) throws -> TillID {
    let id = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT tillID FROM tillSession WHERE id = ?"),
      arguments: [sessionID.data])
    guard let id else { throw StoreRefusal.notFound }
    return Identifier(id)
  }

  fileprivate func open(_ session: TillSession, _ asked: TillRequest) throws {
    let till = try Data.fetchOne(
      db, sql: "SELECT id FROM till WHERE id = ? AND stationID = ?",
      arguments: [session.tillID.data, session.stationID.data])
    guard till != nil else { throw StoreRefusal.notFound }
    let opened = try Data.fetchOne(
      db, sql: "SELECT id FROM tillSession WHERE tillID = ? AND endedKey IS NULL",
      arguments: [session.tillID.data])
    if let opened { throw StoreRefusal.tillIsOpen(Identifier(opened)) }
    try checkClock(for: session, asked)
    let date = try openDay(at: session.stationID, atMs: session.openedAtMs)
    let body = session.body(businessDate: date).adding(asked.request.contentHash)
    let head = try append(.tillOpened, body, atMs: session.openedAtMs)
    try post(session.entry, head)
    try db.execute(
      sql: """
        INSERT INTO tillSession (id, tillID, stationID, openedBy, openedAtMs, floatFen, openedKey,
          businessDate, responsible)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        session.id.data, session.tillID.data, session.stationID.data, session.openedBy.data,
        session.openedAtMs, session.float.fen, JournalKey(head).value, date.description,
        session.openedBy.data,
      ])
    try insert(
      TillEvent(
        kind: .tillOpened, request: asked.request, stationID: session.stationID,
        tillSessionID: session.id, businessDate: date, atMs: session.openedAtMs), head)
    try note(asked.request, head)
  }

  func tillReading(id: TillSessionID, at stationID: StationID) throws -> TillReading? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT tillSession.*, closing.number AS zNumber,
            (SELECT COUNT(*) FROM sale WHERE tillSessionID = tillSession.id) AS saleCount,
            EXISTS (SELECT 1 FROM tillEvent WHERE tillSessionID = tillSession.id
                    AND kind = 'tillCounted') AS isCounted
          FROM tillSession LEFT JOIN closing ON closing.journalKey = closedKey
          WHERE tillSession.id = ? AND tillSession.stationID = ?
          """), arguments: [id.data, stationID.data])
    guard let row else { return nil }
    let till = try TillRow(row)
    return TillReading(
      session: till.session, state: till.state, businessDate: till.businessDate,
      responsible: till.responsible, endedAtMs: till.endedAtMs, zNumber: row["zNumber"],
      expectedCash: try expectedCash(in: id), isCounted: row["isCounted"],
      saleCount: row["saleCount"], key: till.openedKey)
  }

  /// The cash that should be in the drawer of a session, or should have been at its Z.
  func expectedCash(in id: TillSessionID) throws -> Money {
    let microYuan = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT COALESCE(SUM(amountMicroYuan), 0) FROM (
            SELECT amountMicroYuan FROM sale JOIN posting USING (journalKey)
            WHERE tillSessionID = ?1 AND account = ?2
            UNION ALL
            SELECT amountMicroYuan FROM tillEvent JOIN posting USING (journalKey)
            WHERE tillSessionID = ?1 AND account = ?2 AND kind <> 'tillClosed')
          """), arguments: [id.data, Account.cash.name])
    return Money(fen: (microYuan ?? 0) / MicroYuan.perFen)
  }
}
