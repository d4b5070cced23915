import Crypto
import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct DayStoreTests {
  private static let date = BusinessDate(atMs: StoreFixture.atMs)

  /// A closed day with two sales.
  private func closedDay() async throws -> StoreFixture {
    let fixture = try await StoreFixture()
    for number in 1...2 {
      _ = try await fixture.store.complete(
        fixture.request(1000 + number), by: fixture.cashier, atMs: StoreFixture.atMs)
    }
    _ = try await fixture.closeTill()
    _ = try await fixture.store.closeDay(Self.date, by: fixture.manager, fixture.asked(700))
    return fixture
  }

  @Test(arguments: ["sale", "tillEvent"])
  func aDayIsSummedByItsIndex(table: String) async throws {
    let fixture = try await StoreFixture()

    let plan = try await fixture.store.read { unit in
      try Row.fetchAll(
        unit.db, sql: "EXPLAIN QUERY PLAN " + UnitOfWork.daySums(of: table),
        arguments: [StoreFixture.stationID.data, "2026-11-21"]
      ).map { $0["detail"] as String }
    }

    #expect(
      plan.contains { $0.contains("SEARCH \(table)") && $0.contains("INDEX \(table)ByDate") },
      "\(plan)")
    #expect(plan.contains { $0.contains("SEARCH posting USING PRIMARY KEY") }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
  }

  @Test func aClosedDayTakesNothingMore() async throws {
    let fixture = try await closedDay()
    let session: TillSessionID = StoreFixture.id(4)
    _ = try await fixture.store.open(
      TillSession(
        id: session, tillID: StoreFixture.tillID, stationID: StoreFixture.stationID,
        openedBy: fixture.cashier.id, openedAtMs: StoreFixture.atMs, float: .zero),
      request: ClientRequest(id: session.uuid, contentHash: fixture.hash(1)))

    let reading = try await fixture.store.tillReading(id: session, at: StoreFixture.stationID)

    #expect(reading?.businessDate == Self.date.next)
    #expect(try Verifier(folder: fixture.folder).verify().sales == 2)
  }

  /// SQL that falsifies a closed day, and what must be named.
  static let forgeries: [(sql: String, place: String)] = [
    ("UPDATE closing SET number = 7 WHERE kind = 'day'", "1-11"),
    ("UPDATE closing SET subject = '2026-11-20' WHERE kind = 'day'", "1-11"),
    ("DELETE FROM closing WHERE kind = 'till'", "1-10"),
    ("UPDATE tillEvent SET businessDate = '2026-11-20' WHERE kind = 'tillClosed'", "1-10"),
    ("UPDATE tillEvent SET id = randomblob(16) WHERE kind = 'tillCounted'", "1-9"),
    ("DELETE FROM tillEvent WHERE kind = 'dayClosed'", "1-11"),
    ("UPDATE tillEvent SET tillSessionID = NULL WHERE kind = 'tillCounted'", "1-9"),
    ("UPDATE tillSession SET endedDate = '2026-11-20'", "1-6"),
    ("UPDATE tillSession SET endedAtMs = 1", "1-6"),
    ("UPDATE tillSession SET responsible = x'00000000000040008000000000000011'", "1-6"),
    ("UPDATE tillSession SET closedKey = NULL", "1-6"),
    ("UPDATE tillSession SET businessDate = '2026-11-20'", "1-6"),
  ]

  @Test(arguments: forgeries.indices)
  func aForgeryIsFoundAndNamed(index: Int) async throws {
    let fixture = try await closedDay()
    #expect(try Verifier(folder: fixture.folder).verify().records == 11)
    let (sql, place) = Self.forgeries[index]

    try await fixture.forge(sql)

    do {
      _ = try Verifier(folder: fixture.folder).verify()
      Issue.record("not found: \(sql)")
    } catch let finding as Finding {
      #expect(finding.place.hasPrefix(place), "\(sql): \(finding)")
    }
  }

  /// Whoever forges a figure and makes the chain anew still has to make the sums right.
  @Test(arguments: [
    ("tillClosed", "\"expectedFen\":20832", "\"expectedFen\":20831"),
    ("tillClosed", "\"salesFen\":832", "\"salesFen\":833"),
    ("tillClosed", "\"takenFen\":832", "\"takenFen\":932"),
    ("tillCounted", "\"toleranceFen\":500", "\"toleranceFen\":501"),
    ("dayClosed", "\"transferFen\":16", "\"transferFen\":15"),
    ("dayClosed", "\"carriedOutMicroYuan\":6400", "\"carriedOutMicroYuan\":0"),
    ("dayClosed", "\"saleCount\":2", "\"saleCount\":3"),
    ("dayClosed", "\"netFen\":832", "\"netFen\":831"),
    ("dayClosed", "\"zNumbers\":[1]", "\"zNumbers\":[]"),
  ])
  func aForgedFigureWithANewChainIsFound(kind: String, old: String, new: String) async throws {
    let fixture = try await closedDay()

    let place = try await fixture.forgeRecord(kind: kind, old, new)

    do {
      _ = try Verifier(folder: fixture.folder).verify()
      Issue.record("not found: \(old)")
    } catch let finding as Finding {
      #expect(finding.place == place, "\(finding)")
    }
  }
}

extension StoreFixture {
  /// Changes the text of a record and chains all that follow anew; the place of the record.
  func forgeRecord(kind: String, _ old: String, _ new: String) async throws -> String {
    let rows = try await store.read { unit in
      try Row.fetchAll(unit.db, sql: "SELECT key, kind, content FROM journal ORDER BY key").map {
        ($0["key"] as Int64, $0["kind"] as String, $0["content"] as Data)
      }
    }
    var previous: String?
    var place = ""
    var statements: [String] = []
    for (key, rowKind, content) in rows {
      var text = String(decoding: content, as: UTF8.self)
      if rowKind == kind {
        #expect(text.contains(old), "\(text)")
        text = text.replacing(old, with: new)
        place = JournalKey(key).text
      }
      if let previous {
        text = text.replacing(/"prev":"[0-9a-f]{64}"/, with: "\"prev\":\"\(previous)\"")
      }
      let bytes = Array(text.utf8)
      previous = hexText(SHA256.hash(data: bytes))
      statements.append(
        """
        UPDATE journal SET content = x'\(hexText(bytes))', hash = x'\(previous ?? "")'
        WHERE key = \(key)
        """)
    }
    try await forge(statements.joined(separator: "; "))
    return place
  }
}
