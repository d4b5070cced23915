import ArgumentParser
import POS
import Receipt

/// `posd bench`: how long the pure parts take, for `make bench`; with `--sales`, a folder of many
/// sales instead, for what is measured on big books.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Time pricing and receipt drawing.", shouldDisplay: false)

  private static let rounds = 20_000

  @Option(help: "Make a new data folder with this many sales of ten lines.")
  var sales: Int?

  @Option(help: "The new data folder.")
  var data: String?

  /// The benchmark sale S10: ten lines of goods at these list prices and quantities.
  private static let basket = Basket(
    items: zip(BenchBooks.listPricesFen, BenchBooks.units).map { listFen, units in
      BasketItem(
        goods: Goods(
          productID: nil, barcode: nil, name: "农夫山泉天然水", category: "饮用水", unit: "瓶",
          listPrice: Money(fen: listFen)),
        quantity: .units(units))
    })

  func validate() throws {
    guard (sales == nil) == (data == nil) else {
      throw ValidationError("--sales and --data go together")
    }
  }

  func run() async throws {
    if let sales, let data {
      try await BenchBooks(folder: data).sell(sales)
    } else {
      time()
    }
  }

  private func time() {
    var checksum: Int64 = 0
    let quote = Self.nanoseconds {
      let quote = Quote(Self.basket, policy: .erqi)
      checksum &+= quote.due.fen &+ quote.totals.pledge.value
    }
    let coupons = Self.nanoseconds { checksum &+= BenchRelief.quoteWithCoupons() }
    let vouchers = Self.nanoseconds { checksum &+= BenchRelief.quoteWithVouchers() }
    let placement = Self.nanoseconds(rounds: 500) {
      checksum &+= BenchRelief.largestPlacement()
    }
    let layout = ReceiptLayout(Self.twentyLines, paper: .columns48)
    let receipt = Self.nanoseconds { checksum &+= Int64(layout.escPosBytes().count) }
    Console.output(
      """
      {"quote10Nanoseconds":\(quote),"quote10Coupons3Nanoseconds":\(coupons),\
      "quote10Coupons3Vouchers2Nanoseconds":\(vouchers),\
      "quote40Vouchers8Nanoseconds":\(placement),\
      "receipt20Nanoseconds":\(receipt),"checksum":\(checksum)}
      """)
  }

  /// Twenty lines and a QR code.
  private static let twentyLines = ReceiptDocument(
    (1...20).map { .pair("农夫山泉天然水 \(String($0))", "12.50") }
      + [QRContent("https://example.org/r/6f1c1c1e-0d4e-4b7a-9a51-0f5c3a2b1d00")].compactMap {
        $0.map(Block.qr)
      })

  /// Nanoseconds of one round, the best of five runs.
  private static func nanoseconds(rounds: Int = rounds, _ work: () -> Void) -> Int64 {
    let clock = ContinuousClock()
    let times = (0..<5).map { _ in clock.measure { for _ in 0..<rounds { work() } } }
    let best = times.min() ?? .zero
    let (seconds, attoseconds) = best.components
    return (seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / Int64(rounds)
  }
}
