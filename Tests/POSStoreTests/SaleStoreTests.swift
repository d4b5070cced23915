import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct SaleStoreTests {
  @Test func aSaleReadsBackAsItWasMade() async throws {
    let fixture = try await StoreFixture()
    let rice = ItemRequest(target: .barcode("2100017012350"), quantity: nil)

    let made = try await fixture.store.complete(
      fixture.request(1000, dueFen: 789, givenFen: 1000, item: rice), by: fixture.cashier,
      atMs: StoreFixture.atMs)
    try fixture.reopen()
    let found = try await fixture.store.sale(id: StoreFixture.id(1000), at: StoreFixture.stationID)

    #expect(found == .sale(made.sale))
    #expect(made.sale.value.lines[0].quantity == .grams(1235))
    #expect(made.sale.number == 1)
    let byNumber = try await fixture.store.sale(number: 1, at: StoreFixture.stationID)
    #expect(byNumber == found)
    let stock = try await fixture.store.product(
      id: StoreFixture.id(202), at: StoreFixture.stationID)
    #expect(stock?.stock == -1235)
  }

  @Test func theSameRequestAgainIsAnsweredFromTheRecord() async throws {
    let fixture = try await StoreFixture()
    let first = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    try fixture.reopen()

    let again = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs + 5000)

    #expect(again.sale == first.sale)
    #expect(!first.isReplay && again.isReplay)
    await #expect(throws: StoreRefusal.idReused) {
      try await fixture.store.complete(
        fixture.request(1000, hash: 2), by: fixture.cashier, atMs: StoreFixture.atMs)
    }
  }

  @Test func aRefusedSaleLeavesNothing() async throws {
    let fixture = try await StoreFixture()
    let before = try await fixture.rowCounts()
    let refused: [(SaleRequest, any Error)] = [
      (
        fixture.request(1, dueFen: 417),
        CheckoutRefusal.priceChanged(due: Money(fen: 416), seen: Money(fen: 417))
      ),
      (fixture.request(1, givenFen: 415), CheckoutRefusal.underpaid(missing: Money(fen: 1))),
      (fixture.request(1, basketID: StoreFixture.id(7)), StoreRefusal.basketGone),
      (fixture.request(1, approvalID: StoreFixture.id(8)), StoreRefusal.approvalNotValid),
      (
        fixture.request(
          1, item: ItemRequest(target: .barcode("6901424333955"), quantity: .units(1))),
        RefusedItem(index: 0, refusal: .unknownBarcode("6901424333955"))
      ),
    ]

    for (request, expected) in refused {
      do {
        _ = try await fixture.store.complete(
          request, by: fixture.cashier, atMs: StoreFixture.atMs)
        Issue.record("not refused: \(expected)")
      } catch { #expect("\(error)" == "\(expected)") }
    }

    #expect(try await fixture.rowCounts() == before)
  }

  @Test func aBasketOnHoldIsSoldOnce() async throws {
    let fixture = try await StoreFixture()
    let basketID: BasketID = StoreFixture.id(50)
    try await fixture.store.hold(
      HeldBasket(
        id: basketID, stationID: StoreFixture.stationID, label: "穿红衣的", content: [], heldAtMs: 1))

    _ = try await fixture.store.complete(
      fixture.request(1000, basketID: basketID), by: fixture.cashier, atMs: StoreFixture.atMs)

    await #expect(throws: StoreRefusal.basketGone) {
      try await fixture.store.complete(
        fixture.request(1001, basketID: basketID), by: fixture.cashier, atMs: StoreFixture.atMs)
    }
  }

  @Test func anApprovalIsGoodOnceForItsSubjectAndTime() async throws {
    let fixture = try await StoreFixture()
    let item = ItemRequest(
      target: .barcode("6901424333948"), quantity: .units(1),
      override: PriceOverride(price: Money(fen: 100), reason: .nearExpiry))
    func approve(_ number: Int, subject: Int) async throws -> ApprovalID {
      let subjectID: SaleID = StoreFixture.id(subject)
      let approval = Approval(
        id: StoreFixture.id(number), act: .priceOverride, subjectID: subjectID.text,
        amount: Money(fen: 100), managerID: fixture.manager.id,
        expiresAtMs: StoreFixture.atMs + Approval.lifetimeMs)
      _ = try await fixture.store.approve(
        approval, at: StoreFixture.stationID, requestedBy: fixture.cashier,
        request: ClientRequest(id: approval.id.uuid, contentHash: fixture.hash(1)),
        atMs: StoreFixture.atMs)
      return approval.id
    }
    func sell(_ number: Int, _ approvalID: ApprovalID?, laterMs: Int64 = 0) async throws {
      _ = try await fixture.store.complete(
        fixture.request(number, dueFen: 100, item: item, approvalID: approvalID),
        by: fixture.cashier, atMs: StoreFixture.atMs + laterMs)
    }

    await #expect(throws: CheckoutRefusal.approvalNeeded([.priceOverride])) {
      try await sell(1000, nil)
    }
    let one = try await approve(60, subject: 1000)
    await #expect(throws: StoreRefusal.approvalNotValid) { try await sell(1001, one) }
    await #expect(throws: StoreRefusal.approvalNotValid) {
      try await sell(1000, one, laterMs: Approval.lifetimeMs)
    }
    try await sell(1000, one)
    let other = try await approve(61, subject: 1002)
    try await sell(1002, other)
    #expect(try Verifier(folder: fixture.folder).verify().sales == 2)
  }

  @Test func returnsMakeANumberAndBringStockBack() async throws {
    let fixture = try await StoreFixture()
    _ = try await fixture.store.complete(
      fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    let back = SaleReturnRequest(
      id: StoreFixture.id(1001), contentHash: fixture.hash(3), originalID: StoreFixture.id(1000),
      tillSessionID: StoreFixture.sessionID,
      request: ReturnRequest(
        parts: [ReturnRequest.Part(line: 0, quantity: .units(2))], includesGift: false,
        reason: .quality), seenRefund: Money(fen: 416), approvalID: nil)

    let made = try await fixture.store.complete(
      back, by: fixture.cashier, atMs: StoreFixture.atMs + 1)
    let again = try await fixture.store.complete(
      back, by: fixture.cashier, atMs: StoreFixture.atMs + 2)

    #expect(made.saleReturn.number == 2)
    #expect(again.saleReturn == made.saleReturn && again.isReplay)
    let sums = try await fixture.store.read { unit in
      try Int64.fetchAll(
        unit.db,
        sql: """
          SELECT SUM(amountMicroYuan) FROM posting JOIN sale USING (journalKey) GROUP BY account
          """)
    }
    #expect(sums.allSatisfy { $0 == 0 })
    let reading = try await fixture.store.tillReading(
      id: StoreFixture.sessionID, at: StoreFixture.stationID)
    #expect(reading?.expectedCash.fen == 20_000)
    #expect(try Verifier(folder: fixture.folder).verify().sales == 2)
  }
}

extension StoreFixture {
  /// Rows by table, but for log-ins.
  func rowCounts() async throws -> [String: Int] {
    try await store.read { unit in
      let tables = try String.fetchAll(
        unit.db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      return try Dictionary(
        uniqueKeysWithValues: tables.map { table in
          (table, try Int.fetchOne(unit.db, sql: "SELECT COUNT(*) FROM \"\(table)\"") ?? 0)
        })
    }
  }
}

extension SaleStoreTests {
  @Test func anEndedTillSessionSellsNothing() async throws {
    let fixture = try await StoreFixture()
    _ = try await fixture.store.end(
      StoreFixture.sessionID, by: fixture.cashier, fixture.asked(500))

    await #expect(throws: StoreRefusal.noOpenTillSession) {
      try await fixture.store.complete(
        fixture.request(1000), by: fixture.cashier, atMs: StoreFixture.atMs)
    }
  }
}
