import Glibc

extension Transport {
  /// Sends one slip on a thread of its own, so that a waiting printer does not hold up others'
  /// work.
  ///
  /// It is not cancelled with its task: a slip half sent is worse than a late one.
  public func deliver(_ slip: Slip) async throws -> Delivery {
    try await withCheckedThrowingContinuation { continuation in
      let thread = BlockingThread.start {
        continuation.resume(with: Result { try send(slip) })
      }
      pthread_detach(thread)
    }
  }
}
