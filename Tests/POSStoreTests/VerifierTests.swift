import Crypto
import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct VerifierTests {
  /// SQL that falsifies a record of a station with two sales, and what must be named.
  static let forgeries: [(sql: String, place: String)] = [
    (
      "UPDATE journal SET content = CAST(replace(content, '王老吉', '加多宝') AS BLOB) WHERE kind = 'sale'",
      "1-7"
    ),
    ("UPDATE journal SET hash = zeroblob(32) WHERE key = (1 << 40) + 7", "1-7"),
    ("UPDATE journal SET kind = 'reprint' WHERE key = (1 << 40) + 7", "1-7"),
    ("DELETE FROM journal WHERE key = (1 << 40) + 5", "1-5"),
    (
      """
      INSERT INTO journal SELECT key + 2, kind, content, hash FROM journal
      WHERE key = (1 << 40) + 7
      """, "1-9"
    ),
    (
      """
      UPDATE journal SET key = -1 WHERE key = (1 << 40) + 7;
      UPDATE journal SET key = (1 << 40) + 7 WHERE key = (1 << 40) + 8;
      UPDATE journal SET key = (1 << 40) + 8 WHERE key = -1
      """, "1-7"
    ),
    ("UPDATE sale SET totalFen = totalFen + 1 WHERE number = 2", "1-8"),
    ("UPDATE sale SET number = 3 WHERE number = 2", "1-8"),
    ("UPDATE sale SET businessDate = '2026-11-22' WHERE number = 1", "1-7"),
    ("UPDATE sale SET requestHash = zeroblob(32) WHERE number = 1", "1-7"),
    ("UPDATE sale SET id = zeroblob(16) WHERE number = 1", "1-7"),
    ("DELETE FROM sale WHERE number = 1", "1-7"),
    (
      "UPDATE posting SET amountMicroYuan = amountMicroYuan + 1 WHERE account = 'assets:cash'",
      "1-6"
    ),
    ("UPDATE posting SET account = 'assets:bank' WHERE account = 'expenses:pledge'", "1-7"),
    ("DELETE FROM posting WHERE account = 'expenses:pledge'", "1-7"),
    (
      """
      INSERT INTO posting VALUES ((1 << 40) + 1, 'assets:cash', 5),
        ((1 << 40) + 1, 'income:sales', -5)
      """, "1-1"
    ),
    ("UPDATE stockMovement SET count = 1 WHERE journalKey = (1 << 40) + 7", "1-7"),
    ("DELETE FROM stockMovement", "1-7"),
    ("UPDATE stockLevel SET count = 0", "stockLevel"),
    ("UPDATE tillSession SET floatFen = 1", "1-6"),
    ("UPDATE clientRequest SET requestHash = zeroblob(32)", "1-6"),
    ("UPDATE policy SET content = replace(content, '200', '100')", "1-2"),
    ("UPDATE user SET role = 'manager'", "1-3"),
    (
      """
      INSERT INTO user (id, name, displayName, role, stationID, passwordHash, pinHash)
      SELECT zeroblob(16), 'mallory', '', 'manager', stationID, '', '' FROM user LIMIT 1
      """, "user"
    ),
    ("DELETE FROM stockLevel", "stockLevel"),
    ("UPDATE tillSession SET closedKey = openedKey", "1-6"),
  ]

  @Test(arguments: forgeries.indices)
  func aForgeryIsFoundAndNamed(index: Int) async throws {
    let fixture = try await StoreFixture()
    for number in 1...2 {
      _ = try await fixture.store.complete(
        fixture.request(1000 + number), by: fixture.cashier, atMs: StoreFixture.atMs)
    }
    #expect(try Verifier(folder: fixture.folder).verify().records == 8)
    let (sql, place) = Self.forgeries[index]

    try await fixture.forge(sql)

    do {
      _ = try Verifier(folder: fixture.folder).verify()
      Issue.record("not found: \(sql)")
    } catch let finding as Finding {
      #expect(finding.place.hasPrefix(place), "\(sql): \(finding)")
    }
  }

  /// Whoever forges a record and makes the chain anew still has to make the sums right.
  @Test(arguments: [
    ("\"netFen\":416", "\"netFen\":417"),
    ("\"pledgeMicroYuan\":83200", "\"pledgeMicroYuan\":0"),
    ("\"pledgeMicroYuan\":83200", "\"pledgeMicroYuan\":9223372036854775807"),
    ("\"units\":2", "\"units\":9223372036854775807"),
    ("\"map\":[[416]]", "\"map\":[[415]]"),
    ("\"concessionFen\":104", "\"concessionFen\":105"),
    ("\"policyID\":\"erqi-default\"", "\"policyID\":\"other\""),
  ])
  func aForgedSumWithANewChainIsFound(old: String, new: String) async throws {
    let fixture = try await StoreFixture()
    _ = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    let content = try await fixture.store.read { unit in
      try Data.fetchOne(unit.db, sql: "SELECT content FROM journal WHERE kind = 'sale'")
    }
    let text = String(decoding: try #require(content), as: UTF8.self)
    let forged = Array(text.replacing(old, with: new).utf8)
    #expect(forged != Array(text.utf8))

    try await fixture.forge(
      """
      UPDATE journal SET content = x'\(hexText(forged))',
        hash = x'\(hexText(SHA256.hash(data: forged)))' WHERE kind = 'sale'
      """)

    #expect(throws: Finding.self) { try Verifier(folder: fixture.folder).verify() }
  }

  @Test func aCutTailIsFoundByAReceipt() async throws {
    let fixture = try await StoreFixture()
    let made = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    let code = made.sale.head.checkCode
    let verifier = Verifier(folder: fixture.folder)
    #expect(try verifier.verify(receiptCode: code).checkCode == code)

    try await fixture.forge(
      """
      DELETE FROM printJob; DELETE FROM posting WHERE journalKey = (1 << 40) + 7;
      DELETE FROM stockMovement; DELETE FROM stockLevel; DELETE FROM sale;
      DELETE FROM journal WHERE key = (1 << 40) + 7
      """)

    #expect(try verifier.verify().records == 6)
    #expect(throws: Finding.self) { try verifier.verify(receiptCode: code) }
    #expect(throws: Finding.self) { try verifier.verify(receiptCode: "1-6-000000000000") }
    #expect(throws: Finding.self) { try verifier.verify(receiptCode: "nonsense") }
  }
}

extension StoreFixture {
  /// Changes records as somebody would who has the file and knows SQL.
  func forge(_ sql: String) async throws {
    try await store.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      let triggers = try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
  }
}
