import GRDB
public import POS
import Synchronization

/// The keys that sign this journal.
///
/// 1. The journal names its key (`keyAdded`) before anything is signed with it, and each later key
///    names the one it replaces.
/// 2. A record that must be signed has its `signature` right behind it, in the same transaction.
/// 3. `setting` keeps the key in force, so that a start need not walk the journal; `Verifier` holds
///    it against the record.
extension Store {
  /// The key in force; `nil` before the first.
  public var verifyingKey: VerifyingKey? {
    get throws {
      try pool.read { db in try Self.verifyingKey(db) }
    }
  }

  /// Signs with a key from now on; a folder's first key is journalled.
  ///
  /// - Throws: `StoreProblem.otherKey` if the journal knows another key.
  public func sign(with signer: JournalSigner, atMs: Int64) async throws {
    try await take(signer, isRenewal: false, atMs: atMs)
  }

  /// Signs with a new key in place of the one in force, which is lost; journalled.
  ///
  /// Nothing happens if the key is in force already.
  public func renew(_ signer: JournalSigner, atMs: Int64) async throws {
    try await take(signer, isRenewal: true, atMs: atMs)
  }

  private func take(_ signer: JournalSigner, isRenewal: Bool, atMs: Int64) async throws {
    let facts = facts.withLock { $0 }
    try await writer.perform { db in
      let known = try Self.verifyingKey(db)
      guard known != signer.publicKey else { return }
      if let known, !isRenewal {
        throw StoreProblem.otherKey(
          recorded: known.fingerprint, given: signer.publicKey.fingerprint)
      }
      var facts = facts
      facts.signer = signer
      let unit = UnitOfWork(db: db, facts: facts)
      let added = KeyAdded(signer.publicKey, replaces: known?.fingerprint)
      let head = try unit.append(.keyAdded, added.body, atMs: atMs)
      try db.execute(
        sql: "INSERT OR REPLACE INTO setting (name, value) VALUES ('verifyingKey', ?)",
        arguments: [hexText(signer.publicKey.bytes)])
      try unit.seal(head, atMs: atMs)
    }
    self.facts.withLock { $0.signer = signer }
  }

  static func verifyingKey(_ db: Database) throws -> VerifyingKey? {
    let text = try String.fetchOne(
      db, sql: "SELECT value FROM setting WHERE name = 'verifyingKey'")
    guard let text else { return nil }
    guard let key = hexBytes(text).flatMap(VerifyingKey.init) else {
      throw StoreProblem.badRecord("setting verifyingKey")
    }
    return key
  }
}

extension UnitOfWork {
  /// Signs the record just appended, by a record of its own right behind it.
  ///
  /// A `posd` without a key signs nothing: only tests have none.
  func seal(_ head: JournalHead, atMs: Int64) throws {
    guard let signer = facts.signer else {
      let known = try Store.verifyingKey(db)
      precondition(known == nil, "a journal with a key is written by who has it")
      return
    }
    let seal = JournalSeal(head, origin: facts.origin, signer: signer)
    try append(.signature, seal.body, atMs: atMs)
  }
}
