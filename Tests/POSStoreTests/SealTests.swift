import Crypto
import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct SealTests {
  static func signer(_ number: UInt8) throws -> JournalSigner {
    try #require(JournalSigner(secret: Array(repeating: number, count: 32)))
  }

  /// A station with a key (records 1-7 and 1-8) and one sale (1-9).
  private func signed() async throws -> (StoreFixture, JournalSigner) {
    let fixture = try await StoreFixture()
    let signer = try Self.signer(1)
    try await fixture.store.sign(with: signer, atMs: StoreFixture.atMs)
    _ = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    return (fixture, signer)
  }

  @Test func theFirstKeyIsJournalledAndSignsItself() async throws {
    let (fixture, signer) = try await signed()

    let summary = try Verifier(folder: fixture.folder).verify(
      trusted: [signer.publicKey.fingerprint])

    #expect(summary.signatures == 1)
    #expect(summary.fingerprints == [signer.publicKey.fingerprint])
    #expect(try fixture.store.verifyingKey == signer.publicKey)
  }

  @Test func theSameKeyAgainChangesNothing() async throws {
    let (fixture, signer) = try await signed()
    let records = try Verifier(folder: fixture.folder).verify().records

    try fixture.reopen()
    try await fixture.store.sign(with: signer, atMs: StoreFixture.atMs)

    #expect(try Verifier(folder: fixture.folder).verify().records == records)
  }

  @Test func anotherKeyIsRefusedAndARenewedOneIsNamed() async throws {
    let (fixture, signer) = try await signed()
    let other = try Self.signer(2)

    await #expect(
      throws: StoreProblem.otherKey(
        recorded: signer.publicKey.fingerprint, given: other.publicKey.fingerprint)
    ) { try await fixture.store.sign(with: other, atMs: StoreFixture.atMs) }
    try await fixture.store.renew(other, atMs: StoreFixture.atMs)

    let verifier = Verifier(folder: fixture.folder)
    #expect(
      try verifier.verify().fingerprints == [
        signer.publicKey.fingerprint, other.publicKey.fingerprint,
      ])
    #expect(throws: Finding.self) {
      try verifier.verify(trusted: [signer.publicKey.fingerprint])
    }
    #expect(throws: Finding.self) { try verifier.verify(trusted: [other.publicKey.fingerprint]) }
  }

  @Test func aJournalWithoutAKeyIsRefusedByWhoHasAFingerprint() async throws {
    let fixture = try await StoreFixture()
    let verifier = Verifier(folder: fixture.folder)

    #expect(try verifier.verify().fingerprints == [])
    #expect(throws: Finding.self) { try verifier.verify(trusted: ["00"]) }
  }

  /// What can be done to keys and signatures by who has the file but not the key; each forgery
  /// makes the chain anew behind it.
  enum Forgery: CaseIterable {
    case otherSignature, otherKey, signatureLeftOut, signatureOfAnotherRecord, keyTwice
    case seriesWithoutRestore, restoreWithoutSeries
  }

  @Test(arguments: Forgery.allCases)
  func aForgeryWithANewChainIsFound(forgery: Forgery) async throws {
    let (fixture, signer) = try await signed()
    let other = try Self.signer(2)
    let heads = try await fixture.store.read { unit in
      try Row.fetchAll(unit.db, sql: "SELECT key, hash FROM journal ORDER BY key").map {
        unit.head($0["key"], hash: $0["hash"])
      }
    }
    let end = try #require(heads.last)

    try await fixture.store.append { unit in
      func append(_ kind: JournalKind, _ body: JSON, opening epoch: Int64? = nil) throws {
        try unit.insert(
          JournalRecord(
            kind: kind, body: body, atMs: 0, origin: unit.facts.origin,
            after: try unit.journalHead, opening: epoch))
      }
      let added = KeyAdded(other.publicKey, replaces: nil).body
      let opened = SeriesOpened(backupHash: end.hash, backupAtMs: 0, head: end).body
      switch forgery {
      case .otherSignature:
        let seal = JournalSeal(end, origin: "another", signer: signer)
        try append(.signature, seal.body)
      case .otherKey:
        try append(
          .signature, JournalSeal(end, origin: unit.facts.origin, signer: other).body)
      case .signatureLeftOut:
        try append(
          .keyAdded, KeyAdded(other.publicKey, replaces: signer.publicKey.fingerprint).body)
      case .signatureOfAnotherRecord:
        try append(
          .signature, JournalSeal(heads[1], origin: unit.facts.origin, signer: signer).body)
      case .keyTwice: try append(.keyAdded, added)
      case .seriesWithoutRestore: try append(.logOut, .members(["userID": .null]), opening: 2)
      case .restoreWithoutSeries: try append(.restored, opened)
      }
    }

    #expect(throws: Finding.self) { try Verifier(folder: fixture.folder).verify() }
  }
}

extension Store {
  /// Writes to the journal past all rules.
  fileprivate func append(_ work: @escaping @Sendable (UnitOfWork) throws -> Void) async throws {
    try await write { unit in try work(unit) }
  }
}
