import POS
import POSStore
import Receipt

/// One printer of a station as the API shows it: what it does now and what waits for it.
struct PrinterView {
  static let schema = Schema.object([
    "address": Schema.nullable(Schema.text), "profile": Schema.nullable(Schema.text),
    "tills": Schema.array(of: Schema.object(["id": Schema.id, "name": Schema.text])),
    "state": Schema.choice(["none", "unknown", "ready", "printing", "waiting"]),
    "reason": Schema.nullable(Schema.text), "detail": Schema.nullable(Schema.text),
    "detailEn": Schema.nullable(Schema.text), "waiting": Schema.integer(),
    "doubtful": Schema.integer(),
  ])

  let address: String?
  let entry: PrinterBoard.Entry
  let isSetUp: Bool
  let tills: [Till]
  let counts: [PrintCounts]

  var json: JSON {
    .members([
      "address": address.map(JSON.string) ?? .null,
      "profile": entry.profile.map { .string($0.id) } ?? .null,
      "tills": .array(
        tills.map { .members(["id": .string($0.id.text), "name": .string($0.name)]) }),
      "state": .string(state), "reason": reason.map { .string($0.code) } ?? .null,
      "detail": reason.map { .string($0.chinese) } ?? .null,
      "detailEn": reason.map { .string($0.english) } ?? .null,
      "waiting": .integer(Int64(counts.map(\.waiting).reduce(0, +))),
      "doubtful": .integer(Int64(counts.map(\.doubtful).reduce(0, +))),
    ])
  }

  private var state: String {
    guard isSetUp else { return "none" }
    return switch entry.state {
    case .unknown: "unknown"
    case .ready: "ready"
    case .printing: "printing"
    case .waiting: "waiting"
    }
  }

  /// Why it waits, or what it will soon wait for.
  private var reason: PrintReason? {
    guard isSetUp else { return .noPrinter }
    if case .waiting(let reason) = entry.state { return reason }
    return entry.warning.map(PrintReason.printer)
  }
}
