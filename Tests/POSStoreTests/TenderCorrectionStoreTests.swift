import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct TenderCorrectionStoreTests {
  private func toWechat(_ tender: Int = 0, reference: String = "4200") -> TenderChange {
    TenderChange(tender: tender, kind: .wechat, reference: reference, reason: .wrongKey)
  }

  /// Two bottles of tea for 4.16 in cash.
  private func sold(_ fixture: StoreFixture, _ number: Int = 1000) async throws -> SaleID {
    try await fixture.store.complete(
      fixture.request(number), by: fixture.cashier, atMs: StoreFixture.atMs
    ).sale.value.id
  }

  private func giveBack(
    _ fixture: StoreFixture, _ saleID: SaleID, _ number: Int, units: Int64 = 1
  ) async throws -> SaleReturn {
    try await fixture.store.complete(
      SaleReturnRequest(
        id: StoreFixture.id(number), contentHash: fixture.hash(2), originalID: saleID,
        tillSessionID: StoreFixture.sessionID,
        request: ReturnRequest(
          parts: [ReturnRequest.Part(line: 0, quantity: .units(units))], includesGift: false,
          reason: .quality), seenRefund: Money(fen: 208 * units), approvalID: nil),
      by: fixture.cashier, atMs: StoreFixture.atMs
    ).saleReturn.value
  }

  private func cash(_ fixture: StoreFixture) async throws -> Int64? {
    try await fixture.store.tillReading(
      id: StoreFixture.sessionID, at: StoreFixture.stationID)?.expectedCash.fen
  }

  @Test func aCorrectionMovesTheExpectedCashAndTheReturnsFollow() async throws {
    let fixture = try await StoreFixture()
    let saleID = try await sold(fixture)
    #expect(try await cash(fixture) == 20_416)

    let (event, isReplay) = try await fixture.store.correct(
      toWechat(), of: saleID, by: fixture.manager, fixture.asked(500))
    let again = try await fixture.store.correct(
      toWechat(), of: saleID, by: fixture.manager, fixture.asked(500))

    #expect(!isReplay && again.isReplay && again.event == event)
    #expect(try await cash(fixture) == 20_000)
    let back = try await giveBack(fixture, saleID, 2000, units: 2)
    #expect(back.cashBack == .zero)
    #expect(try await cash(fixture) == 20_000)
    let notAtZero = try await fixture.store.read { unit in
      try String.fetchAll(
        unit.db,
        sql: """
          SELECT account FROM posting GROUP BY account HAVING SUM(amountMicroYuan) <> 0 ORDER BY 1
          """)
    }
    #expect(notAtZero == ["assets:cash", "assets:safe"])
    _ = try Verifier(folder: fixture.folder).verify()
  }

  @Test func aZFreezesTheTenders() async throws {
    let fixture = try await StoreFixture()
    let saleID = try await sold(fixture)
    _ = try await fixture.store.correct(
      toWechat(), of: saleID, by: fixture.manager, fixture.asked(500))

    let z = try await fixture.closeTill()

    let tenders = try #require(z.body["tenders"]?.arrayValue)
    let corrected = tenders.map { $0["correctedFen"]?.integerValue }
    #expect(corrected == [-416, 416])
    await #expect(throws: TillRefusal.sessionClosed) {
      try await fixture.store.correct(
        toWechat(), of: saleID, by: fixture.manager, fixture.asked(501))
    }
    _ = try Verifier(folder: fixture.folder).verify()
  }

  @Test func theRefusalsWriteNothing() async throws {
    let fixture = try await StoreFixture()
    let saleID = try await sold(fixture)
    let store = fixture.store
    let manager = fixture.manager
    await #expect(throws: StoreRefusal.notFound) {
      try await store.correct(
        toWechat(), of: StoreFixture.id(77), by: manager, fixture.asked(500))
    }
    await #expect(throws: TenderCorrectionRefusal.unknownTender(1)) {
      try await store.correct(toWechat(1), of: saleID, by: manager, fixture.asked(500))
    }
    _ = try await store.correct(toWechat(), of: saleID, by: manager, fixture.asked(500))
    await #expect(throws: TenderCorrectionRefusal.sameKind(.wechat)) {
      try await store.correct(
        toWechat(reference: "other"), of: saleID, by: manager, fixture.asked(501))
    }
    await #expect(throws: StoreRefusal.idReused) {
      try await store.correct(
        toWechat(reference: "other"), of: saleID, by: manager, fixture.asked(500, hash: 9))
    }
    let back = try await giveBack(fixture, saleID, 2000)
    await #expect(throws: TenderCorrectionRefusal.hasReturns) {
      try await store.correct(
        TenderChange(tender: 0, kind: .cash, reference: nil, reason: .other), of: saleID,
        by: manager, fixture.asked(502))
    }
    await #expect(throws: StoreRefusal.notFound) {
      try await store.correct(toWechat(), of: back.id, by: manager, fixture.asked(503))
    }
    let balance = try #require(try await store.balance(of: saleID, at: StoreFixture.stationID))
    #expect(balance.corrections.count == 1)
    _ = try Verifier(folder: fixture.folder).verify()
  }

  /// A forger who moves a payment elsewhere, with the row of the ledger.
  @Test(arguments: [
    "UPDATE tillEvent SET subjectID = NULL WHERE kind = 'tenderCorrected'",
    "UPDATE posting SET account = 'assets:code-payments:alipay' WHERE account LIKE '%wechat'",
    "DELETE FROM tillEvent WHERE kind = 'tenderCorrected'",
  ])
  func aForgedCorrectionIsFound(sql: String) async throws {
    let fixture = try await StoreFixture()
    let saleID = try await sold(fixture)
    _ = try await fixture.store.correct(
      toWechat(), of: saleID, by: fixture.manager, fixture.asked(500))

    try await fixture.forge(sql)

    let finding = #expect(throws: Finding.self) { try Verifier(folder: fixture.folder).verify() }
    #expect(finding?.place == "1-8")
  }
}
