import Receipt

/// One wish to open a drawer, good for about a second: a drawer that opens later, with nobody at
/// it, is worse than one that stays shut.
///
///     waiting ──▶ writing ──▶ done(sent | refused)
///        └──────────────────▶ done(late | refused)
///
/// Unchecked because its variable is used only while the lock is held.
final class DrawerWish: @unchecked Sendable {
  private enum State {
    case waiting
    case writing
    case done(DrawerOutcome)
  }

  /// `DrawerPin.kick`.
  let bytes: [UInt8]
  private let endMs: Int64
  private let lock = ThreadLock()
  private var state = State.waiting

  /// `nil` where no pin opens anything.
  init?(_ pin: DrawerPin, withinMs: Int64) {
    guard !pin.kick.isEmpty else { return nil }
    bytes = pin.kick
    endMs = MonotonicClock.nowMs + withinMs
  }

  /// Whether it may be written now; from then on it is.
  func begin() -> Bool {
    lock.held {
      guard case .waiting = state, MonotonicClock.nowMs < endMs else { return false }
      state = .writing
      return true
    }
  }

  /// Whether it is still waited for.
  var isWaiting: Bool {
    lock.held { if case .waiting = state { MonotonicClock.nowMs < endMs } else { false } }
  }

  func finish(_ outcome: DrawerOutcome) {
    lock.held {
      if case .done = state { return }
      state = .done(outcome)
      lock.signal()
    }
  }

  /// What became of it; `nil` if that is not known after so long.
  func outcome(limitMs: Int64 = .max) -> DrawerOutcome? {
    let returnMs = limitMs == .max ? Int64.max : MonotonicClock.nowMs + limitMs
    return lock.held {
      while true {
        if case .done(let outcome) = state { return outcome }
        let nowMs = MonotonicClock.nowMs
        if case .waiting = state, nowMs >= endMs {
          state = .done(.late)
          continue
        }
        if nowMs >= returnMs { return nil }
        lock.wait(limitMs: max(1, min(100, endMs - nowMs, returnMs - nowMs)))
      }
    }
  }
}
