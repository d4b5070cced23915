import Crypto
import FoundationEssentials

/// What one upload, push or file of a terminal brought, to be stored in one unit.
public struct TerminalBatch: Equatable, Sendable {
  public let terminalID: TerminalID
  public let way: Way
  public var passes: [TerminalPass]
  public var evidence: [EvidenceRow]
  public var quarantined: [QuarantineRow]

  /// How it came.
  public enum Way: String, CaseIterable, Sendable {
    /// The terminal sent it.
    case push
    /// A person brought a file.
    case file
    /// The daemon noticed it by itself.
    case own
  }

  /// Most passes and events of one unit: sales wait while it is written. A terminal sends 100 to
  /// 128 rows at once.
  public static let largest = 256

  /// A batch.
  public init(
    terminalID: TerminalID, way: Way, passes: [TerminalPass] = [], evidence: [EvidenceRow] = [],
    quarantined: [QuarantineRow] = []
  ) {
    self.terminalID = terminalID
    self.way = way
    self.passes = passes
    self.evidence = evidence
    self.quarantined = quarantined
  }

  /// The batch in parts that each fit a unit, in order; one at least.
  public var parts: [TerminalBatch] {
    var parts: [TerminalBatch] = []
    var rest = self
    repeat {
      let passes = rest.passes.prefix(Self.largest)
      let evidence = rest.evidence.prefix(Self.largest)
      parts.append(
        TerminalBatch(
          terminalID: terminalID, way: way, passes: Array(passes), evidence: Array(evidence),
          quarantined: rest.quarantined))
      rest.passes.removeFirst(passes.count)
      rest.evidence.removeFirst(evidence.count)
      rest.quarantined = []
    } while !rest.passes.isEmpty || !rest.evidence.isEmpty
    return parts
  }
}

/// A person a terminal let pass, as it is kept: by number, never by name.
public struct TerminalPass: Hashable, Sendable {
  /// Made of the identity key, so that the same pass has the same id however often it comes.
  public let id: MealPassID
  /// Who, as the terminal numbers people.
  public let number: String
  /// When, by the terminal's clock, as it was sent.
  public let wireTime: String
  public let atMs: Int64
  /// How the person was recognised, in the words of the codecs: `face`, `card`…
  public let method: String
  /// The terminal's own number of the event, where it has one.
  public let recordNumber: Int64?
  /// Whether it came as it happened, as far as can be told.
  public let isLive: Bool

  /// A pass by its identity key.
  public init(
    key: String, number: String, wireTime: String, atMs: Int64, method: String,
    recordNumber: Int64?, isLive: Bool
  ) {
    self.init(
      id: MealPassID(UUID(identityOf: "pass \(key)")), number: number, wireTime: wireTime,
      atMs: atMs, method: method, recordNumber: recordNumber, isLive: isLive)
  }

  /// A pass as it is kept.
  public init(
    id: MealPassID, number: String, wireTime: String, atMs: Int64, method: String,
    recordNumber: Int64?, isLive: Bool
  ) {
    self.id = id
    self.number = number
    self.wireTime = wireTime
    self.atMs = atMs
    self.method = method
    self.recordNumber = recordNumber
    self.isLive = isLive
  }
}

/// Something that happened to a terminal or was refused by it, or that the daemon noticed of it,
/// kept for whoever checks meals.
public struct EvidenceRow: Hashable, Sendable {
  /// Made of what identifies it, so that the same event is kept once.
  public let id: EvidenceID
  /// A word: `clockSet`, `attendanceDeleted`, `faceEnrolled`, `refused`, `clockOff`…
  public let meaning: String
  /// The code as the terminal sent it; what the daemon noticed, in figures: `theirs 61, ours 60`.
  public let detail: String
  public let operatorNumber: String?
  public let subjectNumber: String?
  public let wireTime: String?
  public let atMs: Int64?

  /// An event by what identifies it on its terminal.
  public init(
    key: String, meaning: String, detail: String, operatorNumber: String? = nil,
    subjectNumber: String? = nil, wireTime: String? = nil, atMs: Int64? = nil
  ) {
    self.init(
      id: EvidenceID(UUID(identityOf: "evidence \(key)")), meaning: meaning, detail: detail,
      operatorNumber: operatorNumber, subjectNumber: subjectNumber, wireTime: wireTime, atMs: atMs)
  }

  /// An event as it is kept.
  public init(
    id: EvidenceID, meaning: String, detail: String, operatorNumber: String?,
    subjectNumber: String?, wireTime: String?, atMs: Int64?
  ) {
    self.id = id
    self.meaning = meaning
    self.detail = detail
    self.operatorNumber = operatorNumber
    self.subjectNumber = subjectNumber
    self.wireTime = wireTime
    self.atMs = atMs
  }
}

/// A row that could not be read, with all that could be personal taken out.
public struct QuarantineRow: Hashable, Sendable {
  public let kind: String
  public let reason: String
  public let redacted: String
  public let rowCount: Int64

  /// A bad row, or so many of them.
  public init(kind: String, reason: String, redacted: String, rowCount: Int64) {
    self.kind = kind
    self.reason = reason
    self.redacted = redacted
    self.rowCount = rowCount
  }
}

extension UUID {
  /// An id that says only what it was made of: the first bytes of a SHA-256, in the form of a
  /// version 4 UUID.
  init(identityOf text: String) {
    var text = text
    let hash = text.withUTF8 { SHA256.hash(data: $0) }
    var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &bytes) { bytes in
      hash.withUnsafeBytes { bytes.copyBytes(from: $0.prefix(16)) }
      bytes[6] = bytes[6] & 0x0F | 0x40
      bytes[8] = bytes[8] & 0x3F | 0x80
    }
    self.init(uuid: bytes)
  }
}
