import Attendance
import POS
import POSStore

/// What is said of a terminal to be enrolled.
struct TerminalFields {
  /// The members that may be left out.
  static let optional: KeyValuePairs<String, JSON> = [
    "model": Schema.text(count: 1...60), "zoneMinutes": Schema.integer(-720...840),
    "secret": Schema.text,
  ]
  static let replacing: KeyValuePairs<String, JSON> = [
    "model": Schema.text(count: 1...60), "zoneMinutes": Schema.integer(-720...840),
    "secret": Schema.text,
    "numbers": Schema.array(
      of: Schema.object(["wireNumber": Schema.text, "number": Schema.text]), maximum: 5000),
  ]

  private let serial: String
  private let family: Terminal.Family
  private let model: String
  private let zoneMinutes: Int64
  private let secret: String?

  /// Reads the members; a hardware address may have its colons.
  init(_ fields: inout Fields) throws {
    let text = try fields.text("serial", count: 1...64)
    family = try fields.choice("family")
    let read =
      family == .hikvision ? TerminalSerial(macAddress: text) : TerminalSerial(text)
    guard let read else {
      let expected =
        family == .hikvision
        ? "a hardware address: a4:14:37:00:00:01" : "letters, digits, - and _"
      throw fields.refusal(of: "serial", expected: expected)
    }
    serial = read.text
    model = try fields.optionalText("model", count: 1...60) ?? ""
    zoneMinutes = try fields.optionalInteger("zoneMinutes", in: -720...840) ?? 480
    secret = fields.has("secret") ? try fields.secret("secret") : nil
    let zone = TerminalZone(minutes: Int(zoneMinutes))
    guard zone.flatMap({ ZKTecoOptions(zone: $0) }) != nil else {
      throw fields.refusal(of: "zoneMinutes", expected: "whole hours within an hour of UTC")
    }
  }

  func new(_ id: TerminalID, at centreID: CentreID) -> NewTerminal {
    NewTerminal(
      terminal: Terminal(
        id: id, serial: serial, family: family, centreID: centreID, model: model,
        zoneMinutes: zoneMinutes),
      secretHash: secret.map { TerminalSecret.hash(of: $0, for: id) })
  }
}

extension Fields {
  /// Numbers of people that differ on a new terminal.
  mutating func terminalNumbers() throws -> [TerminalNumber] {
    let pairs = try optionalObjects("numbers", maximum: 5000) { fields in
      TerminalNumber(
        wireNumber: try fields.personNumber("wireNumber"),
        number: try fields.personNumber("number"))
    }
    guard Set(pairs.map(\.wireNumber)).count == pairs.count else {
      throw refusal(of: "numbers", expected: "each wireNumber once")
    }
    return pairs
  }

  private mutating func personNumber(_ name: String) throws -> String {
    let text = try text(name, count: 1...32)
    do throws(PersonNumber.Problem) {
      return try PersonNumber(text).text
    } catch {
      throw refusal(of: name, expected: "a number of a person on a terminal")
    }
  }

  /// A command of the members `kind`, and `from` and `through` where it needs them; `nil` puts
  /// people on the terminal.
  mutating func command() throws -> TerminalCommand.Kind? {
    let word: CommandWord = try choice("kind")
    switch word {
    case .putPeople: return nil
    case .check: return .check
    case .info: return .info
    case .reboot: return .reboot
    case .count, .fetch:
      let (from, through) = (try commandDate("from"), try commandDate("through"))
      guard from <= through else {
        throw refusal(of: "through", expected: "a date not before from")
      }
      return word == .count
        ? .count(from: from, through: through) : .fetch(from: from, through: through)
    }
  }

  private mutating func commandDate(_ name: String) throws -> BusinessDate {
    guard let date = BusinessDate(try text(name, count: 10...10)) else {
      throw refusal(of: name, expected: "a date: 2026-11-21")
    }
    return date
  }
}

extension EnrolledTerminal {
  var view: JSON {
    .members([
      "id": .string(terminal.id.text), "serial": .string(terminal.serial),
      "family": .string(terminal.family.rawValue), "centreID": .string(terminal.centreID.text),
      "model": .string(terminal.model), "zoneMinutes": .integer(terminal.zoneMinutes),
      "hasSecret": .bool(secretHash != nil), "isInUse": .bool(isInUse),
      "numberCount": .integer(Int64(numbers.count)), "addedAtMs": .integer(addedAtMs),
    ])
  }
}

extension TerminalBoard.Stranger {
  var view: JSON {
    .members([
      "serial": .string(serial), "family": family.map { .string($0.rawValue) } ?? .null,
      "firstAtMs": .integer(firstAtMs), "lastAtMs": .integer(lastAtMs),
      "attempts": .integer(attempts), "address": .string(address),
    ])
  }
}

extension QuarantineItem {
  var view: JSON {
    .members([
      "kind": .string(row.kind), "reason": .string(row.reason),
      "redacted": .string(row.redacted), "rowCount": .integer(row.rowCount),
      "seenCount": .integer(seenCount), "firstAtMs": .integer(firstAtMs),
      "lastAtMs": .integer(lastAtMs),
    ])
  }
}

extension StoredEvidence {
  var view: JSON {
    .members([
      "meaning": .string(row.meaning), "detail": .string(row.detail),
      "operatorNumber": row.operatorNumber.map(JSON.string) ?? .null,
      "subjectNumber": row.subjectNumber.map(JSON.string) ?? .null,
      "wireTime": row.wireTime.map(JSON.string) ?? .null,
      "atMs": row.atMs.map { .integer($0) } ?? .null, "receivedAtMs": .integer(receivedAtMs),
    ])
  }
}

extension TerminalCommand {
  var view: JSON {
    kind.view.adding(
      contentsOf: .members([
        "number": .integer(key), "state": .string(state.rawValue),
        "createdAtMs": .integer(createdAtMs),
        "sentAtMs": sentAtMs.map { .integer($0) } ?? .null,
        "result": result.map(JSON.string) ?? .null,
      ]))
  }
}

extension TerminalCommand.Kind {
  /// Its members, without whom it is about: a command has a number of its own.
  fileprivate var view: JSON {
    switch self {
    case .putPerson(let number, _), .removePerson(let number):
      .members(["kind": .string(word), "personNumber": .string(number)])
    case .check, .count, .fetch, .info, .reboot: json
    }
  }
}

extension TerminalCount {
  var view: JSON {
    .members([
      "from": .string(from.description), "through": .string(through.description),
      "theirs": .integer(theirs), "ours": .integer(ours), "isFetched": .bool(isFetched),
      "atMs": .integer(atMs),
    ])
  }
}
