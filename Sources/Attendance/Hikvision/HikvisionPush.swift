/// One event pushed by a Hikvision terminal: JSON, XML, or either with pictures in a multipart body.
///
/// Pictures are stepped over by their length and never kept. One swipe is several pushes (face,
/// then door), of which one counts. Source: terminals.md B1 (H; parts without a type M).
public struct HikvisionPush: Sendable {
  private let contentType: String
  private let body: [UInt8]

  /// A push by its header `Content-Type` and its body, without transfer coding.
  public init(contentType: String, body: [UInt8]) {
    self.contentType = contentType
    self.body = body
  }

  /// Reads it. `terminal` is who it is known to be from, if that is known; the hardware address in
  /// the event goes before it, so that the same event read from a history has the same key.
  /// `zone` is that of times without an offset.
  public func notice(from terminal: TerminalSerial?, zone: TerminalZone) -> HikvisionNotice {
    var notice = HikvisionNotice(fallback: terminal, zone: zone)
    guard body.count <= AttendanceLimits.pushBytes else {
      notice.quarantine(body[...], .tooLarge)
      return notice
    }
    if contentType.lowercased().hasPrefix("multipart/") {
      readParts(into: &notice)
    } else {
      notice.read(document: body[...], isXML: contentType.lowercased().contains("xml"))
    }
    return notice
  }

  private func readParts(into notice: inout HikvisionNotice) {
    let parts = Multipart.boundary(inContentType: contentType).map {
      Multipart.parts(of: body, boundary: $0)
    }
    for part in parts ?? [] {
      if part.isPicture {
        notice.intake.droppedCount += 1
      } else {
        notice.read(document: part.body, isXML: part.isXML)
      }
    }
    if notice.intake.rowCount == 0 {
      notice.intake.rowCount = 1
      notice.quarantine(body[...], .notReadable)
    }
  }
}

/// What a push of a Hikvision terminal says.
public struct HikvisionNotice: Equatable, Sendable {
  /// What may be stored.
  public internal(set) var intake = Intake()
  /// Who it is from: the hardware address in it, or else who it was known to be from.
  public private(set) var terminal: TerminalSerial?
  /// Whether it is a sign of life and nothing else.
  public private(set) var isHeartbeat = false
  /// The record number of the event, of whatever kind.
  public private(set) var recordNumber: Int64?
  /// The record number of the event before it, as the terminal says: another than the last one
  /// here means that events are missing and the history must be asked (B1; M).
  public private(set) var previousRecordNumber: Int64?

  private let zone: TerminalZone

  init(fallback terminal: TerminalSerial?, zone: TerminalZone) {
    self.terminal = terminal
    self.zone = zone
  }

  mutating func quarantine(_ bytes: ArraySlice<UInt8>, _ reason: QuarantineReason) {
    intake.quarantine(bytes, .hikvision, reason, redacted: Redaction.length)
  }

  mutating func read(document: ArraySlice<UInt8>, isXML: Bool) {
    intake.rowCount += 1
    let text = document.trimmed
    do {
      let looksLikeXML = text.first == UInt8(ascii: "<")
      read(
        event: try isXML || looksLikeXML
          ? LooseXML.value(of: text) : LooseJSON.value(of: text))
    } catch {
      quarantine(document, error == .tooLarge ? .tooLarge : .notReadable)
    }
  }

  private mutating func read(event root: LooseValue) {
    let event = root["EventNotificationAlert"] ?? root
    if let address = event["macAddress"]?.textValue.flatMap({ TerminalSerial(macAddress: $0) }) {
      terminal = address
    }
    let type = event["eventType"]?.textValue?.lowercased()
    let isInactive = event["eventState"]?.textValue == "inactive"
    if type == "heartbeat" || (type == "videoloss" && isInactive) {
      isHeartbeat = true
      return
    }
    guard let inner = event["AccessControllerEvent"],
      let access = HikvisionEvent(pushed: inner, time: event["dateTime"]?.textValue)
    else {
      quarantine([], .notReadable)
      return
    }
    recordNumber = access.recordNumber
    previousRecordNumber = inner["frontSerialNo"]?.integerValue
    guard let terminal else {
      quarantine([], .noTerminal)
      return
    }
    access.read(on: terminal, in: zone, into: &intake)
  }
}

/// What a Hikvision terminal is answered: the status alone counts, the body is empty (B1; H).
public enum HikvisionAnswer: Int, Hashable, Sendable, CaseIterable {
  /// Stored, or nothing to store; to be given after the commit.
  case stored = 200
  /// A post without a body.
  case badRequest = 400
  /// Not enrolled. Many models do not send again: what was missed is asked for from the history.
  case withheld = 401
  case tooLarge = 413
  /// Not stored.
  case unavailable = 503
}
