import Glibc

/// A mutex with a condition.
///
/// Unchecked because the C values inside are made for use by several threads.
final class ThreadLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    let code = pthread_mutex_init(mutex, nil) | pthread_cond_init(condition, nil)
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

  func signal() { pthread_cond_broadcast(condition) }
}
