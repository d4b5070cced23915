import Dispatch
import GRDB
import Synchronization

/// Stretches under check ahead of the walk, so that the ordered work waits for none of them.
///
/// Each of the crew works through its own; results are taken in the order the stretches were given.
struct StretchLine: ~Copyable {
  private let crew: [Worker]
  private var given = 0
  private var taken = 0
  private var works: [Int: Work] = [:]

  init(crew: [DatabaseQueue]) {
    self.crew = crew.map { Worker(database: $0) }
  }

  deinit {
    // Nobody may close a connection that is still read from.
    for worker in crew { worker.queue.sync {} }
  }

  /// Whether another stretch should be given before the next result is taken: one under work and
  /// one waiting for each of the crew.
  var hasRoom: Bool { given - taken < 2 * crew.count }

  /// Has a stretch checked.
  mutating func give(_ keys: ClosedRange<Int64>) {
    let work = Work()
    works[given] = work
    let worker = crew[given % crew.count]
    worker.queue.async { work.finish(with: worker.checked(keys)) }
    given += 1
  }

  /// The result of the first stretch not taken yet; `nil` if all are.
  mutating func take() throws -> CheckedStretch? {
    guard let work = works.removeValue(forKey: taken) else { return nil }
    taken += 1
    return try work.result()
  }

  /// One connection and the queue of what it is to do.
  private struct Worker: Sendable {
    let database: DatabaseQueue
    let queue = DispatchQueue(label: "posd.verify")

    func checked(_ keys: ClosedRange<Int64>) -> Result<CheckedStretch, any Error> {
      Result {
        try database.read { db in
          var check = try StretchCheck(db: db)
          return try check.check(keys)
        }
      }
    }
  }

  /// A result that comes later.
  private final class Work: Sendable {
    private let value = Mutex<Result<CheckedStretch, any Error>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func finish(with result: Result<CheckedStretch, any Error>) {
      value.withLock { $0 = result }
      isThere.signal()
    }

    func result() throws -> CheckedStretch {
      isThere.wait()
      guard let result = value.withLock({ $0 }) else {
        preconditionFailure("a result is signalled when it is there")
      }
      return try result.get()
    }
  }
}
