import GRDB
import POS

/// What a verification found wrong: the record and what is the matter with it.
public struct Finding: Error, Equatable, Sendable {
  /// The key of the record, `1-17`, or the table.
  public let place: String
  public let problem: String
}

/// What a verification without findings has seen.
public struct VerifiedSummary: Equatable, Sendable {
  public let records: Int64
  public let sales: Int64
  /// Where the journal ends; `nil` if it is empty.
  public let checkCode: String?
  /// Records that are signed.
  public let signatures: Int64
  /// The fingerprints of the keys that signed, in the order of the journal.
  public let fingerprints: [String]
}

/// Proves a database from its journal: the chain, and every journalled row against its record.
///
/// 1. Each record hashes to what is stored, names the hash before it, and has the next sequence.
/// 2. The rows of journalled tables are those of the journal, no more and no less.
/// 3. Every entry sums to zero, and sale numbers have no gap within station and epoch.
/// 4. Stock is the sum of its movements.
/// 5. Signatures, keys and series are as `SealCheck` says.
///
/// The journal is read in stretches. A stretch is checked for itself (`StretchCheck`), several at
/// once on connections of their own; `JournalWalk` takes the results in order, does what needs
/// order, and so names the first bad record, whichever was found first. All sees one state of a
/// live folder: the walk's transaction is the oldest, and what a younger one holds up to the
/// walk's last record never changes.
public struct Verifier {
  /// Records of a stretch: enough to make the start of one cheap, few enough for the memory.
  static let stretchLength: Int64 = 4096

  private let path: String

  /// A verifier of a data folder or of a database file, live or copied; it only reads.
  public init(folder: String) { path = DatabaseFile(at: folder).path }

  /// Checks everything.
  ///
  /// - Parameters:
  ///   - receiptCode: the check code of a receipt or close, to prove that the tail was not cut.
  ///   - trusted: fingerprints from paper; any other key in the journal is then a finding.
  ///   - workers: how many stretches are checked at once.
  ///   - progress: called now and then with records done and in all; what it throws ends the work.
  /// - Throws: the first `Finding`; `StoreProblem`; database errors.
  public func verify(
    receiptCode: String? = nil, trusted: Set<String> = [], workers: Int = 1,
    progress: (Int64, Int64) throws -> Void = { _, _ in }
  ) throws -> VerifiedSummary {
    let queue = try open()
    defer { try? queue.close() }
    return try queue.read { db in
      // Without its steps it is no database of ours at all; that shows below.
      let hasSteps = try db.tableExists("grdb_migrations")
      guard try !hasSteps || Migrations.migrator.hasCompletedMigrations(db) else {
        throw StoreProblem.olderThanProgram
      }
      var walk = try JournalWalk(db: db, trusted: trusted)
      let crew = try (0..<max(workers, 1)).map { _ in try open() }
      defer { for worker in crew { try? worker.close() } }
      try walk.run(crew: crew, progress: progress)
      try walk.checkTotals()
      if let receiptCode { try walk.check(receiptCode: receiptCode) }
      return walk.summary
    }
  }

  private func open() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}
