import FoundationEssentials
import POS
import Testing

@testable import POSStore

@Suite struct CatalogueStoreTests {
  @Test(arguments: [
    ("wlj", "王老吉凉茶"), ("凉茶", "王老吉凉茶"), ("茶", "王老吉凉茶"), ("lc", "王老吉凉茶"),
    ("liangcha", "王老吉凉茶"), ("nfsq", "农夫山泉天然水"), ("6921168509256", "农夫山泉天然水"),
    ("9256", "农夫山泉天然水"), ("DAMI", "大米"), ("ｄａｍｉ", "大米"),
  ])
  func goodsAreFoundByInitialsNameAndBarcode(typed: String, name: String) async throws {
    let fixture = try await StoreFixture()

    let found = try await fixture.store.search(typed, at: StoreFixture.stationID, limit: 20)

    #expect(found.map(\.product.name) == [name])
  }

  @Test(arguments: ["", " ", "\"", "*", "a OR", "NEAR(", "terms:x", "-", "zzz", "')"])
  func nothingTypedBreaksTheSearch(typed: String) async throws {
    let fixture = try await StoreFixture()

    let found = try await fixture.store.search(typed, at: StoreFixture.stationID, limit: 20)

    #expect(found.isEmpty)
  }

  @Test func importingAgainChangesOnlyWhatIsDifferent() async throws {
    let fixture = try await StoreFixture()
    let changed = StoreFixture.csv.replacing("王老吉凉茶,饮料,盒,2.60", with: "加多宝,饮料,盒,3.00")
    let rows = try ProductImport(csv: Array(changed.utf8)).rows
    let ids: [ProductID] = rows.indices.map { StoreFixture.id(300 + $0) }

    let first = try await fixture.store.importProducts(rows, newIDs: ids, atMs: 1)
    let second = try await fixture.store.importProducts(rows, newIDs: ids, atMs: 2)

    #expect(first == ImportReport(added: 0, updated: 1, unchanged: 2, problems: []))
    #expect(second == ImportReport(added: 0, updated: 0, unchanged: 3, problems: []))
    let found = try await fixture.store.search("jdb", at: StoreFixture.stationID, limit: 5)
    #expect(found.map(\.product.listPrice.fen) == [300])
    #expect(found.map(\.product.id) == [StoreFixture.id(200)])
    let old = try await fixture.store.search("wlj", at: StoreFixture.stationID, limit: 5)
    #expect(old.isEmpty)
  }

  @Test func aRowThatTakesAnotherProductsCodeIsNamedAndTheRestLoaded() async throws {
    let fixture = try await StoreFixture()
    let csv = """
      barcode,item_code,name,category,unit,list_price_yuan
      96385074,00017,冒名米,粮油,袋,5.00
      ,00021,小米,粮油,袋,6.00
      """
    let rows = try ProductImport(csv: Array(csv.utf8)).rows

    let report = try await fixture.store.importProducts(
      rows, newIDs: [StoreFixture.id(400), StoreFixture.id(401)], atMs: 1)

    #expect(report.added == 1)
    #expect(report.problems == [ProductRowProblem(lineNumber: 2, reason: .conflicts)])
    #expect(try Verifier(folder: fixture.folder).verify().records == 7)
  }
}
