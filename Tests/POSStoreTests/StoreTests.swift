import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct StoreTests {
  @Test func theWriterSyncsEveryCommit() async throws {
    let fixture = try await StoreFixture()

    let settings = try await fixture.store.writer.perform { db in
      [
        try String.fetchOne(db, sql: "PRAGMA journal_mode"),
        try String.fetchOne(db, sql: "PRAGMA synchronous"),
        try String.fetchOne(db, sql: "PRAGMA recursive_triggers"),
        try String.fetchOne(db, sql: "PRAGMA foreign_keys"),
      ]
    }

    #expect(settings == ["wal", "2", "1", "1"])
  }

  @Test(arguments: Migrations.appendOnlyTables)
  func recordsRefuseChangeAndDeletion(table: String) async throws {
    let fixture = try await StoreFixture()
    _ = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    _ = try await fixture.closeTill()
    let column = try await fixture.store.read { unit in
      try unit.db.columns(in: table).first?.name ?? ""
    }

    for sql in [
      "DELETE FROM \(table)", "UPDATE \(table) SET \(column) = \(column)",
      "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)",
    ] {
      await #expect(throws: DatabaseError.self, "\(sql)") {
        try await fixture.store.writer.perform { db in try db.execute(sql: sql) }
      }
    }
  }

  @Test func aNewerDatabaseIsRefused() async throws {
    let fixture = try await StoreFixture()
    try await fixture.store.writer.perform { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999 from the future')")
    }

    #expect(throws: StoreProblem.newerThanProgram) { try fixture.reopen() }
  }

  @Test func aBrokenJournalHeadIsRefusedAtStart() async throws {
    let fixture = try await StoreFixture()

    try await fixture.forge(
      "UPDATE journal SET hash = zeroblob(32) WHERE key = (SELECT MAX(key) FROM journal)")

    #expect(throws: StoreProblem.brokenJournal("record 1-6 does not hash to what is stored")) {
      try fixture.reopen()
    }
  }

  @Test func aDatabaseWithoutItsTriggersIsRefusedAtStart() async throws {
    let fixture = try await StoreFixture()
    try await fixture.store.writer.perform { db in
      try db.execute(sql: "DROP TRIGGER saleRefusesUpdate")
    }

    #expect(throws: StoreProblem.changedSchema("saleRefusesUpdate")) { try fixture.reopen() }
    #expect(throws: Finding.self) { try Verifier(folder: fixture.folder).verify() }
  }

  @Test func oneFailingJobNeverFailsItsNeighbours() async throws {
    let fixture = try await StoreFixture()
    let store = fixture.store

    let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
      for number in 0..<40 {
        let request =
          number.isMultiple(of: 4)
          ? fixture.request(1000 + number, dueFen: 1) : fixture.request(1000 + number)
        let cashier = fixture.cashier
        group.addTask {
          do {
            _ = try await store.complete(request, by: cashier, atMs: StoreFixture.atMs)
            return (number, true)
          } catch { return (number, false) }
        }
      }
      return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
    }

    for (number, isDone) in outcomes { #expect(isDone == !number.isMultiple(of: 4)) }
    let numbers = try await store.read { unit in
      try Int.fetchAll(unit.db, sql: "SELECT number FROM sale ORDER BY number")
    }
    #expect(numbers == Array(1...30))
    #expect(try Verifier(folder: fixture.folder).verify().sales == 30)
  }

  @Test func aTransactionLostToAFullDiskIsTriedJobByJob() async throws {
    let fixture = try await StoreFixture()
    let store = fixture.store
    let pages = try await store.writer.perform { db in
      try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    }
    try await store.writer.perform { db in
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 12)")
    }

    let acknowledged = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<60 {
        let request = fixture.request(2000 + number)
        let cashier = fixture.cashier
        group.addTask {
          do {
            _ = try await store.complete(request, by: cashier, atMs: StoreFixture.atMs)
            return true
          } catch StoreFailure.diskFull { return false } catch {
            Issue.record(error)
            return false
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }

    #expect((1..<60).contains(acknowledged))
    try await store.writer.perform { db in
      try db.execute(sql: "PRAGMA max_page_count = 1000000")
    }
    _ = try await store.complete(
      fixture.request(3000), by: fixture.cashier, atMs: StoreFixture.atMs)
    #expect(try Verifier(folder: fixture.folder).verify().sales == Int64(acknowledged) + 1)
  }

  @Test func setUpHappensOnce() async throws {
    let fixture = try await StoreFixture()

    await #expect(throws: StoreRefusal.alreadySetUp) {
      try await fixture.store.setUp(
        SetUp(
          origin: StoreFixture.id(5),
          station: Station(id: StoreFixture.id(6), name: "b", nameEn: ""),
          tills: [], policy: .erqi, campaigns: [], layouts: [], atMs: 0))
    }
  }
}
