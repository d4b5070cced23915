import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

/// The writer remembers products it has sold; a sale must still pay what stands in the catalogue.
@Suite struct ProductMemoryTests {
  private struct Refused: Error, Equatable {}

  private static let tea = "6901424333948"

  private static func dearer(_ product: Product) -> Product {
    Product(
      id: product.id, barcode: product.barcode, itemCode: product.itemCode, name: product.name,
      category: product.category, unit: product.unit, pricing: product.pricing,
      listPrice: Money(fen: 520), origin: product.origin)
  }

  private static func rememberedTea(_ fixture: StoreFixture) async throws -> Product {
    _ = try await fixture.store.complete(
      fixture.request(1), by: fixture.cashier, atMs: StoreFixture.atMs)
    return try #require(
      try await fixture.store.write { unit in
        try unit.catalogue.product(barcode: try Barcode(Self.tea))
      })
  }

  @Test func aNewPriceIsPaidByTheNextSale() async throws {
    let fixture = try await StoreFixture()
    let tea = try await Self.rememberedTea(fixture)

    _ = try await fixture.store.keep(
      Self.dearer(tea), isNew: .known, by: fixture.manager,
      request: ClientRequest(id: UUID(), contentHash: fixture.hash(2)), atMs: StoreFixture.atMs)

    let sold = try await fixture.store.complete(
      fixture.request(2, dueFen: 832, givenFen: 1000), by: fixture.cashier,
      atMs: StoreFixture.atMs)
    #expect(sold.sale.value.lines.map(\.goods.listPrice.fen) == [520])
    #expect(try Verifier(folder: fixture.folder).verify().sales == 2)
  }

  @Test func aPriceThatIsTakenBackIsNotRemembered() async throws {
    let fixture = try await StoreFixture()
    let tea = try await Self.rememberedTea(fixture)
    let dearer = Self.dearer(tea)

    await #expect(throws: Refused()) {
      try await fixture.store.write { unit in
        let key = try Int64.fetchOne(
          unit.db, sql: "SELECT key FROM product WHERE barcode = ?", arguments: [Self.tea])
        try unit.update(dearer, key: key ?? 0)
        #expect(try unit.catalogue.product(barcode: try Barcode(Self.tea)) == dearer)
        throw Refused()
      }
    }

    let sold = try await fixture.store.complete(
      fixture.request(2), by: fixture.cashier, atMs: StoreFixture.atMs)
    #expect(sold.sale.value.lines.map(\.goods) == [Goods(tea)])
  }

  @Test func moreProductsThanAreRememberedAreFoundAll() throws {
    let memory = ProductMemory()
    let product = Product(
      id: StoreFixture.id(1), barcode: nil, itemCode: nil, name: "糖", category: "食品", unit: "包",
      pricing: .counted, listPrice: Money(fen: 100), origin: "")

    for number in 0..<5000 {
      #expect(memory.product(.barcode("\(number)")) { product } == product)
    }

    #expect(memory.product(.barcode("none")) { nil } == nil)
    #expect(memory.product(.barcode("none")) { product } == product)
  }
}
