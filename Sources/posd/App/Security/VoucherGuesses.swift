import POS
import Synchronization

/// Slows down who tries codes that no voucher has, and says when that goes on record.
///
/// A try counts when it begins, so that many at once gain nothing, and is taken back when the code
/// was right. One is forgiven each minute. Users and addresses count apart: one who guesses does not
/// slow the colleague at the next till, unless very much is guessed from there. The journal gets one
/// record at the first wrong code of a user and then at most one a minute.
final class VoucherGuesses: Sendable {
  static let freeOfUser = 10
  static let freeOfAddress = 100
  static let longestWaitSeconds: Int64 = 300
  static let recordEveryMs: Int64 = 60_000
  private static let forgiven = Duration.seconds(60)
  private static let mostEntries = 10_000

  private enum Key: Hashable {
    case user(UserID)
    case address(RemoteAddress)
  }

  private struct Entry {
    var failures = 0
    var countedAt: ContinuousClock.Instant
    var blockedUntil: ContinuousClock.Instant
  }

  /// What is to go on record of a user.
  struct Record: Equatable {
    let userID: UserID
    let stationID: StationID
    var count = 0
    var slowed = 0
    let sinceMs: Int64
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var waiting: [UserID: Record] = [:]
    var recordedAtMs: [UserID: Int64] = [:]
  }

  private let state = Mutex(State())

  /// Begins a try; throws `too_many_attempts` while the user or the address has to wait.
  func begin(_ user: User, address: RemoteAddress, atMs: Int64, now: ContinuousClock.Instant) throws
  {
    try state.withLock { state in
      let keys = keys(user, address)
      let until = keys.compactMap { state.entries[$0.key]?.blockedUntil }.max() ?? now
      guard until <= now else {
        note(in: &state, user, atMs) { $0.slowed += 1 }
        throw Problem.wait(
          .tooManyAttempts, seconds: now.duration(to: until).components.seconds + 1)
      }
      makeRoom(&state.entries, now: now)
      for (key, free) in keys {
        var entry = state.entries[key] ?? Entry(countedAt: now, blockedUntil: now)
        let minutes = Int(entry.countedAt.duration(to: now) / Self.forgiven)
        entry.failures = max(0, entry.failures - minutes) + 1
        if minutes > 0 || entry.failures == 1 { entry.countedAt = now }
        entry.blockedUntil = now.advanced(by: Self.wait(after: entry.failures - free))
        state.entries[key] = entry
      }
    }
  }

  /// Ends a try that was right: it does not count.
  func succeeded(_ user: User, address: RemoteAddress, now: ContinuousClock.Instant) {
    state.withLock { state in
      for (key, _) in keys(user, address) {
        guard var entry = state.entries[key] else { continue }
        entry.failures -= 1
        entry.blockedUntil = now
        state.entries[key] = entry.failures > 0 ? entry : nil
      }
    }
  }

  /// Ends a try that was wrong.
  func failed(_ user: User, atMs: Int64) {
    state.withLock { state in note(in: &state, user, atMs) { $0.count += 1 } }
  }

  /// What is due to go on record.
  ///
  /// - Parameter all: also what would wait for its minute: the daemon ends.
  func recordsDue(atMs: Int64, all: Bool = false) -> [Record] {
    state.withLock { state in
      let due = state.waiting.values.filter { record in
        let last = state.recordedAtMs[record.userID]
        return all || last.map { atMs - $0 >= Self.recordEveryMs || atMs < $0 } ?? true
      }
      for record in due {
        state.waiting[record.userID] = nil
        state.recordedAtMs[record.userID] = atMs
      }
      return due.sorted { $0.userID.text < $1.userID.text }
    }
  }

  private func note(
    in state: inout State, _ user: User, _ atMs: Int64, _ change: (inout Record) -> Void
  ) {
    var record =
      state.waiting[user.id]
      ?? Record(userID: user.id, stationID: user.stationID, sinceMs: atMs)
    change(&record)
    state.waiting[user.id] = record
  }

  private func keys(_ user: User, _ address: RemoteAddress) -> [(key: Key, free: Int)] {
    [(.user(user.id), Self.freeOfUser), (.address(address), Self.freeOfAddress)]
  }

  /// 1, 2, 4 … 300 seconds, from the last free failure on.
  private static func wait(after failures: Int) -> Duration {
    guard failures >= 0 else { return .zero }
    return .seconds(min(1 << Int64(min(failures, 20)), longestWaitSeconds))
  }

  private func makeRoom(_ entries: inout [Key: Entry], now: ContinuousClock.Instant) {
    guard entries.count >= Self.mostEntries else { return }
    // The least guilty go.
    let kept = entries.sorted { $0.value.failures > $1.value.failures }
      .prefix(Self.mostEntries / 2)
    entries = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
