import FoundationEssentials
import GRDB
public import POS

/// A copy of the whole database, of one moment.
public struct StoreCopy: Equatable, Sendable {
  public let origin: String
  /// The last record in it.
  public let head: JournalHead
}

extension Store {
  /// Pages of one step of a copy: a mebibyte, so that others get at the disk between two.
  private static let pagesPerStep: Int32 = 256

  /// The bytes of the database, without what waits in its log.
  public func bytes() throws -> Int64 {
    try pool.read { db in
      let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      return pages * (try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
    }
  }

  /// Copies one state of the database into a new file while others read and write, and checks it.
  ///
  /// Blocks its thread. The copy is not synced.
  ///
  /// - Parameter afterStep: called after each mebibyte; what it throws ends the work.
  /// - Throws: `StoreFailure`; `StoreProblem.badRecord` if the copy is not sound.
  public func copy(to path: String, afterStep: @escaping () throws -> Void) throws -> StoreCopy {
    do {
      let made = try copied(to: path, afterStep: afterStep)
      try Self.checkSound(path)
      return made
    } catch let error as DatabaseError {
      throw StoreFailure(error)
    }
  }

  private func copied(to path: String, afterStep: @escaping () throws -> Void) throws -> StoreCopy {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Nobody reads the copy before it is whole, and a broken one is thrown away.
      try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    let target = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? target.close() }
    return try pool.read { db in
      // The first read fixes the state; the writer goes on behind it.
      let head = try UnitOfWork(db: db, facts: StationFacts()).journalHead
      try target.writeWithoutTransaction { copy in
        try db.backup(to: copy, pagesPerStep: Self.pagesPerStep) { progress in
          if !progress.isCompleted { try afterStep() }
        }
      }
      return StoreCopy(origin: origin, head: head)
    }
  }

  private static func checkSound(_ path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    let file = URL(filePath: path).absoluteString + "?immutable=1"
    let copy = try DatabaseQueue(path: file, configuration: configuration)
    defer { try? copy.close() }
    let finding = try copy.read { db in try String.fetchOne(db, sql: "PRAGMA quick_check(1)") }
    guard finding == "ok" else { throw StoreProblem.badRecord("copy: \(finding ?? "empty")") }
  }

  /// Opens a later series of numbers in a restored database; journalled and signed.
  ///
  /// Log-ins are over. Slips that waited may have come out after the backup: they are left for a
  /// person to decide on.
  ///
  /// - Parameter epoch: later than any that was used.
  public func openSeries(
    _ epoch: Int64, backupHash: [UInt8], backupAtMs: Int64, atMs: Int64
  ) async throws -> JournalHead {
    try await write { unit in
      let end = try unit.journalHead
      precondition(epoch > end.epoch, "a series is later than the one before it")
      let opened = SeriesOpened(backupHash: backupHash, backupAtMs: backupAtMs, head: end)
      let record = JournalRecord(
        kind: .restored, body: opened.body, atMs: atMs, origin: unit.facts.origin, after: end,
        opening: epoch)
      try unit.insert(record)
      try unit.seal(record.head, atMs: atMs)
      try unit.db.execute(sql: "DELETE FROM logIn")
      try unit.db.execute(
        sql: """
          UPDATE printJob SET state = 'possiblyPrinted', reason = 'restored'
          WHERE state IN ('queued', 'sending')
          """)
      return record.head
    }
  }

  /// Closes the file with all of it in the one file, so that it can be moved.
  ///
  /// - Throws: `StoreProblem.notDurable` if others have it open.
  public func closeWhole() throws {
    // Closing alone leaves the log behind when a reading connection is the last to go.
    let left = try pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
    guard left.walFrameCount == 0 else { throw StoreProblem.notDurable }
    try close()
  }

  /// Where the journal stands.
  public func journalHead() async throws -> JournalHead {
    try await read { unit in try unit.journalHead }
  }

  /// Whether the journal has this record, by the check code on a receipt.
  public func has(checkCode: CheckCode) async throws -> Bool {
    try await read { unit in
      let hash = try Data.fetchOne(
        unit.db, sql: "SELECT hash FROM journal WHERE key = ?",
        arguments: [checkCode.epoch << 40 | checkCode.sequence])
      return hash.map { hexText($0).hasPrefix(checkCode.hashStart) } ?? false
    }
  }
}
