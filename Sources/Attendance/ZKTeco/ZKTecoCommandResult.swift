/// What became of a command: a line of `ID=c1&Return=0&CMD=DATA`, with more of the terminal's facts
/// on the lines after it where the command was `INFO`.
///
/// Source: terminals.md A4 (H; codes M).
public struct ZKTecoCommandResult: Hashable, Sendable {
  /// The id the command was given.
  public let commandID: String
  public let outcome: Outcome
  /// Rows the terminal has in the span that was asked for; of `countAttendance` only.
  public let attendanceCount: Int?
  /// Facts of the terminal that are worth keeping, by the names in `keptFacts`; of `info` only.
  public let facts: [String: String]

  /// What the terminal says of a command.
  public enum Outcome: Hashable, Sendable {
    /// 0, or a count.
    case done
    case failed(Failure)
  }

  /// Why a command failed.
  public enum Failure: Int, Hashable, Sendable, CaseIterable {
    case badParameter = -1
    case sizeMismatch = -2
    case inputOutput = -3
    case unknownPerson = -10
    case full = -1001
    case unsupported = -1002
    case timeout = -1003
    case configuration = -1004
    case busy = -1005
    case tooLong = -1006
    case memory = -1007
    /// A code that is not in the manual.
    case other = -9999
  }

  /// Facts that are kept: model, versions, counts. Addresses, passwords and the rest are not.
  public static let keptFacts = [
    "~DeviceName", "FWVersion", "FirmVer", "PushVersion", "UserCount", "FaceCount", "FPCount",
    "TransactionCount", "Language",
  ]

  /// Most results of one request; more are not read.
  static let maximumCount = 256

  /// Reads the body of a request. Lines that belong to no result are dropped.
  public static func results(in body: [UInt8]) -> [ZKTecoCommandResult] {
    guard body.count <= AttendanceLimits.uploadBytes else { return [] }
    var results: [ZKTecoCommandResult] = []
    var open: Draft?
    for row in ByteRows(body[...]) {
      let head = row.prefix(AttendanceLimits.rowBytes)
      if head.hasPrefix("ID=") {
        if let result = open?.result { results.append(result) }
        guard results.count < maximumCount else { return results }
        open = Draft(head)
      } else {
        open?.addFact(head)
      }
    }
    if let result = open?.result { results.append(result) }
    return results
  }
}

/// A result while its lines are read.
private struct Draft {
  private var values: [String: ArraySlice<UInt8>] = [:]
  private var facts: [String: String] = [:]

  init(_ line: ArraySlice<UInt8>) {
    for pair in line.split(separator: UInt8(ascii: "&"), maxSplits: 32) {
      guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: pair[..<equals], as: UTF8.self)
      if values[name] == nil { values[name] = pair[(equals + 1)...].trimmed }
    }
  }

  mutating func addFact(_ line: ArraySlice<UInt8>) {
    guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return }
    let name = String(decoding: line[..<equals].trimmed, as: UTF8.self)
    let value = line[(equals + 1)...].trimmed
    let isPlain = value.count <= 64 && value.allSatisfy { (0x20...0x7E).contains($0) }
    guard ZKTecoCommandResult.keptFacts.contains(name), isPlain,
      !IdentityNumber.isLikely(in: value)
    else { return }
    facts[name] = String(decoding: value, as: UTF8.self)
  }

  var result: ZKTecoCommandResult? {
    guard let id = values["ID"].map({ String(decoding: $0, as: UTF8.self) }),
      ZKTecoCommand.isPlain(upTo: 16)(id), let code = code
    else { return nil }
    return ZKTecoCommandResult(
      commandID: id, outcome: code >= 0 ? .done : .failed(.init(rawValue: code) ?? .other),
      attendanceCount: values["AttlogSum"]?.wholeNumber(digits: 9), facts: facts)
  }

  private var code: Int? {
    guard let text = values["Return"] else { return nil }
    let isNegative = text.first == UInt8(ascii: "-")
    return (isNegative ? text.dropFirst() : text).wholeNumber(digits: 9).map {
      isNegative ? -$0 : $0
    }
  }
}
