import FoundationEssentials
import POS
import POSStore
import PrinterProfiles

/// What the command line does to a station, directly or through a running daemon.
struct StationDesk: Sendable {
  let store: Store
  let clock: Clock
  let hasher: PasswordHasher
  /// What addresses of printers may name; `nil` lets them name anything.
  var profiles: ProfileCatalogue?

  /// Gives a new folder its first station; does nothing to one that has one.
  func setUpIfNew(
    stationName: String, stationNameEn: String, policy: CharityPolicy = .erqi
  ) async throws {
    guard !store.isSetUp else { return }
    let station = Station(
      id: StationID(UUID()), name: stationName, nameEn: stationNameEn)
    let tills = ["1号收银台", "2号收银台"].map {
      Till(id: TillID(UUID()), stationID: station.id, name: $0)
    }
    try await store.setUp(
      SetUp(
        origin: Identifier(UUID()), station: station, tills: tills, policy: policy,
        campaigns: [
          .general, Campaign(id: "winter", name: "冬衣助学", nameEn: "Winter clothes for pupils"),
        ], layouts: InStoreLayout.defaults, atMs: clock.nowMs))
  }

  /// Takes in a catalogue; the good rows are loaded and every bad one reported.
  func importProducts(_ csv: [UInt8]) async throws -> JSON {
    let file: ProductImport
    do throws(ProductFileProblem) {
      file = try ProductImport(csv: csv)
    } catch {
      throw Problem(.badValue, ["member": "file", "expected": .string(error.sentence)])
    }
    let report = try await store.importProducts(
      file.rows, newIDs: file.rows.map { _ in ProductID(UUID()) }, atMs: clock.nowMs)
    let problems = (file.problems + report.problems).sorted { $0.lineNumber < $1.lineNumber }
    return .members([
      "added": .integer(Int64(report.added)), "updated": .integer(Int64(report.updated)),
      "unchanged": .integer(Int64(report.unchanged)),
      "problems": .array(
        problems.map {
          .members([
            "line": .integer(Int64($0.lineNumber)), "reason": .string($0.reason.sentence),
          ])
        }),
    ])
  }

  /// Adds a person: the members of `NewUserFields`, and `station` where there are several; a
  /// station of a new name is made with them.
  func addUser(_ json: JSON) async throws -> JSON {
    let (fields, stationName) = try Fields.reading(json) { fields in
      (try NewUserFields(&fields), try fields.optionalText("station", count: 1...40))
    }
    let (stationID, newStation) = try await station(named: stationName)
    let user = fields.user(at: stationID)
    _ = try await store.add(
      NewUser(
        user: user, passwordHash: try await hasher.hash(of: fields.secrets.password),
        pinHash: try await hasher.hash(of: fields.secrets.pin)), newStation: newStation,
      atMs: clock.nowMs)
    return user.view
  }

  /// The station of this name, or a new one; without a name, the only one.
  func station(
    named name: String?
  ) async throws -> (StationID, new: (station: Station, till: Till)?) {
    let stations = try await store.stations()
    guard let name else {
      guard let only = stations.first, stations.count == 1 else {
        let names = stations.map(\.name).joined(separator: ", ")
        throw Problem(.badValue, ["member": "station", "expected": .string("one of \(names)")])
      }
      return (only.id, nil)
    }
    if let known = stations.first(where: { $0.name == name }) { return (known.id, nil) }
    let station = Station(id: StationID(UUID()), name: name, nameEn: "")
    let till = Till(id: TillID(UUID()), stationID: station.id, name: "1号收银台")
    return (station.id, (station, till))
  }
}

extension ProductFileProblem {
  /// What is wrong with the file, for the person who sent it.
  var sentence: String {
    switch self {
    case .empty: "a header line and products"
    case .badHeader(let reason): "a readable header line (\(reason))"
    case .unknownColumn(let name): "no column \(name)"
    case .repeatedColumn(let name): "column \(name) once"
    case .missingColumn(let name): "a column \(name)"
    }
  }
}

extension ProductRowProblem.Reason {
  /// What is wrong with the row.
  var sentence: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .wrongFieldCount(let found, let expected): "has \(found) fields, not \(expected)"
    case .badBarcode(let digits, .notDigits): "barcode \(digits) is not digits"
    case .badBarcode(let digits, .wrongLength(let count)):
      "barcode \(digits) has \(count) digits, not 8 or 13"
    case .badBarcode(let digits, .wrongCheckDigit(let expected)):
      "barcode \(digits) has a wrong check digit (should be \(expected))"
    case .badItemCode(let code): "item code \(code) is not 5 digits"
    case .missing(let column): "\(column) is missing"
    case .tooLong(let column): "\(column) is too long"
    case .unprintable(let column): "\(column) has characters that do not print"
    case .badPricing(let text): "pricing \(text) is neither counted nor weighed"
    case .badPrice(let text): "price \(text) is no amount in yuan above zero"
    case .repeats(let line): "repeats line \(line)"
    case .conflicts: "its barcode or item code belongs to another product"
    }
  }
}
