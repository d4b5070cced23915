import POS
import Synchronization

/// Slows down who tries too much: after some free tries each further one doubles the wait.
///
/// A try counts when it begins, so that many at once gain nothing. One is forgiven each minute.
/// Users and addresses count apart: one who tries does not slow the colleague at the next till,
/// unless very much is tried from there.
final class TryLimiter: Sendable {
  static let longestWaitSeconds: Int64 = 300
  private static let forgiven = Duration.seconds(60)
  private static let mostEntries = 10_000

  private enum Key: Hashable {
    case user(UserID)
    case address(RemoteAddress)
  }

  private struct Entry {
    var tries = 0
    var countedAt: ContinuousClock.Instant
    var blockedUntil: ContinuousClock.Instant
  }

  private let freeOfUser: Int
  private let freeOfAddress: Int
  private let entries = Mutex<[Key: Entry]>([:])

  init(freeOfUser: Int, freeOfAddress: Int) {
    self.freeOfUser = freeOfUser
    self.freeOfAddress = freeOfAddress
  }

  /// Begins a try; throws `too_many_attempts` while the user or the address has to wait.
  func begin(_ user: User, address: RemoteAddress, now: ContinuousClock.Instant) throws {
    try entries.withLock { entries in
      let keys = keys(user, address)
      let until = keys.compactMap { entries[$0.key]?.blockedUntil }.max() ?? now
      guard until <= now else {
        throw Problem.wait(
          .tooManyAttempts, seconds: now.duration(to: until).components.seconds + 1)
      }
      makeRoom(&entries)
      for (key, free) in keys {
        var entry = entries[key] ?? Entry(countedAt: now, blockedUntil: now)
        let minutes = Int(entry.countedAt.duration(to: now) / Self.forgiven)
        entry.tries = max(0, entry.tries - minutes) + 1
        if minutes > 0 || entry.tries == 1 { entry.countedAt = now }
        entry.blockedUntil = now.advanced(by: Self.wait(after: entry.tries - free))
        entries[key] = entry
      }
    }
  }

  /// Takes back a try that was right.
  func succeeded(_ user: User, address: RemoteAddress, now: ContinuousClock.Instant) {
    entries.withLock { entries in
      for (key, _) in keys(user, address) {
        guard var entry = entries[key] else { continue }
        entry.tries -= 1
        entry.blockedUntil = now
        entries[key] = entry.tries > 0 ? entry : nil
      }
    }
  }

  private func keys(_ user: User, _ address: RemoteAddress) -> [(key: Key, free: Int)] {
    [(.user(user.id), freeOfUser), (.address(address), freeOfAddress)]
  }

  /// 1, 2, 4 … 300 seconds, from the last free try on.
  private static func wait(after tries: Int) -> Duration {
    guard tries >= 0 else { return .zero }
    return .seconds(min(1 << Int64(min(tries, 20)), longestWaitSeconds))
  }

  private func makeRoom(_ entries: inout [Key: Entry]) {
    guard entries.count >= Self.mostEntries else { return }
    // Who tried least goes.
    let kept = entries.sorted { $0.value.tries > $1.value.tries }.prefix(Self.mostEntries / 2)
    entries = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
