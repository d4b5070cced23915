import Glibc

/// A mutex with a condition.
///
/// Unchecked because the C values inside are made for use by several threads.
final class ThreadLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    var attributes = pthread_condattr_t()
    var code = pthread_mutex_init(mutex, nil) | pthread_condattr_init(&attributes)
    // So that a clock that is set does not lengthen a wait.
    code |= pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    code |= pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
    precondition(code == 0, "a mutex can be made")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  func held<Value>(_ work: () throws -> Value) rethrows -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try work()
  }

  /// Waits for a signal; only while held.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// The same, for so long at most.
  func wait(limitMs: Int64) {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = Int64(end.tv_nsec) + limitMs % 1_000 * 1_000_000
    end.tv_sec += Int(limitMs / 1_000 + nanoseconds / 1_000_000_000)
    end.tv_nsec = Int(nanoseconds % 1_000_000_000)
    pthread_cond_timedwait(condition, mutex, &end)
  }

  /// Does the work if nobody holds it; `nil` otherwise.
  func heldIfFree<Value>(_ work: () throws -> Value) rethrows -> Value? {
    guard pthread_mutex_trylock(mutex) == 0 else { return nil }
    defer { pthread_mutex_unlock(mutex) }
    return try work()
  }

  func signal() { pthread_cond_broadcast(condition) }
}
