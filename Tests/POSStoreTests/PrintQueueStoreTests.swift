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
}
