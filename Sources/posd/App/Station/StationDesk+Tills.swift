import FoundationEssentials
import POS
import POSStore
import PrinterProfiles
import Receipt

extension StationDesk {
  /// Adds a till: `name`, and `printer`, `drawer`, `station` as for `setTill`.
  func addTill(_ json: JSON) async throws -> JSON {
    let asked = try Fields.reading(json) { fields in try TillFields(&fields) }
    try check(asked)
    let station = try await station(known: asked.station)
    let settings = TillSettings(
      till: Till(id: TillID(UUID()), stationID: station, name: asked.name),
      printer: asked.printer ?? nil, drawer: asked.drawer ?? nil)
    try await store.add(settings, atMs: clock.nowMs)
    return settings.view
  }

  /// Gives the till of a `name` a `printer` (an address, or `default`) and a `drawer` (`none`,
  /// `pin2`, `pin5`, or `default`); what is left out stays.
  func setTill(_ json: JSON) async throws -> JSON {
    let asked = try Fields.reading(json) { fields in try TillFields(&fields) }
    try check(asked)
    let station = try await station(known: asked.station)
    return try await store.setTill(
      named: asked.name, at: station, printer: asked.printer, drawer: asked.drawer
    ).view
  }

  /// All tills of all stations.
  func listTills() async throws -> JSON {
    var rows: [JSON] = []
    for station in try await store.stations() {
      rows += try await store.tillSettings(of: station.id).map { till in
        till.view.adding("station", .string(station.name))
      }
    }
    return .members(["items": .array(rows)])
  }

  private func check(_ asked: TillFields) throws {
    guard let profiles, let id = (asked.printer ?? nil).flatMap({ PrinterAddress($0)?.profile }),
      profiles[id] == nil
    else { return }
    let expected = "an address behind whose # stands one of \(profiles.ids)"
    throw Problem(.badValue, ["member": "printer", "expected": .string(expected)])
  }

  private func station(known name: String?) async throws -> StationID {
    let (id, new) = try await station(named: name)
    guard new == nil else {
      throw Problem(.badValue, ["member": "station", "expected": "a station there is"])
    }
    return id
  }
}

/// What the command line says of a till; `.some(nil)` is back to the usual.
private struct TillFields {
  /// Back to the setting `printer`, or to what the printer's profile says.
  private static let usual = "default"

  let name: String
  let station: String?
  let printer: String??
  let drawer: String??

  init(_ fields: inout Fields) throws {
    name = try fields.text("name", count: 1...20)
    station = try fields.optionalText("station", count: 1...40)
    printer = try Self.value(&fields, "printer") { text in PrinterAddress(text)?.description }
    drawer = try Self.value(&fields, "drawer") { text in DrawerPin(rawValue: text)?.rawValue }
  }

  private static func value(
    _ fields: inout Fields, _ name: String, _ read: (String) -> String?
  ) throws -> String?? {
    guard let text = try fields.optionalText(name, count: 1...100) else { return nil }
    if text == usual { return .some(nil) }
    guard let value = read(text) else {
      let words =
        name == "drawer"
        ? "none, pin2, pin5 or default"
        : "usb, usb:04b8:0e28, usb@1-2.4, tcp:192.0.2.7:9100, with #PROFILE behind, or default"
      throw fields.refusal(of: name, expected: words)
    }
    return value
  }
}

extension TillSettings {
  /// The till for the command line.
  var view: JSON {
    .members([
      "name": .string(till.name), "printer": printer.map(JSON.string) ?? .null,
      "drawer": drawer.map(JSON.string) ?? .null,
    ])
  }
}
