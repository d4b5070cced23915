import Glibc
public import Receipt

extension Transport {
  /// Sends one slip on a thread of its own, so that a waiting printer does not hold up others'
  /// work.
  ///
  /// It is not cancelled with its task: a slip half sent is worse than a late one.
  public func deliver(_ slip: Slip) async throws -> Delivery {
    try await onItsThread { try send(slip) }
  }

  /// The same for the question which printer it is.
  public func identified() async throws -> PrinterIdentity? {
    try await onItsThread { try identify() }
  }

  /// The same for what the printer says.
  public func examined() async throws -> [StatusAnswer] {
    try await onItsThread { try examine() }
  }

  /// The same for the question whether a slip could begin now.
  ///
  /// - Throws: `TransportProblem.notStarted`.
  public func looked() async throws { try await onItsThread { try look() } }

  /// Opens the drawer at a pin; see `kick`.
  public func kicked(_ pin: DrawerPin, withinMs: Int64) async -> DrawerOutcome {
    await withCheckedContinuation { continuation in
      let thread = BlockingThread.start {
        continuation.resume(returning: kick(pin, withinMs: withinMs))
      }
      pthread_detach(thread)
    }
  }

  private func onItsThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = BlockingThread.start { continuation.resume(with: Result(catching: work)) }
      pthread_detach(thread)
    }
  }
}
