/// What a ZKTeco terminal is answered, to the byte.
///
/// Each answer is what that request expects: another text, or a status other than 2xx, makes the
/// terminal keep its data and send it again (terminals.md 0.2; H). That is also how data of an
/// unknown terminal is refused without being lost (A2; M).
public struct ZKTecoAnswer: Equatable, Sendable {
  /// The HTTP status.
  public let status: Int
  /// The body, `text/plain`.
  public let body: [UInt8]

  /// The terminal sets its clock from the header `Date` of an answer (0.4, A1; H): every answer
  /// carries one, made by this from milliseconds since 1970.
  public static func dateHeader(atMs: Int64) -> String { HTTPDate.text(atMs: atMs) }

  /// Done, or nothing to do.
  public static let ok = ZKTecoAnswer("OK")
  /// The terminal is not enrolled; it keeps what it has.
  public static let withheld = ZKTecoAnswer("", status: 401)
  /// Try later: the data was not stored.
  public static let unavailable = ZKTecoAnswer("", status: 503)
  /// A post without a length (A6; L).
  public static let lengthRequired = ZKTecoAnswer("", status: 411)
  /// A post of nothing, or a query that cannot be read (A6; L).
  public static let badRequest = ZKTecoAnswer("", status: 400)
  /// A path or request that is not of this protocol, and keys for encryption.
  public static let notFound = ZKTecoAnswer("", status: 404)
  /// Longer than a terminal of this family sends.
  public static let tooLarge = ZKTecoAnswer("", status: 413)
  /// A security terminal is not to be registered (A5; M).
  public static let registrationRefused = ZKTecoAnswer("", status: 406)
  /// No decision is made here, so the terminal uses its own rules. That it takes this answer so is
  /// inferred from the name (A5; L).
  public static let noDecision = ZKTecoAnswer("AUTH=TIMEOUT\r\n")

  init(_ text: String, status: Int = 200) {
    self.status = status
    body = Array(text.utf8)
  }

  init(bytes: [UInt8]) {
    status = 200
    body = bytes
  }

  /// The answer to data that is stored: to be given after the commit.
  ///
  /// `OK: n` for rows, `name=n` for named tables, `OK` for the others (A2, A3, A5; H, M). That
  /// `IDCARD` and `ERRORLOG` want the count is inferred from the other tables (L).
  public static func stored(_ table: ZKTecoTable, rowCount: Int) -> ZKTecoAnswer {
    switch table {
    case .attendance, .operations, .biometricData, .identityCards, .errors, .unknown:
      ZKTecoAnswer("OK: \(rowCount)")
    case .attendancePhotos, .options, .securityEvents, .securityState: .ok
    case .named(let name, let announced):
      ZKTecoAnswer("\(name.text)=\(Self.count(name, announced: announced, rowCount: rowCount))")
    }
  }

  /// Of events only what was read is confirmed, so that a cut body is sent again; of the others,
  /// which are dropped, what the terminal says.
  private static func count(_ name: ZKTecoTableName, announced: Int?, rowCount: Int) -> Int {
    name.text.lowercased() == "transaction" ? rowCount : announced ?? rowCount
  }

  /// The commands for a terminal that polls; `OK` if there are none (A4; H).
  public static func commands(_ commands: [ZKTecoCommand.Numbered]) -> ZKTecoAnswer {
    commands.isEmpty ? .ok : ZKTecoAnswer(bytes: commands.flatMap(\.wireBytes))
  }

  /// The answer to a request that `ZKTecoRequest` could not read.
  public static func refused(_ problem: ZKTecoRequest.Problem) -> ZKTecoAnswer {
    switch problem {
    case .unknownPath, .unknownRequest: .notFound
    case .queryTooLong, .noSerial: .badRequest
    }
  }

  /// The time for a security terminal that asks for it: packed seconds in UTC, with the zone
  /// (A5 names the request; the form is from public servers, L).
  public static func clock(atMs: Int64, zone: TerminalZone) -> ZKTecoAnswer {
    let hours = abs(zone.minutes) / 60
    let minutes = abs(zone.minutes) % 60
    let sign = zone.minutes < 0 ? "-" : "+"
    let zoneText = [hours, minutes].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    return ZKTecoAnswer(
      "DateTime=\(HTTPDate.packedSeconds(atMs: atMs)),ServerTZ=\(sign)\(zoneText)")
  }
}
