import Dispatch
import GRDB
import Synchronization

/// Many waiting writes, one disk sync.
///
/// All work that waits when the writer is free becomes one transaction with a savepoint for each;
/// nobody is answered before it has committed. Work that throws is undone alone. If the
/// transaction itself fails, each piece of work is tried again on its own, so that one bad request
/// never fails its neighbours.
final class GroupWriter: Sendable {
  /// The most work in one transaction: enough to share a sync, few enough that nobody waits long.
  static let largestBatch = 64

  private struct Job: Sendable {
    let run: @Sendable (Database) throws -> Void
    let finish: @Sendable ((any Error)?) -> Void
  }

  private struct Waiting {
    var jobs: [Job] = []
    var isDraining = false
  }

  /// A transaction that SQLite rolled back under us (disk full, I/O error).
  private struct TransactionLost: Error {
    let cause: any Error
  }

  /// Carries a result from the writer's thread to the waiting task.
  private final class ResultBox<Value: Sendable>: @unchecked Sendable {
    // Only the writer's queue touches it until the continuation is resumed, once.
    var value: Value?
  }

  private let pool: DatabasePool
  private let queue = DispatchQueue(label: "posd.store.writer", qos: .userInitiated)
  private let waiting = Mutex(Waiting())

  init(_ pool: DatabasePool) { self.pool = pool }

  /// Does `work` in a unit of its own and returns after it is on disk.
  ///
  /// `work` may run twice if the first transaction failed, so it has no effect but on `db`.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let box = ResultBox<Value>()
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      enqueue(
        Job(
          run: { db in box.value = try work(db) },
          finish: { error in
            if let error { done.resume(throwing: error) } else { done.resume() }
          }))
    }
    guard let value = box.value else { preconditionFailure("finished work has a result") }
    return value
  }

  private func enqueue(_ job: Job) {
    let mustStart = waiting.withLock { waiting in
      waiting.jobs.append(job)
      defer { waiting.isDraining = true }
      return !waiting.isDraining
    }
    if mustStart { queue.async { self.drain() } }
  }

  private func drain() {
    while let batch = nextBatch() { commit(batch) }
  }

  private func nextBatch() -> [Job]? {
    waiting.withLock { waiting in
      guard !waiting.jobs.isEmpty else {
        waiting.isDraining = false
        return nil
      }
      let batch = Array(waiting.jobs.prefix(Self.largestBatch))
      waiting.jobs.removeFirst(batch.count)
      return batch
    }
  }

  private func commit(_ batch: [Job]) {
    do {
      let failures = try run(batch)
      for (job, failure) in zip(batch, failures) { job.finish(failure) }
    } catch {
      if batch.count == 1 {
        batch[0].finish((error as? TransactionLost)?.cause ?? error)
      } else {
        for job in batch { commit([job]) }
      }
    }
  }

  /// Runs a batch in one transaction; what each piece of work threw, in order.
  private func run(_ batch: [Job]) throws -> [(any Error)?] {
    var failures: [(any Error)?] = []
    try pool.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        for job in batch { failures.append(try failure(of: job, in: db)) }
        return .commit
      }
    }
    return failures
  }

  private func failure(of job: Job, in db: Database) throws -> (any Error)? {
    do {
      try db.inSavepoint {
        try job.run(db)
        return .commit
      }
      return nil
    } catch {
      guard db.isInsideTransaction else { throw TransactionLost(cause: error) }
      return error
    }
  }
}
