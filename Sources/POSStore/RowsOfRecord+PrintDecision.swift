import GRDB
import POS

extension RowsOfRecord {
  /// A decision about a slip names a record before it, and what may be decided.
  func checkPrintDecision() throws {
    let parts = (body["record"]?.stringValue ?? "").split(separator: "-")
    guard parts.count == 2, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]),
      epoch << 40 | sequence < key.value
    else { throw Finding(place: key.text, problem: "its slip is of no record before it") }
    guard let decision = body["decision"]?.stringValue.flatMap(PrintDecision.init(rawValue:)),
      let copy = body["slipCopy"]?.integerValue, copy >= 0
    else { throw Finding(place: key.text, problem: "its decision about a slip is none") }
    let isCopied = body["copy"]?.integerValue.map { $0 > copy }
    guard isCopied != false, isCopied == nil || decision == .printAgain else {
      throw Finding(place: key.text, problem: "its copy does not follow from its decision")
    }
  }
}
