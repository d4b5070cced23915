import Dispatch
import GRDB
import Synchronization

/// Many waiting writes, one disk sync.
///
/// All work that waits when the writer is free becomes one transaction; nobody is answered before
/// it has committed. Work that throws is undone alone:
/// 1. what it threw before it wrote anything is its answer, and there is nothing to undo;
/// 2. if it had written, the transaction is rolled back and the batch is run again, now with a
///    savepoint for each piece of work;
/// 3. if the transaction itself fails, each piece of work is tried again on its own.
final class GroupWriter: Sendable {
  /// The most work in one transaction: enough to share a sync, few enough that nobody waits long.
  static let largestBatch = 64

  /// Who goes first.
  enum Turn: Sendable {
    /// Somebody stands at a counter.
    case person
    /// A machine that brings much at once and can wait. Each group of people's work lets one piece
    /// of it pass, so that neither waits for long; without people many pieces share a sync.
    case machine
  }

  private struct Job: Sendable {
    let turn: Turn
    let run: @Sendable (Database) throws -> Void
    let finish: @Sendable ((any Error)?) -> Void
  }

  private struct Waiting {
    var people: [Job] = []
    var machines: [Job] = []
    var isMachinesTurn = false
    var isDraining = false

    mutating func append(_ job: Job) {
      switch job.turn {
      case .person: people.append(job)
      case .machine: machines.append(job)
      }
    }

    /// People's work, unless it is the machines' turn; nothing if nobody waits.
    mutating func takeNext(_ most: Int) -> [Job] {
      isMachinesTurn = !machines.isEmpty && (isMachinesTurn || people.isEmpty)
      let batch = Array((isMachinesTurn ? machines : people).prefix(most))
      if isMachinesTurn {
        machines.removeFirst(batch.count)
      } else {
        people.removeFirst(batch.count)
      }
      isMachinesTurn.toggle()
      return batch
    }

    mutating func putBack(_ jobs: ArraySlice<Job>) { machines.insert(contentsOf: jobs, at: 0) }
  }

  /// Work that threw after it had written, without a savepoint to go back to.
  private struct HalfDone: Error {
    let cause: any Error
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

  /// How much work waits for the batch under way to end.
  var waitingCount: Int { waiting.withLock { $0.people.count + $0.machines.count } }

  /// Does `work` in a unit of its own and returns after it is on disk.
  ///
  /// `work` may run more than once, so it has no effect but on rows of `db`.
  func perform<Value: Sendable>(
    turn: Turn = .person, _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let box = ResultBox<Value>()
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      enqueue(
        Job(
          turn: turn, run: { db in box.value = try work(db) },
          finish: { error in
            if let error { done.resume(throwing: error) } else { done.resume() }
          }))
    }
    guard let value = box.value else { preconditionFailure("finished work has a result") }
    return value
  }

  private func enqueue(_ job: Job) {
    let mustStart = waiting.withLock { waiting in
      waiting.append(job)
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
      let batch = waiting.takeNext(Self.largestBatch)
      if batch.isEmpty { waiting.isDraining = false }
      return batch.isEmpty ? nil : batch
    }
  }

  private func commit(_ batch: [Job]) {
    do {
      let failures = try runTogether(batch)
      for (job, failure) in zip(batch, failures) { job.finish(failure) }
      waiting.withLock { $0.putBack(batch.dropFirst(failures.count)) }
    } catch {
      if batch.count == 1 {
        batch[0].finish((error as? TransactionLost)?.cause ?? error)
      } else {
        for job in batch { commit([job]) }
      }
    }
  }

  /// Runs a batch in one transaction; what each piece of work threw, in order. Machines stop for
  /// people: what is left of their batch then has not been run.
  private func runTogether(_ batch: [Job]) throws -> [(any Error)?] {
    do {
      return try run(batch) { job, db in try self.failure(of: job, in: db) }
    } catch let halfDone as HalfDone {
      guard batch.count > 1 else { throw halfDone.cause }
      return try run(batch) { job, db in try self.failureInSavepoint(of: job, in: db) }
    }
  }

  private func run(
    _ batch: [Job], _ failure: (Job, Database) throws -> (any Error)?
  ) throws -> [(any Error)?] {
    var failures: [(any Error)?] = []
    try pool.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        for job in batch {
          failures.append(try failure(job, db))
          if job.turn == .machine, waiting.withLock({ !$0.people.isEmpty }) { break }
        }
        return .commit
      }
    }
    return failures
  }

  /// Most work that throws refuses before it writes; SQLite's count of changed rows tells.
  private func failure(of job: Job, in db: Database) throws -> (any Error)? {
    let before = db.totalChangesCount
    do {
      try job.run(db)
      return nil
    } catch {
      guard db.isInsideTransaction else { throw TransactionLost(cause: error) }
      guard db.totalChangesCount == before else { throw HalfDone(cause: error) }
      return error
    }
  }

  private func failureInSavepoint(of job: Job, in db: Database) throws -> (any Error)? {
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
