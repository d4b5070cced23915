import CWeb
import FoundationEssentials
import Glibc
import POS
import POSStore

/// The example station of `posd demo`: goods, four people, their log-ins shown at every start, and
/// codes of vouchers and coupons to try.
///
/// There is no default account: passwords are random, made with the folder and kept in it, which
/// only a folder of example data may do.
struct DemoStation {
  private static let fileName = "demo-logins.txt"
  private static let people: [(role: Role, displayName: String)] = [
    (.manager, "王站长"), (.cashier, "小陈"), (.auditor, "李审计"), (.centre, "张助餐"),
  ]

  let desk: StationDesk
  let folder: String
  /// Whether there is a meal centre too.
  var hasMeals = true

  /// Whether a folder holds example data.
  static func isDemo(folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + fileName)
  }

  /// Loads the example data into a new folder; the log-ins, one line each:
  /// `login ROLE NAME PASSWORD PIN`, then those of `DemoRelief`.
  func prepare() async throws -> [String] {
    let path = folder + "/" + Self.fileName
    if let kept = try? String(contentsOfFile: path, encoding: .utf8) {
      return kept.split(separator: "\n").map(String.init)
    }
    guard try await !desk.store.hasUsers() else {
      throw CommandFailure("\(folder) holds a real station: posd demo leaves it alone")
    }
    for file in [CWebDemoProducts(), CWebDemoWeighed()] {
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
      _ = try await desk.importProducts(Array(bytes))
    }
    var lines: [String] = []
    var centreID: CentreID?
    // The manager is there first: a centre is made by somebody, and its staff belong to it.
    for person in Self.people {
      lines.append(try await add(person.role, person.displayName, at: centreID))
      if person.role == .manager, hasMeals { centreID = try await prepareMeals() }
    }
    if let manager = try await desk.store.credentials(name: "demo-manager")?.user {
      lines += try await DemoRelief(
        store: desk.store, manager: manager, nowMs: desk.clock.nowMs
      ).prepare()
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
    return lines
  }

  private func prepareMeals() async throws -> CentreID {
    for station in try await desk.store.stations() {
      let users = try await desk.store.users(of: station.id)
      if let manager = users.first(where: { $0.user.role == .manager })?.user {
        return try await DemoMeals(desk: desk).prepare(by: manager)
      }
    }
    throw CommandFailure("the example data has no manager")
  }

  private func add(
    _ role: Role, _ displayName: String, at centreID: CentreID?
  ) async throws -> String {
    var generator = SystemRandomNumberGenerator()
    func random(_ count: Int, of letters: String) -> String {
      String((0..<count).compactMap { _ in letters.randomElement(using: &generator) })
    }
    let name = "demo-\(role.rawValue)"
    let password = random(10, of: "abcdefghjkmnpqrstuvwxyz23456789")
    let pin = random(6, of: "0123456789")
    _ = try await desk.addUser(
      .members([
        "name": .string(name), "displayName": .string(displayName),
        "role": .string(role.rawValue), "password": .string(password), "pin": .string(pin),
        "centreID": role == .centre ? centreID.map { .string($0.text) } : nil,
      ]))
    return "login \(role.rawValue) \(name) \(password) \(pin)"
  }
}
