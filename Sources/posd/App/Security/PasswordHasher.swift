import CCrypt
import NIOCore
import NIOPosix
import Synchronization

/// Hashes and checks passwords and PINs by yescrypt, as Debian keeps its own.
///
/// One check takes about 70 ms and 64 MiB on purpose, so they wait in a short queue for one thread
/// of their own: sales keep the other processors. Stored form: the modular crypt string
/// `$y$…`, which carries its own cost and salt.
final class PasswordHasher: Sendable {
  /// libxcrypt takes 511 bytes; more than this is no password.
  static let maximumBytes = 256
  /// Checks that may wait; the last of them waits two seconds.
  private static let longestQueue = 32
  /// yescrypt's N = 2^14, r = 32.
  private static let cost: UInt = 7

  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let waiting = Atomic<Int>(0)
  /// Checked in place of an unknown user's hash, so that both take the same time.
  private let decoy: String

  /// Starts the thread and makes the decoy, which takes as long as one check.
  init() throws {
    pool.start()
    decoy = try Self.hash(of: SessionToken().text)
  }

  /// Whether a text can be a password: 1…256 bytes, no NUL.
  static func isUsable(_ password: String) -> Bool {
    (1...maximumBytes).contains(password.utf8.count) && !password.utf8.contains(0)
  }

  /// The string to keep for a password; throws `busy` when too many wait.
  func hash(of password: String) async throws -> String {
    try await queued { try Self.hash(of: password) }
  }

  /// Whether a password belongs to a kept string; `nil`, for an unknown user, takes as long and is
  /// false. Throws `busy` when too many wait.
  func verify(_ password: String, against kept: String?) async throws -> Bool {
    let setting = kept ?? decoy
    let isRight = try await queued { Self.isEqual(Self.crypt(password, setting), setting) }
    return isRight && kept != nil
  }

  /// Ends the thread.
  func shutDown() async throws { try await pool.shutdownGracefully() }

  private func queued<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    defer { waiting.subtract(1, ordering: .relaxed) }
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.longestQueue else {
      throw Problem.wait(.busy, seconds: 2)
    }
    return try await pool.runIfActive(work)
  }

  /// Hashes at once, on the calling thread: for the command line.
  static func hash(of password: String) throws -> String {
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in CChar.random(in: .min ... .max, using: &generator) }
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    let made = crypt_gensalt_rn(
      "$y$", cost, salt, Int32(salt.count), &setting, Int32(setting.count))
    guard made != nil, let kept = crypt(password, text(setting)) else {
      throw PasswordFailure.hashingFailed
    }
    return kept
  }

  /// The kept form of a password under a setting; `nil` if libxcrypt refuses either.
  private static func crypt(_ password: String, _ setting: String) -> String? {
    guard isUsable(password) else { return nil }
    var workspace = [UInt8](repeating: 0, count: MemoryLayout<crypt_data>.size)
    return workspace.withUnsafeMutableBytes { space -> String? in
      guard let start = space.baseAddress else { return nil }
      defer { explicit_bzero(start, space.count) }
      let kept = crypt_rn(password, setting, start, Int32(space.count))
      return kept.map { String(cString: $0) }
    }
  }

  /// Compares in a time that does not depend on where they differ.
  private static func isEqual(_ made: String?, _ kept: String) -> Bool {
    guard let made, made.utf8.count == kept.utf8.count else { return false }
    return zip(made.utf8, kept.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// libxcrypt could not hash: a system without yescrypt, or without memory.
enum PasswordFailure: Error {
  case hashingFailed
}
