import Synchronization

/// Slows down guessing: after some failures each further one doubles the wait.
///
/// A try counts as a failure when it begins, so that many at once gain nothing, and is taken back
/// when it succeeds. Failures of a user name and of an address count apart; one till's address
/// has many users, so it has more free tries. Nothing is kept of a name that has been quiet for a
/// quarter of an hour, and never more than `mostEntries`.
final class LogInLimiter: Sendable {
  static let freeFailuresOfUser = 5
  static let freeFailuresOfAddress = 20
  static let longestWaitSeconds: Int64 = 300
  private static let quiet = Duration.seconds(15 * 60)
  private static let mostEntries = 10_000

  private enum Key: Hashable {
    case user(String)
    case address(RemoteAddress)
  }

  private struct Entry {
    var failures = 0
    var lastTry: ContinuousClock.Instant
    var blockedUntil: ContinuousClock.Instant
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// Begins a try.
  ///
  /// Throws `too_many_attempts` while the user name or the address has to wait; such a try does
  /// not count.
  func begin(user: String, address: RemoteAddress, now: ContinuousClock.Instant) throws {
    let keys = keys(user, address)
    try entries.withLock { entries in
      let until = keys.compactMap { entries[$0.key]?.blockedUntil }.max() ?? now
      guard until <= now else {
        let seconds = now.duration(to: until).components.seconds + 1
        throw Problem.wait(.tooManyAttempts, seconds: seconds)
      }
      Self.makeRoom(&entries, now: now)
      for (key, free) in keys {
        var entry = entries[key] ?? Entry(lastTry: now, blockedUntil: now)
        if entry.lastTry.duration(to: now) > Self.quiet { entry.failures = 0 }
        entry.failures += 1
        entry.lastTry = now
        entry.blockedUntil = now.advanced(by: Self.wait(afterFailures: entry.failures - free))
        entries[key] = entry
      }
    }
  }

  /// Ends a try that was right: the user's failures are forgotten, the address has one less.
  func succeeded(user: String, address: RemoteAddress) {
    entries.withLock { entries in
      entries[.user(Self.folded(user))] = nil
      guard var entry = entries[.address(address)] else { return }
      entry.failures -= 1
      entry.blockedUntil = entry.lastTry
      entries[.address(address)] = entry.failures > 0 ? entry : nil
    }
  }

  private func keys(_ user: String, _ address: RemoteAddress) -> [(key: Key, free: Int)] {
    [
      (.user(Self.folded(user)), Self.freeFailuresOfUser),
      (.address(address), Self.freeFailuresOfAddress),
    ]
  }

  /// Names that differ by case or beyond 64 characters count as one.
  private static func folded(_ user: String) -> String { String(user.lowercased().prefix(64)) }

  /// 1, 2, 4 … 300 seconds, from the last free failure on.
  private static func wait(afterFailures failures: Int) -> Duration {
    guard failures >= 0 else { return .zero }
    return .seconds(min(1 << Int64(min(failures, 20)), longestWaitSeconds))
  }

  private static func makeRoom(_ entries: inout [Key: Entry], now: ContinuousClock.Instant) {
    guard entries.count >= mostEntries else { return }
    entries = entries.filter { $0.value.lastTry.duration(to: now) <= quiet }
    guard entries.count >= mostEntries else { return }
    // Still full: the least guilty go.
    let kept = entries.sorted { $0.value.failures > $1.value.failures }.prefix(mostEntries / 2)
    entries = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
