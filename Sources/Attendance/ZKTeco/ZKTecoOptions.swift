/// What an attendance or ID-card terminal is told at its handshake.
///
/// Only rows and operations are asked for, no pictures, templates or people: what is not sent need
/// not be dropped. `Stamp` is not used to find what is new, as the manual itself calls it unsafe.
/// Source: terminals.md A1 (H).
public struct ZKTecoOptions: Hashable, Sendable {
  /// The terminal sets its clock by this: a wrong one shifts every meal (0.4; H).
  public var zone: TerminalZone
  /// Seconds between polls, 2 to 60.
  public var delaySeconds = 10
  /// Seconds before a new try after a failure, 30 to 300.
  public var errorDelaySeconds = 30
  /// Whether everything it has is to be sent again.
  public var resending = Resending.no

  /// Whether a terminal sends again what it has sent.
  public enum Resending: Hashable, Sendable {
    case no, everything
  }

  /// The usual options; `nil` for a zone this protocol cannot name: up to an hour from UTC it has
  /// whole hours only.
  public init?(zone: TerminalZone) {
    guard abs(zone.minutes) > 60 || zone.minutes % 60 == 0 else { return nil }
    self.zone = zone
  }

  /// Whole hours, or minutes where there are more than 60.
  var zoneText: String {
    zone.minutes % 60 == 0 ? "\(zone.minutes / 60)" : "\(zone.minutes)"
  }

  /// The answer to the handshake.
  public func answer(to serial: TerminalSerial) -> ZKTecoAnswer {
    let stamp = resending == .everything ? "0" : "None"
    let lines = [
      "GET OPTION FROM: \(serial.text)", "ATTLOGStamp=\(stamp)", "OPERLOGStamp=\(stamp)",
      "ATTPHOTOStamp=None", "ErrorDelay=\(min(max(errorDelaySeconds, 30), 300))",
      "Delay=\(min(max(delaySeconds, 2), 60))", "TransTimes=00:00;14:05", "TransInterval=1",
      "TransFlag=TransData AttLog\tOpLog", "TimeZone=\(zoneText)", "Realtime=1", "Encrypt=None",
      "ServerVer=2.4.1", "PushProtVer=2.4.1",
    ]
    return ZKTecoAnswer(lines.map { $0 + "\n" }.joined())
  }
}

/// What a security terminal is told when it registers.
///
/// ```
/// handshake → handshakeAnswer(isRegistered:)   registration → registrationAnswer
/// parameters → parametersAnswer                then each request has a token (tokenBytes)
/// ```
/// Source: terminals.md A5 (M).
public struct ZKTecoSecuritySession: Hashable, Sendable {
  /// 1 to 32 letters and digits, made once for a terminal.
  public let registryCode: String
  /// 1 to 32 letters and digits, made for each connection.
  public let sessionID: String
  /// The name the terminal shows.
  public static let serverName = "posd"

  /// A session; `nil` if a code is anything but 1 to 32 letters and digits.
  public init?(registryCode: String, sessionID: String) {
    guard [registryCode, sessionID].allSatisfy(ZKTecoCommand.isPlain(upTo: 32)) else { return nil }
    self.registryCode = registryCode
    self.sessionID = sessionID
  }

  /// The answer to the handshake of a registered terminal; one that is not is answered `OK`.
  public var handshakeAnswer: ZKTecoAnswer {
    ZKTecoAnswer("registry=ok\nRegistryCode=\(registryCode)\n" + parameters)
  }

  /// The answer to a terminal that registers.
  public var registrationAnswer: ZKTecoAnswer { ZKTecoAnswer("RegistryCode=\(registryCode)") }

  /// The answer to a terminal that asks for its parameters.
  public var parametersAnswer: ZKTecoAnswer { ZKTecoAnswer(parameters) }

  /// The bytes whose MD5, in lower-case hexadecimal digits, is the token of each later request.
  public func tokenBytes(of serial: TerminalSerial) -> [UInt8] {
    Array((registryCode + serial.text + sessionID).utf8)
  }

  /// The token in a header `Cookie: token=…, timestamp=…`, in lower case.
  public static func token(inCookie header: String) -> String? {
    guard header.utf8.count <= 1024, let start = header.firstRange(of: "token=") else {
      return nil
    }
    let token = header[start.upperBound...].prefix { $0.isHexDigit }
    return token.utf8.count == 32 ? token.lowercased() : nil
  }

  private var parameters: String {
    [
      "ServerVersion=3.1.2", "ServerName=\(Self.serverName)", "PushProtVer=3.1.2", "ErrorDelay=30",
      "RequestDelay=10", "TransTimes=00:00;14:05", "TransInterval=1",
      "TransTables=User\tTransaction", "Realtime=1", "SessionID=\(sessionID)", "TimeoutSec=10",
    ].map { $0 + "\n" }.joined()
  }
}
