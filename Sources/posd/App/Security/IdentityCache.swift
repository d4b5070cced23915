import POS
import Synchronization

/// The users behind the tokens in use, so that a request costs no look-up in the database.
///
/// A log-out takes its token out for good; an entry ends with its log-in. At most `mostEntries` of
/// each are kept: when there are more, it begins anew. Who is changed is looked up again.
final class IdentityCache: Sendable {
  private static let mostEntries = 1000

  private let state = Mutex(State())

  private struct State {
    var entries: [TokenHash: Entry] = [:]
    /// Logged out: a request that was looked up just before must not bring the token back.
    var ended: Set<TokenHash> = []
    /// How often somebody was forgotten: what was looked up before is not kept after.
    var generation = 0
  }

  private struct Entry {
    let user: User
    let expiresAtMs: Int64
  }

  /// The user of a token, if it is known and its log-in is not over.
  func user(_ token: TokenHash, atMs: Int64) -> User? {
    state.withLock { state in
      guard let entry = state.entries[token], entry.expiresAtMs > atMs else { return nil }
      return entry.user
    }
  }

  /// What a look-up that begins now must say to `keep`.
  var generation: Int { state.withLock { $0.generation } }

  /// Remembers a user until their log-in is over, unless somebody was forgotten since the look-up
  /// began.
  func keep(_ user: User, token: TokenHash, expiresAtMs: Int64, since generation: Int) {
    state.withLock { state in
      guard state.generation == generation, !state.ended.contains(token) else { return }
      if state.entries.count >= Self.mostEntries { state.entries = [:] }
      state.entries[token] = Entry(user: user, expiresAtMs: expiresAtMs)
    }
  }

  /// Forgets all tokens of a person who was changed.
  func forget(_ userID: UserID) {
    state.withLock { state in
      state.generation += 1
      state.entries = state.entries.filter { $0.value.user.id != userID }
    }
  }

  /// Forgets a token that was logged out.
  func forget(_ token: TokenHash) {
    state.withLock { state in
      if state.ended.count >= Self.mostEntries { state.ended = [] }
      state.ended.insert(token)
      state.entries[token] = nil
    }
  }
}
