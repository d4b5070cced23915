/// Wishes to open the drawer of one printer, until somebody who can speak to it takes them.
///
/// Unchecked because its variable is used only while the lock is held.
final class DrawerWishes: @unchecked Sendable {
  private let lock = ThreadLock()
  private var list: [DrawerWish] = []

  func add(_ wish: DrawerWish) { lock.held { list.append(wish) } }

  /// The next that is still waited for.
  func take() -> DrawerWish? {
    lock.held {
      while !list.isEmpty {
        let wish = list.removeFirst()
        if wish.isWaiting { return wish }
        wish.finish(.late)
      }
      return nil
    }
  }
}
