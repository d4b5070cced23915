import POSStore
import Synchronization

/// Wakes the meal boards that are open when something about meals may have changed.
final class MealBoards: Sendable {
  /// How long a board hears nothing at most.
  private static let pause = Duration.seconds(15)

  private let state = Mutex(State())

  private struct State {
    var next = 0
    var boards: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  /// Boards over the meals of a store.
  init(_ store: Store) {
    store.mealSignal.onChange { [weak self] in self?.wake() }
  }

  private func wake() {
    for board in state.withLock({ Array($0.boards.values) }) { board.yield() }
  }

  /// A tick now, after each change and every 15 s; changes in quick succession are one.
  func ticks() -> AsyncStream<Void> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      let number = state.withLock { state in
        state.next += 1
        state.boards[state.next] = continuation
        return state.next
      }
      let clock = Task {
        while !Task.isCancelled {
          continuation.yield()
          try await Task.sleep(for: Self.pause)
        }
      }
      continuation.onTermination = { [weak self] _ in
        clock.cancel()
        _ = self?.state.withLock { $0.boards.removeValue(forKey: number) }
      }
    }
  }
}
