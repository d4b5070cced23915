import POS
import POSStore

/// Gives an open store the keys of its station.
enum StationKeys {
  /// Reads the key file, or makes one for a folder that has no key yet; the first key is journalled.
  ///
  /// The folder's lock must be held. Throws `KeyFileProblem`; errors of the store.
  static func open(_ path: String, for store: Store, clock: Clock) async throws -> KeyFile {
    let known = try store.verifyingKey
    let keys = try known == nil ? readOrMade(path) : KeyFile.read(path)
    guard known == nil || known == keys.publicKey else {
      throw KeyFileProblem.otherStation(
        path: path, recorded: known?.fingerprint ?? "", found: keys.publicKey.fingerprint)
    }
    try await store.sign(with: keys.signer, atMs: clock.nowMs)
    store.keepPeople(with: keys.personal)
    return keys
  }

  /// The file is made before the journal names its key: a start that is broken off between finds it.
  private static func readOrMade(_ path: String) throws -> KeyFile {
    do throws(KeyFileProblem) {
      return try KeyFile.read(path)
    } catch {
      guard case .missing = error else { throw error }
    }
    let keys = KeyFile()
    try keys.write(to: path)
    return keys
  }
}
