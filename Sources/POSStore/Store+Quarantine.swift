import FoundationEssentials
import GRDB
public import POS

/// A bad row on the list, however often it came.
public struct QuarantineItem: Equatable, Sendable {
  public let key: Int64
  public let row: QuarantineRow
  public let seenCount: Int64
  public let firstAtMs: Int64
  public let lastAtMs: Int64
}

extension Store {
  /// Bad rows of a terminal, the newest first.
  public func quarantine(
    of id: TerminalID, before key: Int64?, limit: Int
  ) async throws -> [QuarantineItem] {
    try await read { unit in
      try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM quarantine WHERE terminalID = ? AND key < ? ORDER BY key DESC LIMIT ?
          """, arguments: [id.data, key ?? Int64.max, limit]
      ).map { row in
        QuarantineItem(
          key: row["key"],
          row: QuarantineRow(
            kind: row["kind"], reason: row["reason"], redacted: row["redacted"],
            rowCount: row["rowCount"]),
          seenCount: row["seenCount"], firstAtMs: row["firstAtMs"], lastAtMs: row["lastAtMs"])
      }
    }
  }
}

extension UnitOfWork {
  /// Bad rows kept of one terminal one by one; what comes after is counted with the last of its
  /// kind and reason, so that junk cannot fill the disk.
  private static let mostQuarantined = 2000

  /// Puts bad rows on the list; one that is there is counted.
  func quarantine(_ rows: [QuarantineRow], of id: TerminalID, atMs: Int64) throws {
    guard !rows.isEmpty else { return }
    let count =
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM quarantine WHERE terminalID = ?", arguments: [id.data]) ?? 0
    var room = Self.mostQuarantined - count
    for row in rows {
      let isKnown = try updateQuarantined(row, of: id, atMs: atMs)
      if isKnown { continue }
      let kept =
        room > 0
        ? row
        : QuarantineRow(
          kind: row.kind, reason: "furtherRows", redacted: "", rowCount: row.rowCount)
      room -= 1
      try db.execute(
        sql: """
          INSERT INTO quarantine (terminalID, kind, reason, redacted, rowCount, seenCount,
            firstAtMs, lastAtMs) VALUES (?, ?, ?, ?, ?, 1, ?, ?)
          ON CONFLICT DO UPDATE SET seenCount = seenCount + 1, lastAtMs = excluded.lastAtMs
          """,
        arguments: [
          id.data, kept.kind, kept.reason, kept.redacted, kept.rowCount, atMs, atMs,
        ])
    }
  }

  private func updateQuarantined(
    _ row: QuarantineRow, of id: TerminalID, atMs: Int64
  ) throws -> Bool {
    try db.execute(
      sql: """
        UPDATE quarantine SET seenCount = seenCount + 1, lastAtMs = ?
        WHERE terminalID = ? AND kind = ? AND reason = ? AND redacted = ?
        """, arguments: [atMs, id.data, row.kind, row.reason, row.redacted])
    return db.changesCount > 0
  }
}
