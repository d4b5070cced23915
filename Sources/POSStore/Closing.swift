import FoundationEssentials
import GRDB
public import POS

/// What a numbered closing is of.
public enum ClosingKind: String, CaseIterable, Sendable {
  case till
  case day
  case month
}

/// A row of `closing`.
struct Closing {
  let kind: ClosingKind
  let stationID: StationID
  let number: Int64
  /// The id of the session, the date, or the month.
  let subject: String
}

extension UnitOfWork {
  /// The next number of a station's series, without a gap: rows of `closing` are never deleted, and
  /// a number is taken in the transaction that writes its row.
  func nextClosingNumber(_ kind: ClosingKind, at stationID: StationID) throws -> Int64 {
    let last = try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT number FROM closing WHERE kind = ? AND stationID = ? AND epoch = ?
          ORDER BY number DESC LIMIT 1
          """), arguments: [kind.rawValue, stationID.data, try journalHead.epoch])
    return (last ?? 0) + 1
  }

  func insert(_ closing: Closing, _ head: JournalHead) throws {
    try db.execute(
      sql: """
        INSERT INTO closing (journalKey, kind, stationID, epoch, number, subject)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        JournalKey(head).value, closing.kind.rawValue, closing.stationID.data, head.epoch,
        closing.number, closing.subject,
      ])
  }

  /// Queues the slip of a day or month at the till that was opened last: somebody was there.
  func queuePrint(
    closing document: PrintDocument, of event: StoredEvent, at stationID: StationID
  ) throws {
    let till = try Data.fetchOne(
      db,
      sql: """
        SELECT id FROM till WHERE stationID = ?1 ORDER BY id = (
          SELECT tillID FROM tillSession WHERE stationID = ?1 ORDER BY openedKey DESC LIMIT 1
        ) DESC LIMIT 1
        """, arguments: [stationID.data])
    guard let till else { throw StoreProblem.badRecord("till") }
    try queuePrint(
      document: document, of: event.head, at: Identifier(till), copy: 0, atMs: event.atMs)
  }

  /// The records of the rows of `closing` that fit.
  func closings(_ condition: String, _ arguments: StatementArguments) throws -> [StoredEvent] {
    try storedEvents(
      "SELECT journal.* FROM closing JOIN journal ON key = journalKey WHERE \(condition)",
      arguments)
  }
}

extension Store {
  /// Closings of a station, newest first.
  ///
  /// - Parameter beforeKey: only those older than this key of an earlier page.
  public func closings(
    _ kind: ClosingKind, at stationID: StationID, beforeKey: Int64?, limit: Int
  ) async throws -> [StoredEvent] {
    try await read { unit in
      try unit.closings(
        """
        closing.kind = ? AND stationID = ? AND journalKey < ?
        ORDER BY journalKey DESC LIMIT \(limit)
        """, [kind.rawValue, stationID.data, beforeKey ?? Int64.max])
    }
  }

  /// A closing by its number; without an epoch, in the newest series.
  public func closing(
    _ kind: ClosingKind, number: Int64, epoch: Int64?, at stationID: StationID
  ) async throws -> StoredEvent? {
    try await read { unit in
      try unit.closings(
        """
        closing.kind = ? AND stationID = ? AND number = ? AND epoch = COALESCE(?, epoch)
        ORDER BY epoch DESC LIMIT 1
        """, [kind.rawValue, stationID.data, number, epoch]
      ).first
    }
  }

  /// A closing by what it is of: the id of a session, a date, a month.
  public func closing(
    _ kind: ClosingKind, of subject: String, at stationID: StationID
  ) async throws -> StoredEvent? {
    try await read { unit in
      try unit.closings(
        "closing.kind = ? AND stationID = ? AND subject = ?",
        [kind.rawValue, stationID.data, subject]
      ).first
    }
  }
}
