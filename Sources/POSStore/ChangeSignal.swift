import Synchronization

/// Tells whoever listens that something may have changed; it says neither what nor how often.
public final class ChangeSignal: Sendable {
  private let listeners = Mutex<[@Sendable () -> Void]>([])

  /// Nobody listens yet.
  public init() {}

  /// Calls `listener`, which must return at once, at every change from now on.
  public func onChange(_ listener: @escaping @Sendable () -> Void) {
    listeners.withLock { $0.append(listener) }
  }

  /// Something may have changed.
  public func post() { for listener in listeners.withLock({ $0 }) { listener() } }
}
