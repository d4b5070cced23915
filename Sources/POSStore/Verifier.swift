import Crypto
import FoundationEssentials
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
}

/// Proves a database from its journal: the chain, and every journalled row against its record.
///
/// 1. Each record hashes to what is stored, names the hash before it, and has the next sequence.
/// 2. Sales, returns, till sessions, postings, stock movements, requests and policies are those of
///    the journal, no more and no less.
/// 3. Every entry sums to zero, and sale numbers have no gap within station and epoch.
/// 4. Stock is the sum of its movements.
public struct Verifier {
  private let folder: String

  /// A verifier of a data folder, live or copied; it only reads.
  public init(folder: String) { self.folder = folder }

  /// Checks everything, one record after the other.
  ///
  /// - Parameters:
  ///   - receiptCode: the check code of a receipt or close, to prove that the tail was not cut.
  ///   - progress: called now and then with records done and in all; what it throws ends the work.
  /// - Throws: the first `Finding`; `StoreProblem`; database errors.
  public func verify(
    receiptCode: String? = nil, progress: (Int64, Int64) throws -> Void = { _, _ in }
  ) throws -> VerifiedSummary {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(
      path: folder + "/" + Store.fileName, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { db in
      var walk = try JournalWalk(db: db)
      try walk.run(progress: progress)
      try walk.checkTotals()
      if let receiptCode { try walk.check(receiptCode: receiptCode) }
      return walk.summary
    }
  }
}
