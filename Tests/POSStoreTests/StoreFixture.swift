import FoundationEssentials
import POS

@testable import POSStore

/// A real database in a folder of its own, with one station, one till, a cashier, a manager and
/// three products.
final class StoreFixture {
  static let atMs: Int64 = 1_795_226_400_000
  static let stationID: StationID = id(1)
  static let tillID: TillID = id(2)
  static let sessionID: TillSessionID = id(3)

  let folder: String
  var store: Store

  init() async throws {
    folder = FileManager.default.temporaryDirectory.path + "posd-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    store = try Store(folder: folder)
    store.keepPeople(with: Self.personalKeys)
    try await setUp()
  }

  deinit {
    try? store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Closes and opens the same file again.
  func reopen() throws {
    try store.close()
    store = try Store(folder: folder)
    store.keepPeople(with: Self.personalKeys)
  }

  let cashier = StoreFixture.user(10, "chen", .cashier)
  let manager = StoreFixture.user(11, "wang", .manager)

  static func user(_ number: Int, _ name: String, _ role: Role) -> User {
    User(id: id(number), name: name, displayName: "员工\(number)", role: role, stationID: stationID)
  }

  static let personalKeys: PersonalKeys = {
    guard let keys = PersonalKeys(secret: Array(repeating: 9, count: 32)) else {
      preconditionFailure("a secret has 32 bytes")
    }
    return keys
  }()

  static func id<Subject>(_ number: Int) -> Identifier<Subject> {
    let digits = String(number, radix: 16)
    let tail = String(repeating: "0", count: 12 - digits.count) + digits
    guard let id = Identifier<Subject>("00000000-0000-4000-8000-\(tail)") else {
      preconditionFailure("a made-up id is a version 4 UUID")
    }
    return id
  }

  static let csv = """
    barcode,name,category,unit,list_price_yuan,origin,item_code,pricing
    6901424333948,王老吉凉茶,饮料,盒,2.60,广州,,
    6921168509256,农夫山泉天然水,饮用水,瓶,1.50,杭州,,
    ,大米,粮油,公斤,7.99,郑州,00017,weighed
    """

  private func setUp() async throws {
    try await store.setUp(
      SetUp(
        origin: Self.id(99), station: Station(id: Self.stationID, name: "测试驿站", nameEn: "Test"),
        tills: [Till(id: Self.tillID, stationID: Self.stationID, name: "1号")], policy: .erqi,
        campaigns: [.general], layouts: InStoreLayout.defaults, atMs: Self.atMs))
    for user in [cashier, manager] {
      _ = try await store.add(
        NewUser(user: user, passwordHash: "x", pinHash: "x"), atMs: Self.atMs)
    }
    let rows = try ProductImport(csv: Array(Self.csv.utf8)).rows
    _ = try await store.importProducts(
      rows, newIDs: rows.indices.map { Self.id(200 + $0) }, atMs: Self.atMs)
    _ = try await store.open(
      TillSession(
        id: Self.sessionID, tillID: Self.tillID, stationID: Self.stationID,
        openedBy: cashier.id, openedAtMs: Self.atMs, float: Money(fen: 20_000)),
      request: ClientRequest(id: Self.sessionID.uuid, contentHash: hash(1)))
  }

  func hash(_ number: UInt8) -> [UInt8] { Array(repeating: number, count: 32) }

  /// A request of a till.
  func asked(_ number: Int, hash: UInt8 = 1, approvalID: ApprovalID? = nil) -> TillRequest {
    let id: ApprovalID = Self.id(number)
    return TillRequest(
      request: ClientRequest(id: id.uuid, contentHash: self.hash(hash)), approvalID: approvalID,
      atMs: Self.atMs)
  }

  /// Counts the drawer of the session, whatever is in it, and closes it by a Z.
  func closeTill(
    _ first: Int = 600, session: TillSessionID = sessionID, atMs: Int64 = atMs
  ) async throws -> StoredEvent {
    let reading = try await store.tillReading(id: session, at: Self.stationID)
    let expected = reading?.expectedCash.fen ?? 0
    let rows = CashCount.denominationsFen.reduce(into: (rest: expected, rows: [CashCount.Row]())) {
      $0.rows.append(CashCount.Row(denominationFen: $1, count: $0.rest / $1))
      $0.rest %= $1
    }.rows
    guard let count = CashCount(rows) else { preconditionFailure("real notes were counted") }
    var asked = self.asked(first)
    asked.atMs = atMs
    _ = try await store.count(session, count, by: cashier, asked)
    var closing = self.asked(first + 1)
    closing.atMs = atMs
    return try await store.close(
      session, counted: Self.id(first), reason: nil, by: cashier, closing
    ).event
  }

  /// Two bottles of tea for 4.16 in cash.
  func request(
    _ number: Int, hash: UInt8 = 1, dueFen: Int64 = 416, givenFen: Int64 = 500,
    item: ItemRequest? = nil, basketID: BasketID? = nil, approvalID: ApprovalID? = nil
  ) -> SaleRequest {
    SaleRequest(
      id: Self.id(number), contentHash: self.hash(hash), tillSessionID: Self.sessionID,
      items: [item ?? ItemRequest(target: .barcode("6901424333948"), quantity: .units(2))],
      gift: nil, tendering: Tendering(cashGiven: Money(fen: givenFen)),
      seenDue: Money(fen: dueFen), basketID: basketID, approvalID: approvalID)
  }
}
