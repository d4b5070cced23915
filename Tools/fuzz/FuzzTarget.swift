import Attendance
import Glibc

/// Called by libFuzzer with each input. `POSD_FUZZ_CODEC` says which codec it goes to.
///
/// Beside what libFuzzer and AddressSanitizer see by themselves (crash, hang, memory), each codec's
/// promises are held: what comes out is ASCII without 15 digits in a row, and rows are counted.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let target = FuzzTarget.named(getenv("POSD_FUZZ_CODEC").map { String(cString: $0) } ?? "")

private struct FuzzTarget: Sendable {
  let read: @Sendable ([UInt8]) -> Void

  static func named(_ name: String) -> FuzzTarget {
    switch name {
    case "attendance": upload("table=ATTLOG")
    case "identity-card": upload("table=ATTLOG", .identityCard)
    case "operations": upload("table=OPERLOG")
    case "security": upload("table=rtlog", .security)
    case "request": FuzzTarget(read: readRequest)
    case "results": FuzzTarget { check(texts: ZKTecoCommandResult.results(in: $0).map { "\($0)" }) }
    case "json": push("application/json")
    case "xml": push("application/xml")
    case "multipart": push("multipart/form-data; boundary=B")
    case "file": FuzzTarget(read: readFile)
    case "table": FuzzTarget(read: readTable)
    default: preconditionFailure("POSD_FUZZ_CODEC names no codec: \(name)")
    }
  }

  private static func upload(
    _ query: String, _ dialect: ZKTecoDialect = .attendance
  ) -> FuzzTarget {
    FuzzTarget { bytes in
      guard
        case .upload(let table)? = try? ZKTecoRequest(
          method: "POST", path: "/iclock/cdata", query: "SN=A1&\(query)"
        ).kind
      else { preconditionFailure("no upload") }
      check(
        ZKTecoUpload(table, body: bytes)
          .intake(from: ZKTecoTerminal(serial: serial, dialect: dialect)))
    }
  }

  private static func push(_ contentType: String) -> FuzzTarget {
    FuzzTarget { bytes in
      check(
        HikvisionPush(contentType: contentType, body: bytes)
          .notice(from: serial, zone: .china).intake)
    }
  }

  /// The first line is method, path and query between blanks.
  private static func readRequest(_ bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self)
      .split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { return }
    guard let request = try? ZKTecoRequest(method: parts[0], path: parts[1], query: parts[2])
    else { return }
    precondition(request.serial.text.utf8.count <= TerminalSerial.maximumBytes, "a short serial")
    if case .upload(let table) = request.kind {
      precondition(ZKTecoAnswer.stored(table, rowCount: 1).body.count < 64, "a short answer")
    }
  }

  private static func readFile(_ bytes: [UInt8]) {
    for columns in [nil, AttendanceLogFile.Columns.deviceFirst] {
      if let intake = try? AttendanceLogFile(bytes)
        .intake(from: serial, zone: .china, columns: columns)
      {
        check(intake)
      }
    }
  }

  private static func readTable(_ bytes: [UInt8]) {
    if let intake = try? AttendanceTable(bytes)
      .intake(machines: ["1": serial], otherwise: serial, zone: .china)
    {
      check(intake)
    }
  }

  private static let serial: TerminalSerial = {
    guard let serial = TerminalSerial("A1") else { preconditionFailure("no serial") }
    return serial
  }()

  private static func check(_ intake: Intake) {
    let read =
      intake.recognitions.count + intake.uncounted.count + intake.evidence.count
      + intake.people.count + intake.droppedCount
      + intake.quarantined.reduce(0) { $0 + $1.rowCount }
    precondition(read <= 2 * intake.rowCount + 16, "no row is made twice")
    check(texts: intake.recognitions.map { $0.key.text + " " + $0.time.wireText })
    check(texts: intake.recognitions.map(\.number.text) + intake.people.map(\.number.text))
    check(texts: intake.quarantined.map(\.redacted))
    check(texts: intake.evidence.map { "\($0)" } + intake.uncounted.map { "\($0)" })
  }

  private static func check(texts: [String]) {
    for text in texts {
      var digits = 0
      for scalar in text.unicodeScalars {
        precondition(scalar.isASCII || scalar == "…", "only ASCII comes out")
        digits = ("0"..."9").contains(scalar) ? digits + 1 : 0
        precondition(digits < 15, "no identity number comes out")
      }
    }
  }
}
