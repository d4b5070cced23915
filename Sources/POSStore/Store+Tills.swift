import FoundationEssentials
import GRDB
public import POS

/// A till session with what the ledger says of it.
public struct TillReading: Equatable, Sendable {
  public let session: TillSession
  /// Float, cash taken, less change and cash refunds.
  public let expectedCash: Money
  public let saleCount: Int64
}

extension Store {
  /// Opens a till with its float; journalled. The same request again changes nothing.
  ///
  /// - Throws: `StoreRefusal`: `idReused`, `notFound` (no such till here), `tillIsOpen`.
  public func open(
    _ session: TillSession, request: ClientRequest
  ) async throws -> (reading: TillReading, isReplay: Bool) {
    try await write { unit in
      guard try unit.isNew(request) else {
        guard let reading = try unit.tillReading(id: session.id, at: session.stationID) else {
          throw StoreRefusal.notFound
        }
        return (reading, true)
      }
      try unit.open(session, request: request)
      return (TillReading(session: session, expectedCash: session.float, saleCount: 0), false)
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
          SELECT id FROM tillSession WHERE tillID = ? AND stationID = ? AND closedKey IS NULL
          """, arguments: [tillID.data, stationID.data]
      ).flatMap { try unit.tillReading(id: Identifier($0), at: stationID) }
    }
  }
}

extension UnitOfWork {
  /// Makes sure that a session is open at a station.
  ///
  /// - Throws: `StoreRefusal.notFound` if it is not of this station, `.noOpenTillSession` if it is
  ///   closed.
  func requireOpen(_ id: TillSessionID, at stationID: StationID) throws {
    let isOpen = try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT closedKey IS NULL FROM tillSession WHERE id = ? AND stationID = ?"),
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

  fileprivate func open(_ session: TillSession, request: ClientRequest) throws {
    let till = try Data.fetchOne(
      db, sql: "SELECT id FROM till WHERE id = ? AND stationID = ?",
      arguments: [session.tillID.data, session.stationID.data])
    guard till != nil else { throw StoreRefusal.notFound }
    let opened = try Data.fetchOne(
      db, sql: "SELECT id FROM tillSession WHERE tillID = ? AND closedKey IS NULL",
      arguments: [session.tillID.data])
    if let opened { throw StoreRefusal.tillIsOpen(Identifier(opened)) }
    let head = try append(
      .tillOpened, session.body.adding(request.contentHash), atMs: session.openedAtMs)
    try post(session.entry, head)
    try db.execute(
      sql: """
        INSERT INTO tillSession (id, tillID, stationID, openedBy, openedAtMs, floatFen, openedKey)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        session.id.data, session.tillID.data, session.stationID.data, session.openedBy.data,
        session.openedAtMs, session.float.fen, JournalKey(head).value,
      ])
    try note(request, head)
  }

  fileprivate func tillReading(id: TillSessionID, at stationID: StationID) throws -> TillReading? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT tillSession.*,
          (SELECT COUNT(*) FROM sale WHERE tillSessionID = tillSession.id) AS saleCount,
          (SELECT COALESCE(SUM(amountMicroYuan), 0) FROM posting
           JOIN sale ON sale.journalKey = posting.journalKey
           WHERE sale.tillSessionID = tillSession.id AND account = ?) AS cashMicroYuan
        FROM tillSession WHERE id = ? AND stationID = ?
        """, arguments: [Account.cash.name, id.data, stationID.data])
    guard let row else { return nil }
    let session = TillSession(
      id: id, tillID: Identifier(row["tillID"] as Data), stationID: stationID,
      openedBy: Identifier(row["openedBy"] as Data), openedAtMs: row["openedAtMs"],
      float: Money(fen: row["floatFen"]))
    let taken = Money(fen: (row["cashMicroYuan"] as Int64) / MicroYuan.perFen)
    return TillReading(
      session: session, expectedCash: session.float + taken, saleCount: row["saleCount"])
  }
}
