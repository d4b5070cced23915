import Glibc

/// Long work that may wait: on a thread of its own, behind everything else.
enum QuietThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs blocking work and waits for it without holding a task's thread.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { done in
      start { done.resume(with: Result(catching: work)) }
    }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &thread, nil,
      { argument in
        QuietThread.stepBack()
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    precondition(code == 0, "a thread can be started")
    pthread_detach(thread)
  }

  /// Usual scheduling, if the process has a better one, and then the last in line. On Linux both
  /// are a thread's own. What the system refuses is no loss.
  private static func stepBack() {
    var usual = sched_param()
    sched_setscheduler(0, SCHED_OTHER, &usual)
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
  }
}
