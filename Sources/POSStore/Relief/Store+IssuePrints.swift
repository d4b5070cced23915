import Crypto
import FoundationEssentials
import GRDB
public import POS

/// What became of the wish to print a whole issue.
public struct IssuePrint: Equatable, Sendable {
  /// Slips that were queued now.
  public var queued = 0
  /// Vouchers whose slip was queued before.
  public var before = 0
  /// Vouchers that wait for the next time, because enough slips wait at the till.
  public var left = 0
}

extension Store {
  /// As many slips wait at a till at most; what comes after them must not wait for hours.
  public static let mostWaitingSlips = 100

  /// Queues the slips of the vouchers of an issue at a till, each once, however often it is asked;
  /// journalled voucher by voucher. What is blocked, replaced or spent is left out.
  ///
  /// - Parameter id: one voucher of the issue.
  /// - Throws: `StoreRefusal.notFound`: no such voucher or till here.
  public func printIssue(
    of id: VoucherID, at tillID: TillID, by user: User, atMs: Int64
  ) async throws -> IssuePrint {
    try await write { unit in
      let issueKey = try unit.voucher(id, at: user.stationID).key
      try unit.requireTill(tillID, at: user.stationID)
      let printed = try unit.vouchersPrinted(since: issueKey)
      var room = max(0, Self.mostWaitingSlips - (try unit.waitingSlips(at: tillID)))
      let rows = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT * FROM voucher WHERE journalKey = ? AND state = 'active' AND leftFen > 0
          ORDER BY place
          """, arguments: [issueKey]
      ).map { try VoucherRow($0) }
      var done = IssuePrint()
      for row in rows {
        let request = row.issuePrintRequest
        let isPrinted = try printed.contains(row.id) || !unit.isNew(request)
        if isPrinted {
          done.before += 1
        } else if room == 0 {
          done.left += 1
        } else {
          _ = try unit.show(
            .voucher, of: row, at: tillID, by: user, TillRequest(request: request, atMs: atMs))
          done.queued += 1
          room -= 1
        }
      }
      return done
    }
  }
}

extension VoucherRow {
  /// The request to print it with its issue: of an id that follows from the voucher's, so that it
  /// is made once.
  fileprivate var issuePrintRequest: ClientRequest {
    let hash = Array(SHA256.hash(data: Array("print with issue \(id.text)".utf8)))
    return ClientRequest(id: VoucherID(Data(hash.prefix(16))).uuid, contentHash: hash)
  }
}

extension UnitOfWork {
  /// Puts on record that a slip was asked for, and queues it where it prints.
  func show(
    _ slip: VoucherSlip, of row: VoucherRow, at tillID: TillID?, by user: User,
    _ asked: TillRequest
  ) throws -> StoredEvent {
    let event = try recordRelief(
      .voucherPrinted,
      JSON.members([
        "id": .string(asked.subjectID), "voucherID": .string(row.id.text),
        "slip": .string(slip.rawValue), "tillID": tillID.map { .string($0.text) },
        "leftFen": .integer(row.left.fen),
      ]).adding(by: user), asked)
    if let tillID, let document = slip.document {
      try queuePrint(document: document, of: event.head, at: tillID, copy: 0, atMs: asked.atMs)
    }
    return event
  }

  /// Vouchers whose slips were queued after a record.
  fileprivate func vouchersPrinted(since key: Int64) throws -> Set<VoucherID> {
    let events = try storedEvents(
      """
      SELECT journal.* FROM printJob JOIN journal ON journal.key = printJob.journalKey
      WHERE document = 'voucher' AND printJob.journalKey > ?
      """, [key])
    return Set(
      events.compactMap { $0.body["voucherID"]?.stringValue.flatMap { VoucherID($0) } })
  }

  fileprivate func waitingSlips(at tillID: TillID) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT COUNT(*) FROM printJob WHERE tillID = ? AND state IN ('queued', 'sending')
        """, arguments: [tillID.data]) ?? 0
  }
}
