import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct VoucherStoreTests {
  private static let today = BusinessDate(atMs: StoreFixture.atMs)

  /// A voucher of this worth, and its code.
  private func voucher(
    _ fixture: StoreFixture, fen: Int64 = 1000
  ) async throws -> (id: VoucherID, code: VoucherCode) {
    let programmeID: ProgrammeID = StoreFixture.id(300)
    let programme = Programme(
      terms: VoucherTerms(programmeID: programmeID, kind: .balance, refundPolicy: .toBalance),
      version: 1, name: "补贴", nameEn: "", funder: "总会", people: nil, isEnded: false)
    _ = try await fixture.store.add(programme, by: fixture.manager, fixture.asked(300))
    let issue = VoucherIssue(
      id: StoreFixture.id(301), programmeID: programmeID, recipients: .bearers(1),
      worth: Money(fen: fen), validity: Self.today...Self.today, repeatUntil: nil)
    let (event, _) = try await fixture.store.issue(
      issue, by: fixture.manager, fixture.asked(301))
    let id = try #require(try VoucherIssue.vouchers(of: event.body).first?.id)
    return (id, try await fixture.store.code(of: id))
  }

  /// Two bottles of tea for 4.16, all paid with a voucher.
  private func request(_ number: Int, _ code: VoucherCode) -> SaleRequest {
    SaleRequest(
      id: StoreFixture.id(number), contentHash: Array(repeating: 1, count: 32),
      tillSessionID: StoreFixture.sessionID,
      items: [ItemRequest(target: .barcode("6901424333948"), quantity: .units(2))], gift: nil,
      shown: ShownRelief(vouchers: [code]), tendering: Tendering(), seenDue: Money(fen: 416),
      seenVouchers: SeenVouchers(paid: Money(fen: 416), forfeited: .zero), basketID: nil,
      approvalID: nil)
  }

  @Test func twelveAtOnceSpendWhatThereIs() async throws {
    let fixture = try await StoreFixture()
    let (_, code) = try await voucher(fixture)

    let sold = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<12 {
        let (asked, store, cashier) = (request(1000 + number, code), fixture.store, fixture.cashier)
        group.addTask {
          (try? await store.complete(asked, by: cashier, atMs: StoreFixture.atMs)) != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }

    #expect(sold == 2)
    #expect(try await fixture.store.voucher(code: code)?.left == Money(fen: 1000 - 2 * 416))
    #expect(try Verifier(folder: fixture.folder).verify().sales == 2)
  }

  @Test func theSameSaleAgainSpendsNothing() async throws {
    let fixture = try await StoreFixture()
    let (_, code) = try await voucher(fixture)

    for _ in 0..<3 {
      _ = try await fixture.store.complete(
        request(1000, code), by: fixture.cashier, atMs: StoreFixture.atMs)
    }

    #expect(try await fixture.store.voucher(code: code)?.left == Money(fen: 584))
  }

  @Test func aReplacedVoucherTakesWhatComesBack() async throws {
    let fixture = try await StoreFixture()
    let (id, code) = try await voucher(fixture)
    _ = try await fixture.store.complete(
      request(1000, code), by: fixture.cashier, atMs: StoreFixture.atMs)
    let (event, _) = try await fixture.store.replace(id, by: fixture.manager, fixture.asked(302))
    let newID = try #require(
      event.body["newVoucherID"]?.stringValue.flatMap { VoucherID($0) })
    _ = try await fixture.store.complete(
      SaleReturnRequest(
        id: StoreFixture.id(1001), contentHash: fixture.hash(2), originalID: StoreFixture.id(1000),
        tillSessionID: StoreFixture.sessionID,
        request: ReturnRequest(
          parts: [ReturnRequest.Part(line: 0, quantity: .units(2))], includesGift: false,
          reason: .quality), seenRefund: Money(fen: 416), approvalID: nil),
      by: fixture.cashier, atMs: StoreFixture.atMs)

    let new = try await fixture.store.voucher(id: newID, at: StoreFixture.stationID)

    #expect(new?.left == Money(fen: 1000))
    #expect(try await fixture.store.voucher(code: code)?.state == .replaced)
    #expect(try Verifier(folder: fixture.folder).verify().sales == 2)
  }

  @Test(arguments: [
    "UPDATE voucher SET worthFen = worthFen + 1", "UPDATE voucher SET leftFen = worthFen + 1",
    "UPDATE voucher SET leftFen = -1", "UPDATE voucher SET validUntil = '2099-01-01'",
    "DELETE FROM voucher", "DELETE FROM voucherUse", "UPDATE programme SET content = 'x'",
    "UPDATE voucherUse SET amountFen = 0",
  ])
  func theTablesRefuseWhatNoRequestDoes(sql: String) async throws {
    let fixture = try await StoreFixture()
    let (_, code) = try await voucher(fixture)
    _ = try await fixture.store.complete(
      request(1000, code), by: fixture.cashier, atMs: StoreFixture.atMs)

    await #expect(throws: (any Error).self) {
      try await fixture.store.write { unit in try unit.db.execute(sql: sql) }
    }
  }

  /// What is forged past triggers and checks, which is found.
  @Test(arguments: [
    "UPDATE voucher SET leftFen = worthFen", "UPDATE voucher SET state = 'blocked'",
    "UPDATE voucher SET codeHash = zeroblob(32)", "DELETE FROM voucherUse",
    "UPDATE voucherUse SET amountFen = 1", "UPDATE programme SET version = 2",
    "UPDATE voucher SET personID = zeroblob(16)",
  ])
  func aForgedVoucherIsFound(sql: String) async throws {
    let fixture = try await StoreFixture()
    let (_, code) = try await voucher(fixture)
    _ = try await fixture.store.complete(
      request(1000, code), by: fixture.cashier, atMs: StoreFixture.atMs)
    try await fixture.store.write { unit in
      let triggers = try Row.fetchAll(
        unit.db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      for row in triggers { try unit.db.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
      try unit.db.execute(sql: sql)
      for row in triggers { try unit.db.execute(sql: row["sql"] as String) }
    }

    #expect(throws: Finding.self) { try Verifier(folder: fixture.folder).verify() }
  }
}
