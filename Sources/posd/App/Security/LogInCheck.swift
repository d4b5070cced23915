/// Checks who logs in or approves: the limit on tries, then the slow hash.
struct LogInCheck: Sendable {
  let limiter: LogInLimiter
  let hasher: PasswordHasher

  /// Returns if `secret` belongs to the kept hash; `nil` is for an unknown user.
  ///
  /// Throws `too_many_attempts`, `busy`, `login_failed`.
  func check(user: String, secret: String, kept: String?, from address: RemoteAddress)
    async throws
  {
    try limiter.begin(user: user, address: address, now: .now)
    guard try await hasher.verify(secret, against: kept) else { throw Problem(.loginFailed) }
    limiter.succeeded(user: user, address: address)
  }
}
