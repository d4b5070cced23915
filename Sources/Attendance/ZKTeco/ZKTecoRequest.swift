/// What a ZKTeco terminal asks for.
///
/// ```
/// GET  cdata ?options=all        → .handshake      POST cdata ?table=…          → .upload
/// POST registry                  → .registration   POST querydata ?tablename=…  → .upload
/// POST push                      → .parameters     POST cdata ?AuthType=device  → .permission
/// GET  getrequest                → .poll           POST devicecmd               → .results
/// GET  ping                      → .ping           GET  rtdata ?type=time       → .clock
/// ```
/// Paths are `/iclock/NAME`, also with a folder before and `.aspx` behind (A; M).
/// Source: terminals.md A1 to A5 (H; registration and below M).
public struct ZKTecoRequest: Equatable, Sendable {
  /// Which terminal asks, as it says.
  public let serial: TerminalSerial
  public let kind: Kind

  /// What is asked for.
  public enum Kind: Equatable, Sendable {
    /// The first request; nothing else is sent before its answer.
    case handshake(ZKTecoHandshake)
    /// A security terminal tells what it is; the body is `~DeviceName=…,FirmVer=…`.
    case registration
    /// A security terminal wants its parameters.
    case parameters
    /// Data; the body goes to `ZKTecoUpload`.
    case upload(ZKTecoTable)
    /// Is there a command? The only sign of life.
    case poll(ZKTecoStatus?)
    /// Results of commands; the body goes to `ZKTecoCommandResult`.
    case results
    /// May this person pass? Asked before it happens, so it is no recognition.
    case permission
    case ping
    case clock
    /// Keys for encrypted transport, which is not offered: answered `404`.
    case keyExchange
  }

  /// Why a request is none of ours, in the order of the checks.
  public enum Problem: Error, Equatable, Sendable {
    case unknownPath
    case queryTooLong
    case noSerial
    case unknownRequest
  }

  /// Reads a request by its line: method, path without query, query without `?`.
  public init(method: String, path: String, query: String) throws(Problem) {
    guard let name = Self.name(ofPath: path) else { throw .unknownPath }
    guard let query = QueryText(query) else { throw .queryTooLong }
    guard let serial = query["sn"].flatMap({ TerminalSerial($0) }) else { throw .noSerial }
    guard let kind = Self.kind(method, name, query) else { throw .unknownRequest }
    self.serial = serial
    self.kind = kind
  }

  private static func kind(_ method: String, _ name: String, _ query: QueryText) -> Kind? {
    switch (method, name) {
    case ("GET", "cdata"): .handshake(ZKTecoHandshake(query))
    case ("POST", "cdata") where query["authtype"] != nil: .permission
    case ("POST", "cdata"), ("POST", "fdata"): .upload(ZKTecoTable(query))
    case ("POST", "querydata"): .upload(ZKTecoTable(queried: query))
    case ("POST", "registry"): .registration
    case ("POST", "push"), ("GET", "push"): .parameters
    case ("GET", "getrequest"): .poll(query["info"].flatMap(ZKTecoStatus.init))
    case ("POST", "devicecmd"): .results
    case (_, "ping"): .ping
    case ("GET", "rtdata"): .clock
    case (_, "exchange"): .keyExchange
    default: nil
    }
  }

  /// The last part of the path in lower case, without `.aspx`, if the part before is `iclock`.
  private static func name(ofPath path: String) -> String? {
    guard path.utf8.count <= 256 else { return nil }
    let parts = path.lowercased().split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 2] == "iclock" else { return nil }
    let name = parts[parts.count - 1]
    return String(name.hasSuffix(".aspx") ? name.dropLast(5) : name)
  }
}

/// What a terminal tells of itself when it first asks (A1; H).
public struct ZKTecoHandshake: Equatable, Sendable {
  public let dialect: ZKTecoDialect
  /// The protocol it speaks, `2.4.1`; the lower of both sides' wins.
  public let protocolVersion: String?
  /// How it wants names: 83 is simplified Chinese.
  public let names: NameEncoding
  /// A shared secret, if one is set on the terminal. To be compared, never kept or logged.
  public let communicationKey: String?

  init(_ query: QueryText) {
    dialect = ZKTecoDialect(wire: query["devicetype"])
    protocolVersion = query["pushver"].flatMap { text in
      text.utf8.count <= 16 && text.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
        ? text : nil
    }
    names = query["language"] == "83" ? .gb18030 : .utf8
    communicationKey = query["pushcommkey"]
  }
}

/// What a terminal says it has when it polls: `INFO=fw,users,fingers,rows,address,…` (A4; H).
public struct ZKTecoStatus: Equatable, Sendable {
  public let userCount: Int?
  /// Rows it keeps: with `VERIFY SUM` the measure of what is missing here.
  public let attendanceCount: Int?

  init?(_ text: String) {
    let parts = Array(text.utf8)[...].split(
      separator: UInt8(ascii: ","), maxSplits: 32, omittingEmptySubsequences: false)
    guard parts.count >= 4 else { return nil }
    userCount = parts[1].wholeNumber(digits: 7)
    attendanceCount = parts[3].wholeNumber(digits: 9)
  }
}

/// The table of an upload. Names from A3 and A5 (H, M).
public enum ZKTecoTable: Hashable, Sendable {
  /// `ATTLOG`: people who passed.
  case attendance
  /// `ATTPHOTO`: pictures; dropped.
  case attendancePhotos
  /// `OPERLOG`: operations, and people with their templates.
  case operations
  /// `BIODATA`: templates; dropped.
  case biometricData
  /// `IDCARD`: identity cards; dropped.
  case identityCards
  /// `ERRORLOG`
  case errors
  /// `options`: the terminal's settings; dropped.
  case options
  /// `rtlog`: events of security firmware as they happen.
  case securityEvents
  /// `rtstate`: doors and relays; dropped.
  case securityState
  /// A table by name, answered `name=count`: `user`, `transaction`…
  case named(ZKTecoTableName, announcedCount: Int?)
  case unknown

  init(_ query: QueryText) {
    switch query["table"]?.uppercased() {
    case "ATTLOG": self = .attendance
    case "ATTPHOTO": self = .attendancePhotos
    case "OPERLOG": self = .operations
    case "BIODATA": self = .biometricData
    case "IDCARD": self = .identityCards
    case "ERRORLOG": self = .errors
    case "OPTIONS": self = .options
    case "RTLOG": self = .securityEvents
    case "RTSTATE": self = .securityState
    case "TABLEDATA": self = ZKTecoTable(queried: query)
    default: self = .unknown
    }
  }

  init(queried query: QueryText) {
    guard let name = query["tablename"].flatMap(ZKTecoTableName.init) else {
      self = .unknown
      return
    }
    let count = query["count"].flatMap { Array($0.utf8)[...].wholeNumber(digits: 7) }
    self = .named(name, announcedCount: count)
  }
}

/// The name of a table as a security terminal gives it: letters, digits and `_`, at most 32.
public struct ZKTecoTableName: Hashable, Sendable {
  public let text: String

  init?(_ text: String) {
    guard (1...32).contains(text.utf8.count),
      text.utf8.allSatisfy({ byte in
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      })
    else { return nil }
    self.text = text
  }
}
