import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// The tills of a station with their printers and drawers, by name.
  public func tillSettings(of stationID: StationID) async throws -> [TillSettings] {
    try await read { unit in
      try unit.tillSettings("stationID = ? ORDER BY name", [stationID.data])
    }
  }

  /// A till with its printer and drawer; `nil` if there is none.
  public func tillSettings(id: TillID) async throws -> TillSettings? {
    try await read { unit in try unit.tillSettings("id = ?", [id.data]).first }
  }

  /// The till a session is of, with its printer and drawer.
  public func tillSettings(of sessionID: TillSessionID) async throws -> TillSettings? {
    try await read { unit in
      try unit.tillSettings(
        "id = (SELECT tillID FROM tillSession WHERE tillSession.id = ?)", [sessionID.data]
      ).first
    }
  }

  /// Adds a till to a station; journalled.
  ///
  /// - Throws: `StoreRefusal.tillNameTaken`.
  public func add(_ settings: TillSettings, atMs: Int64) async throws {
    try await write { unit in
      let till = settings.till
      guard try unit.till(named: till.name, at: till.stationID) == nil else {
        throw StoreRefusal.tillNameTaken
      }
      try unit.db.execute(
        sql: "INSERT INTO till (id, stationID, name, printer, drawer) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          till.id.data, till.stationID.data, till.name, settings.printer, settings.drawer,
        ])
      let told = JSON.members(["id": .string(till.id.text), "name": .string(till.name)])
      try unit.append(
        .tillAdded,
        .members(["stationID": .string(till.stationID.text), "tills": .array([told])]),
        atMs: atMs)
      unit.tellOfTills()
    }
  }

  /// Gives a till of a station another printer or drawer; what is `nil` stays, and `.some(nil)`
  /// is back to the usual.
  ///
  /// - Throws: `StoreRefusal.notFound` if the station has no till of this name.
  public func setTill(
    named name: String, at stationID: StationID, printer: String??, drawer: String??
  ) async throws -> TillSettings {
    try await write { unit in
      guard let found = try unit.till(named: name, at: stationID) else {
        throw StoreRefusal.notFound
      }
      let changed = TillSettings(
        till: found.till, printer: printer ?? found.printer, drawer: drawer ?? found.drawer)
      try unit.db.execute(
        sql: "UPDATE till SET printer = ?, drawer = ? WHERE id = ?",
        arguments: [changed.printer, changed.drawer, found.till.id.data])
      unit.tellOfTills()
      return changed
    }
  }
}

/// A till with what stands at it.
public struct TillSettings: Equatable, Sendable {
  public let till: Till
  /// The address of its printer; `nil` is the one of the setting `printer`.
  public let printer: String?
  /// `none`, `pin2` or `pin5`; `nil` is what the printer's profile says.
  public let drawer: String?

  public init(till: Till, printer: String?, drawer: String?) {
    self.till = till
    self.printer = printer
    self.drawer = drawer
  }
}

extension UnitOfWork {
  /// The print queue or a printer may have changed: whoever prints is told when that is on disk.
  func tellPrinters() {
    let signal = facts.printSignal
    db.afterNextTransaction { _ in signal.post() }
  }

  /// A till or its printer has changed: whoever prints is told when that is on disk.
  fileprivate func tellOfTills() {
    let signal = facts.tillSignal
    db.afterNextTransaction { _ in signal.post() }
    tellPrinters()
  }

  fileprivate func till(named name: String, at stationID: StationID) throws -> TillSettings? {
    try tillSettings("name = ? AND stationID = ?", [name, stationID.data]).first
  }

  fileprivate func tillSettings(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [TillSettings] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT id, stationID, name, printer, drawer FROM till WHERE \(condition)"),
      arguments: arguments
    ).map { row in
      TillSettings(
        till: Till(
          id: Identifier(row["id"] as Data), stationID: Identifier(row["stationID"] as Data),
          name: row["name"]),
        printer: row["printer"], drawer: row["drawer"])
    }
  }
}
