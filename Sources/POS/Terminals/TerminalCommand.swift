/// Something to be done on a terminal: kept until the terminal has said what became of it.
///
/// ```
/// waiting ──sent──▶ sent ──result──▶ done | failed
///    ▲                │
///    └── no result in time, sent again; failed after `mostTries`
/// ```
/// A command never holds a name: those of people are looked up when it is sent.
public struct TerminalCommand: Equatable, Sendable {
  /// Its number on the wire.
  public let key: Int64
  public let kind: Kind
  public let state: State
  public let createdAtMs: Int64
  public let sentAtMs: Int64?
  /// What the terminal said: a count, or why it failed.
  public let result: String?

  /// What is to be done.
  public enum Kind: Hashable, Sendable {
    /// Make a new handshake, and send what waits.
    case check
    /// Say how many rows there are of some days.
    case count(from: BusinessDate, through: BusinessDate)
    /// Send the rows of some days again.
    case fetch(from: BusinessDate, through: BusinessDate)
    /// Tell about yourself.
    case info
    case reboot
    /// Put a person on the terminal, by number; the name comes from the register as it is sent.
    case putPerson(number: String, PersonID)
    case removePerson(number: String)
  }

  /// What became of it.
  public enum State: String, CaseIterable, Sendable {
    case waiting, sent, done, failed
  }

  /// How long a result is waited for.
  public static let patienceMs: Int64 = 120_000
  /// How often a command is sent.
  public static let mostTries: Int64 = 5
  /// Commands sent in one answer.
  public static let mostAtOnce = 16

  /// A command as it stands.
  public init(
    key: Int64, kind: Kind, state: State, createdAtMs: Int64, sentAtMs: Int64?, result: String?
  ) {
    self.key = key
    self.kind = kind
    self.state = state
    self.createdAtMs = createdAtMs
    self.sentAtMs = sentAtMs
    self.result = result
  }
}

extension TerminalCommand.Kind {
  /// The word for it.
  public var word: String {
    switch self {
    case .check: "check"
    case .count: "count"
    case .fetch: "fetch"
    case .info: "info"
    case .reboot: "reboot"
    case .putPerson: "putPerson"
    case .removePerson: "removePerson"
    }
  }

  /// The command as data.
  public var json: JSON {
    switch self {
    case .check, .info, .reboot: .members(["kind": .string(word)])
    case .count(let from, let through), .fetch(let from, let through):
      .members([
        "kind": .string(word), "from": .string(from.description),
        "through": .string(through.description),
      ])
    case .putPerson(let number, let personID):
      .members([
        "kind": .string(word), "number": .string(number), "personID": .string(personID.text),
      ])
    case .removePerson(let number):
      .members(["kind": .string(word), "number": .string(number)])
    }
  }

  /// A command from data; `nil` if it is none.
  public init?(json: JSON) {
    let from = json["from"]?.stringValue.flatMap { BusinessDate($0) }
    let through = json["through"]?.stringValue.flatMap { BusinessDate($0) }
    let number = json["number"]?.stringValue
    switch json["kind"]?.stringValue {
    case "check": self = .check
    case "info": self = .info
    case "reboot": self = .reboot
    case "count":
      guard let from, let through, from <= through else { return nil }
      self = .count(from: from, through: through)
    case "fetch":
      guard let from, let through, from <= through else { return nil }
      self = .fetch(from: from, through: through)
    case "putPerson":
      guard let number, let id = json["personID"]?.stringValue.flatMap({ PersonID($0) }) else {
        return nil
      }
      self = .putPerson(number: number, id)
    case "removePerson":
      guard let number else { return nil }
      self = .removePerson(number: number)
    default: return nil
    }
  }
}
