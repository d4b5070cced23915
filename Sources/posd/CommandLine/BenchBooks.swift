import Crypto
import FoundationEssentials
import POS
import POSStore

/// Makes a folder of many sales, as quickly as the store takes them: what `posd verify`, `posd
/// export` and day closes are measured on.
struct BenchBooks {
  /// The benchmark sale S10: list prices in fen, and quantities.
  static let listPricesFen: [Int64] = [1290, 350, 899, 2499, 100, 1575, 420, 699, 3150, 250]
  static let units: [Int64] = [1, 2, 1, 1, 3, 1, 2, 1, 1, 4]

  /// Sales on their way at once: as many as the store puts into one transaction.
  private static let tasks = 64
  /// 2026-01-01 in Asia/Shanghai, 08:00.
  private static let firstMs: Int64 = 1_767_225_600_000
  /// A sale every 20 seconds, round the clock.
  private static let stepMs: Int64 = 20_000

  private let desk: StationDesk
  private let user: User
  private let sessions: [TillSessionID]

  /// Opens a new folder with ten products, a manager and two open tills.
  init(folder: String) async throws {
    ProcessSetup.apply()
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    desk = StationDesk(
      store: try Store(folder: folder), clock: Clock(standingMs: Self.firstMs),
      hasher: try PasswordHasher())
    guard !desk.store.isSetUp else { throw CommandFailure("\(folder) is not new") }
    try await desk.setUpIfNew(stationName: "测试驿站", stationNameEn: "Bench")
    _ = try await desk.importProducts(Array(Self.csv.utf8))
    guard let station = try await desk.store.stations().first else {
      throw CommandFailure("the new folder has no station")
    }
    user = User(
      id: UserID(UUID()), name: "bench", displayName: "测量", role: .manager,
      stationID: station.id)
    _ = try await desk.store.add(
      NewUser(user: user, passwordHash: "!", pinHash: "!"), atMs: Self.firstMs)
    sessions = try await Self.openTills(desk.store, station.id, user)
  }

  /// Makes this many sales of ten lines, paid in cash.
  func sell(_ count: Int) async throws {
    let items = Self.units.indices.map { index in
      ItemRequest(
        target: .barcode(Self.barcode(index)), quantity: .units(Self.units[index]))
    }
    let due = try await desk.store.quote(items, gift: nil, at: user.stationID, atMs: Self.firstMs)
      .due
    try await withThrowingTaskGroup { group in
      for task in 0..<Self.tasks {
        group.addTask {
          for index in stride(from: task, to: count, by: Self.tasks) {
            try await sell(index, items, due)
          }
        }
      }
      try await group.waitForAll()
    }
    try desk.store.close()
  }

  private func sell(_ index: Int, _ items: [ItemRequest], _ due: Money) async throws {
    let id = SaleID(UUID())
    let request = SaleRequest(
      id: id, contentHash: Array(SHA256.hash(data: Array(id.text.utf8))),
      tillSessionID: sessions[index % sessions.count], items: items, gift: nil,
      tendering: Tendering(cashGiven: due + Money(fen: 100)), seenDue: due, basketID: nil,
      approvalID: nil)
    _ = try await desk.store.complete(
      request, by: user, atMs: Self.firstMs + Int64(index) * Self.stepMs)
  }

  private static func openTills(
    _ store: Store, _ stationID: StationID, _ user: User
  ) async throws -> [TillSessionID] {
    var sessions: [TillSessionID] = []
    for till in try await store.tills(of: stationID) {
      let session = TillSession(
        id: TillSessionID(UUID()), tillID: till.id, stationID: stationID, openedBy: user.id,
        openedAtMs: firstMs, float: Money(fen: 20_000))
      let request = ClientRequest(
        id: session.id.uuid, contentHash: Array(repeating: 1, count: 32))
      _ = try await store.open(session, request: request)
      sessions.append(session.id)
    }
    return sessions
  }

  private static var csv: String {
    let rows = listPricesFen.indices.map { index in
      "\(barcode(index)),农夫山泉天然水\(index)号,饮用水,瓶,\(Money(fen: listPricesFen[index]).yuanText)"
    }
    return "barcode,name,category,unit,list_price_yuan\n" + rows.joined(separator: "\n") + "\n"
  }

  /// A made-up EAN-13 with its check digit.
  private static func barcode(_ index: Int) -> String {
    let digits = "69000000000\(index)"
    let sum = digits.utf8.enumerated().reduce(0) { sum, digit in
      sum + Int(digit.element - UInt8(ascii: "0")) * (digit.offset.isMultiple(of: 2) ? 1 : 3)
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
