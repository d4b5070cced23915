import POS
import Testing

@Suite struct StockEventTests {
  static let product: ProductID = id(1)
  static let other: ProductID = id(2)

  private static func id<Subject>(_ number: Int) -> Identifier<Subject> {
    guard let id = Identifier<Subject>("00000000-0000-4000-8000-00000000000\(number)") else {
      preconditionFailure("a made-up id is a version 4 UUID")
    }
    return id
  }

  static func event(_ change: StockChange, _ lines: [StockLine]) -> StockEvent {
    StockEvent(id: id(5), stationID: id(6), userID: id(7), change: change, lines: lines)
  }

  static let moves: [(change: StockChange, line: StockLine, moved: Int64)] = [
    (.delivered(by: id(8)), StockLine(productID: product, quantity: .units(24)), 24),
    (.sentBack(to: id(8)), StockLine(productID: product, quantity: .units(3)), -3),
    (.writtenOff(.expired), StockLine(productID: product, quantity: .grams(500)), -500),
    (.counted, StockLine(productID: product, quantity: .units(7), before: 9), -2),
    (.counted, StockLine(productID: product, quantity: .units(7), before: -2), 9),
    (.counted, StockLine(productID: product, quantity: .units(7), before: 7), 0),
  ]

  @Test(arguments: moves) func eachChangeMovesTheStockItsWay(
    change: StockChange, line: StockLine, moved: Int64
  ) {
    #expect(Self.event(change, [line]).movements.map(\.count) == [moved])
  }

  @Test func boughtGoodsAreACostOwedToSuppliers() {
    let lines = [
      StockLine(productID: Self.product, quantity: .units(24), cost: Money(fen: 2400)),
      StockLine(productID: Self.other, quantity: .units(10), cost: Money(fen: 150)),
    ]

    #expect(
      Self.event(.delivered(by: Self.id(8)), lines).entry
        == Entry([
          Posting(.purchases, MicroYuan(25_500_000)), Posting(.suppliers, MicroYuan(-25_500_000)),
        ]))
    #expect(
      Self.event(.sentBack(to: Self.id(8)), lines).entry
        == Entry([
          Posting(.purchases, MicroYuan(-25_500_000)), Posting(.suppliers, MicroYuan(25_500_000)),
        ]))
  }

  @Test func donatedWrittenOffAndCountedGoodsPostNothing() {
    let line = StockLine(productID: Self.product, quantity: .units(24))
    let changes: [StockChange] = [.delivered(by: Self.id(8)), .writtenOff(.damaged), .counted]

    for change in changes { #expect(Self.event(change, [line]).entry.postings.isEmpty) }
  }

  @Test(arguments: moves) func aRecordReadsAsWhatWasWritten(
    change: StockChange, line: StockLine, moved: Int64
  ) throws {
    let dated = StockLine(
      productID: line.productID, quantity: line.quantity, cost: Money(fen: 1),
      bestBefore: BusinessDate("2026-12-31"), before: line.before)
    let event = Self.event(change, [line, dated])

    #expect(try StockEvent(kind: change.kind, body: event.body) == event)
  }

  @Test func aProductChangeNamesWhatWasBefore() throws {
    let old = Product(
      id: Self.product, barcode: nil, name: "大米", category: "粮油", unit: "袋",
      pricing: .counted, listPrice: Money(fen: 4500))
    let new = Product(
      id: Self.product, barcode: nil, name: "大米", category: "粮油", unit: "袋",
      pricing: .counted, listPrice: Money(fen: 4900))
    let user = User(
      id: Self.id(7), name: "wang", displayName: "王", role: .manager, stationID: Self.id(6))

    let body = ProductChange(new, from: old, id: Self.id(3)).body(by: user)

    #expect(body["was"] == .members(["listPriceFen": 4500]))
    #expect(body["product"]?["listPriceFen"] == 4900)
    #expect(ProductChange(new, from: nil, id: Self.id(3)).kind == .productAdded)
  }
}
