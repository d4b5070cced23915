import Synchronization

/// Holds each address to a rate of requests: a bucket of tokens that fills with time.
///
/// Buckets that are full again are forgotten, and there are never more than `mostAddresses`.
final class RequestRate: Sendable {
  private static let mostAddresses = 10_000

  private let nanosecondsPerRequest: Int64
  private let burst: Int64
  /// When each address's bucket is full again; an absent one is full.
  private let fullAt = Mutex<[RemoteAddress: ContinuousClock.Instant]>([:])

  /// `nil` if there is no limit.
  init?(requestsPerSecond: Int, burst: Int) {
    guard requestsPerSecond > 0 else { return nil }
    nanosecondsPerRequest = 1_000_000_000 / Int64(requestsPerSecond)
    self.burst = Int64(max(burst, 1))
  }

  /// Takes one token of the address; the whole seconds to wait if there is none.
  func secondsToWait(_ address: RemoteAddress, now: ContinuousClock.Instant) -> Int64? {
    fullAt.withLock { fullAt in
      let start = max(fullAt[address] ?? now, now)
      let next = start.advanced(by: .nanoseconds(nanosecondsPerRequest))
      let excess = now.duration(to: next) - .nanoseconds(nanosecondsPerRequest * burst)
      guard excess <= .zero else { return excess.components.seconds + 1 }
      if fullAt[address] == nil, fullAt.count >= Self.mostAddresses {
        fullAt = fullAt.filter { $0.value > now }
        // All of them busy: an attack from ten thousand addresses; forgetting is the lesser evil.
        if fullAt.count >= Self.mostAddresses { fullAt.removeAll(keepingCapacity: true) }
      }
      fullAt[address] = next
      return nil
    }
  }
}
