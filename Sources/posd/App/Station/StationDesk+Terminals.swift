import Attendance
import FoundationEssentials
import POS
import POSStore

// What the command line does with meal terminals.
extension StationDesk {
  /// Takes in the rows of a file as those of terminals: `attlog.dat`, or a table of attendance
  /// software.
  ///
  /// - Parameters:
  ///   - serial: the terminal of rows that do not name one.
  ///   - columns: the order of columns in `attlog.dat`, by name; `nil` guesses.
  func importAttendance(
    _ bytes: [UInt8], serial: String, columns: String?
  ) async throws -> JSON {
    // Also of terminals that broke and were replaced: the last enrolment of each serial number.
    let known = Dictionary(
      try await store.terminals().map { ($0.terminal.serial, $0) }, uniquingKeysWith: { $1 })
    guard let terminal = known[serial] else {
      throw Problem(
        .badValue, ["member": "terminal", "expected": "the serial number of an enrolled one"])
    }
    let intake = try read(bytes, of: terminal, among: known, columns)
    var report = (new: 0, known: 0, bad: intake.quarantined.reduce(0) { $0 + $1.rowCount })
    var bySerial = Dictionary(grouping: intake.recognitions) { $0.terminal.text }
    for (serial, one) in known.sorted(by: { $0.key < $1.key }) {
      let seen = bySerial.removeValue(forKey: serial) ?? []
      let isOwn = serial == terminal.terminal.serial
      guard !seen.isEmpty || isOwn else { continue }
      let batch = TerminalBatch(
        terminalID: one.terminal.id, way: .file, passes: seen.map { TerminalPass($0) },
        quarantined: isOwn ? intake.quarantined.map(QuarantineRow.init) : [])
      for part in batch.parts {
        let outcome = try await store.take(part, from: one, atMs: clock.nowMs)
        report.new += outcome.newPassCount
        report.known += part.passes.count - outcome.newPassCount
      }
    }
    return .members([
      "new": .integer(Int64(report.new)), "known": .integer(Int64(report.known)),
      "bad": .integer(Int64(report.bad)),
    ])
  }

  private func read(
    _ bytes: [UInt8], of terminal: EnrolledTerminal, among known: [String: EnrolledTerminal],
    _ columns: String?
  ) throws -> Intake {
    guard let serial = TerminalSerial(terminal.terminal.serial) else {
      throw Problem(.badValue, ["member": "terminal", "expected": "a serial number"])
    }
    do throws(AttendanceFileProblem) {
      if Self.isLog(bytes) {
        return try AttendanceLogFile(bytes).intake(
          from: serial, zone: terminal.zone,
          columns: columns.flatMap(AttendanceLogFile.Columns.init(word:)))
      }
      let machines = known.keys.compactMap { TerminalSerial($0) }
      return try AttendanceTable(bytes).intake(
        machines: Dictionary(uniqueKeysWithValues: machines.map { ($0.text, $0) }),
        otherwise: serial, zone: terminal.zone)
    } catch {
      throw Problem(.badValue, ["member": "file", "expected": .string(error.expected)])
    }
  }

  /// Whether a file is `attlog.dat`: its first line has tabs and no comma.
  private static func isLog(_ bytes: [UInt8]) -> Bool {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    return line.contains(UInt8(ascii: "\t")) && !line.contains(UInt8(ascii: ","))
  }

  /// Enrols a terminal: the members of the API, with the name of a centre instead of its id.
  func addTerminal(_ json: JSON) async throws -> JSON {
    let id = TerminalID(UUID())
    let (name, asked) = try Fields.reading(json) { fields in
      let name = try fields.text("centre", count: 1...60)
      return (name, try TerminalFields(&fields))
    }
    let centre = try await centre(named: name)
    let (terminal, _) = try await store.enrol(
      asked.new(id, at: centre), by: nil, request(id, json), atMs: clock.nowMs)
    return terminal.view
  }

  /// Puts a terminal in the place of another, named by its serial number as `replaces`.
  func replaceTerminal(_ json: JSON) async throws -> JSON {
    let id = TerminalID(UUID())
    let (serial, asked, numbers) = try Fields.reading(json) { fields in
      let serial = try fields.text("replaces", count: 1...64)
      let asked = try TerminalFields(&fields)
      return (serial, asked, try fields.terminalNumbers())
    }
    let inUse = try await store.terminals().filter(\.isInUse)
    guard let old = inUse.first(where: { $0.terminal.serial == serial }) else {
      throw Problem(
        .badValue, ["member": "replaces", "expected": "the serial number of one in use"])
    }
    let (terminal, _) = try await store.replace(
      old.terminal.id, with: asked.new(id, at: old.terminal.centreID), numbers: numbers, by: nil,
      request(id, json), atMs: clock.nowMs)
    return terminal.view
  }

  /// All terminals in use.
  func listTerminals() async throws -> JSON {
    .members(["items": .array(try await store.terminals().filter(\.isInUse).map(\.view))])
  }

  private func request(_ id: TerminalID, _ json: JSON) -> ClientRequest {
    ClientRequest(id: id.uuid, contentHash: json.contentHash)
  }

  private func centre(named name: String) async throws -> CentreID {
    var centres: [Centre] = []
    for station in try await store.stations() {
      centres += try await store.centres(of: station.id)
    }
    guard let found = centres.first(where: { $0.name == name }) else {
      let names = centres.map(\.name).joined(separator: ", ")
      throw Problem(.badValue, ["member": "centre", "expected": .string("one of \(names)")])
    }
    return found.id
  }
}

/// The orders of columns by name, as the command line has them.
enum AttendanceColumns {
  static let words = ["deviceFirst", "verifyFirst", "statusFirst"]
}

extension AttendanceLogFile.Columns {
  init?(word: String) {
    switch word {
    case "deviceFirst": self = .deviceFirst
    case "verifyFirst": self = .verifyFirst
    case "statusFirst": self = .statusFirst
    default: return nil
    }
  }
}

extension AttendanceFileProblem {
  fileprivate var expected: String {
    switch self {
    case .tooLarge(let limit): "at most \(limit) bytes"
    case .noRows: "rows"
    case .columnsUnknown: "--columns: the order of the columns cannot be guessed"
    case .noHeader: "a first row with a column for the number and one for the time"
    }
  }
}
