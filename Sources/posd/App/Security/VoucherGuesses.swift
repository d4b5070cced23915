import POS
import Synchronization

/// Slows down who tries codes that no voucher has, and says when that goes on record.
///
/// A try is taken back when the code was right. The journal gets one record at the first wrong code
/// of a user and then at most one a minute.
final class VoucherGuesses: Sendable {
  static let recordEveryMs: Int64 = 60_000

  /// What is to go on record of a user.
  struct Record: Equatable {
    let userID: UserID
    let stationID: StationID
    var count = 0
    var slowed = 0
    let sinceMs: Int64
  }

  private struct State {
    var waiting: [UserID: Record] = [:]
    var recordedAtMs: [UserID: Int64] = [:]
  }

  private let limiter = TryLimiter(freeOfUser: 10, freeOfAddress: 100)
  private let state = Mutex(State())

  /// Begins a try; throws `too_many_attempts` while the user or the address has to wait.
  func begin(_ user: User, address: RemoteAddress, atMs: Int64, now: ContinuousClock.Instant) throws
  {
    do {
      try limiter.begin(user, address: address, now: now)
    } catch {
      state.withLock { state in note(in: &state, user, atMs) { $0.slowed += 1 } }
      throw error
    }
  }

  /// Ends a try that was right: it does not count.
  func succeeded(_ user: User, address: RemoteAddress, now: ContinuousClock.Instant) {
    limiter.succeeded(user, address: address, now: now)
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
}
