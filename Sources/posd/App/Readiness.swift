import Synchronization

/// Says once, on standard error, that every listener listens: `ready http://127.0.0.1:8080`.
///
/// Scripts and tests wait for this line; with port 0 it is the only place the port is named.
final class Readiness: Sendable {
  private struct State {
    var missing: Int
    var lines: [String] = []
  }

  private let state: Mutex<State>

  init(listeners: Int) { state = Mutex(State(missing: listeners)) }

  /// One more listener listens; `line` is what to say of it.
  func listening(_ line: String? = nil) {
    let lines = state.withLock { state -> [String] in
      state.missing -= 1
      if let line { state.lines.append(line) }
      // "ready" is the last word: whoever waits for it has read the others.
      let (ready, others) = (
        state.lines.filter { $0.hasPrefix("ready ") },
        state.lines.filter { !$0.hasPrefix("ready ") }
      )
      return state.missing == 0 ? others.sorted() + ready : []
    }
    for line in lines { Console.error(line) }
  }
}
