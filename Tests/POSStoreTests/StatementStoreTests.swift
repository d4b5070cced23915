import POS
import Testing

@testable import POSStore

@Suite struct StatementStoreTests {
  private static let date = BusinessDate(atMs: StoreFixture.atMs)

  /// A sale of 4.16 by WeChat, and its statement.
  private func compared(
    _ fixture: StoreFixture, _ csv: String = "交易单号,金额\n4200,4.16\n"
  ) async throws -> ComparedStatement {
    let sale = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs
    ).sale
    _ = try await fixture.store.correct(
      TenderChange(tender: 0, kind: .wechat, reference: "4200", reason: .wrongKey),
      of: sale.value.id, by: fixture.manager, fixture.asked(500))
    return try await fixture.store.importStatement(
      StatementRequest(
        kind: .wechat, businessDate: Self.date, file: try StatementFile(csv: Array(csv.utf8)),
        fileHash: fixture.hash(7)), by: fixture.manager, fixture.asked(501)
    ).statement
  }

  @Test func aStatementIsComparedWithCorrectedTenders() async throws {
    let fixture = try await StoreFixture()

    let made = try await compared(fixture)

    #expect(made.comparison.isMatched && made.comparison.matched.count == 1)
    let sums = try await fixture.store.read { unit in
      try unit.statementSums(on: Self.date, at: StoreFixture.stationID)
    }
    #expect(sums == [.wechat: StatementSum(net: Money(fen: 416), isMatched: true)])
    let before = try await fixture.store.read { unit in
      try unit.statementSummary(
        .wechat, on: Self.date, at: StoreFixture.stationID, before: made.event.key)
    }
    #expect(before == nil)
    _ = try Verifier(folder: fixture.folder).verify()
  }

  @Test(arguments: [
    "UPDATE statementRow SET content = replace(content, '416', '417')",
    "UPDATE statementRow SET place = 5", "DELETE FROM statementRow",
    "UPDATE statement SET kind = 'alipay'", "UPDATE statement SET businessDate = '2026-01-01'",
    "DELETE FROM statementRow; DELETE FROM statement",
  ])
  func aForgedStatementIsFound(sql: String) async throws {
    let fixture = try await StoreFixture()
    let made = try await compared(fixture)

    try await fixture.forge(sql)

    let finding = #expect(throws: Finding.self) { try Verifier(folder: fixture.folder).verify() }
    #expect(finding?.place == JournalKey(made.event.head).text)
  }
}
