import Crypto
import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct PrintQueueStoreTests {
  @Test func jobsOfTheSchemaBeforeAreCarriedOver() throws {
    let queue = try DatabaseQueue()
    try Migrations.migrator.migrate(queue, upTo: "0003 baskets, approvals, print jobs")
    try queue.write { db in try db.execute(sql: Self.olderRows) }

    try Migrations.migrator.migrate(queue)

    let rows = try queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT key || ' ' || document || ' ' || journalKey || ' ' || copy || ' ' || state
            || COALESCE(' ' || reason, '') || ' ' || hex(substr(tillID, 1, 1))
            || ' ' || hex(substr(stationID, 1, 1)) || COALESCE(' ' || decision, '')
          FROM printJob ORDER BY key
          """)
    }
    #expect(
      rows == [
        "1 sale 71 0 accepted 02 01", "2 sale 71 1 possiblyPrinted unplugged 02 01",
        "5 return 72 0 queued 02 01",
      ])
    try queue.read { db in try SchemaCheck.run(db) }
  }

  private static let olderRows = """
    INSERT INTO station VALUES (x'01000000000000000000000000000000', 'a', 'a');
    INSERT INTO till VALUES (x'02000000000000000000000000000000',
      x'01000000000000000000000000000000', '1');
    INSERT INTO user VALUES (x'04000000000000000000000000000000', 'u', 'u', 'cashier',
      x'01000000000000000000000000000000', '', '');
    INSERT INTO journal VALUES (70, 'tillOpened', x'00', zeroblob(32)),
      (71, 'sale', x'00', zeroblob(32)), (72, 'return', x'00', zeroblob(32));
    INSERT INTO tillSession VALUES (x'03000000000000000000000000000000',
      x'02000000000000000000000000000000', x'01000000000000000000000000000000',
      x'04000000000000000000000000000000', 1, 0, 70, NULL);
    INSERT INTO sale VALUES
      (71, randomblob(16), zeroblob(32), 'sale', x'01000000000000000000000000000000', 1, 1,
        x'03000000000000000000000000000000', '2026-11-21', 5, NULL),
      (72, randomblob(16), zeroblob(32), 'return', x'01000000000000000000000000000000', 1, 2,
        x'03000000000000000000000000000000', '2026-11-21', -5, 71);
    INSERT INTO printJob VALUES (1, 71, 'sale', 0, 'accepted', NULL, 10),
      (2, 71, 'sale', 1, 'possiblyPrinted', 'unplugged', 11),
      (5, 72, 'sale', 0, 'queued', NULL, 12);
    """

  @Test func aSaleQueuesItsReceiptAtItsTill() async throws {
    let fixture = try await StoreFixture()

    let (sale, _) = try await fixture.store.complete(
      fixture.request(300), by: fixture.cashier, atMs: StoreFixture.atMs)

    let jobs = try await fixture.store.printJobs(at: StoreFixture.stationID, limit: 10)
    let job = try #require(jobs.first)
    #expect(jobs.count == 1)
    #expect(job.subject.saleID == sale.value.id)
    #expect(job.subject.document == .sale)
    #expect(job.subject.sequence == sale.head.sequence)
    #expect(job.tillID == StoreFixture.tillID)
    #expect(job.state == .queued)
  }

  /// Whoever forges a decision and makes the chain anew still has to decide what can be decided.
  @Test(arguments: [
    ("\"decision\":\"printAgain\"", "\"decision\":\"cameOut\"", "copy"),
    ("\"decision\":\"printAgain\"", "\"decision\":\"tornUp\"", "none"),
    ("\"record\":\"1-7\"", "\"record\":\"1-9\"", "no record"),
    ("\"record\":\"1-7\"", "\"record\":\"7\"", "no record"),
    ("\"copy\":1", "\"copy\":0", "copy"), ("\"slipCopy\":0", "\"slipCopy\":-1", "none"),
  ])
  func aForgedDecisionWithANewChainIsFound(old: String, new: String, words: String) async throws {
    let fixture = try await StoreFixture()
    try await decidePrintAgain(fixture)
    let content = try await fixture.store.read { unit in
      try Data.fetchOne(unit.db, sql: "SELECT content FROM journal WHERE kind = 'printDecision'")
    }
    _ = try Verifier(folder: fixture.folder).verify()
    let text = String(decoding: try #require(content), as: UTF8.self)
    let forged = Array(text.replacing(old, with: new).utf8)
    #expect(forged != Array(text.utf8))

    try await fixture.forge(
      """
      UPDATE journal SET content = x'\(hexText(forged))',
        hash = x'\(hexText(SHA256.hash(data: forged)))' WHERE kind = 'printDecision'
      """)

    do {
      _ = try Verifier(folder: fixture.folder).verify()
      Issue.record("not found: \(new)")
    } catch let finding as Finding {
      #expect(finding.place == "1-8" && finding.problem.contains(words), "\(finding)")
    }
  }

  private func decidePrintAgain(_ fixture: StoreFixture) async throws {
    _ = try await fixture.store.complete(
      fixture.request(300), by: fixture.cashier, atMs: StoreFixture.atMs)
    let jobs = try await fixture.store.printJobs(at: StoreFixture.stationID, limit: 1)
    let key = try #require(jobs.first).key
    #expect(try await fixture.store.beginSending(key))
    try await fixture.store.mark([key], as: .possiblyPrinted, reason: "unplugged")
    let (copy, _) = try await fixture.store.decide(
      .printAgain, about: key, by: fixture.cashier,
      request: ClientRequest(id: UUID(), contentHash: fixture.hash(1)), atMs: StoreFixture.atMs)
    #expect(copy == 1)
  }
}
