import POS
import POSStore

extension StationDesk {
  /// All people who may or might log in.
  func listUsers() async throws -> JSON {
    let stations = Dictionary(
      try await store.stations().map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
    let rows = try await store.users().map { person in
      person.user.view.adding("isActive", .bool(person.isActive))
        .adding("station", .string(stations[person.user.stationID] ?? ""))
    }
    return .members(["items": .array(rows)])
  }

  /// Changes the person of a log-in `name`: `isActive`, or `password` with `pin`; who it was.
  func changeUser(_ json: JSON) async throws -> UserID {
    let (name, fields) = try Fields.reading(json) { fields in
      (try fields.text("name", count: 2...40), try UserChangeFields(&fields))
    }
    guard let user = try await store.user(named: name) else { throw Problem(.notFound) }
    _ = try await store.change(
      user.id, try await fields.change(hashedBy: hasher), atMs: clock.nowMs)
    return user.id
  }
}
