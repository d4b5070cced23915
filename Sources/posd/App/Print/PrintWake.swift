import Synchronization

/// Lets one task sleep until something happens, or for a time.
final class PrintWake: Sendable {
  private struct State {
    var isSet = false
    var sleeper: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// Ends the sleep under way, or the next one at once.
  func set() {
    let sleeper = state.withLock { state in
      state.isSet = state.sleeper == nil
      defer { state.sleeper = nil }
      return state.sleeper
    }
    sleeper?.resume()
  }

  /// Sleeps until `set`, cancellation, or the time is over; one task at a time.
  func sleep(atMost pause: Duration) async {
    let timer = Task {
      do { try await Task.sleep(for: pause) } catch { return }
      set()
    }
    defer { timer.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          defer { state.isSet = false }
          guard !state.isSet, !Task.isCancelled else { return true }
          state.sleeper = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      set()
    }
  }
}
