public import POS

/// What a terminal can be asked to do. Commands that delete what it has recorded, or run programs
/// on it, are not here (`CLEAR`, `SHELL`).
///
/// Source: terminals.md A4 (H); `.querySecurityEvents`, `.updateSecurityPerson` and
/// `.deleteSecurityPerson` from public servers (L).
public enum ZKTecoCommand: Hashable, Sendable {
  /// Make a new handshake, so that new options take effect.
  case check
  /// Send what is waiting.
  case flush
  /// Tell about yourself.
  case info
  /// Send the rows of a span again; they come as ordinary uploads.
  case queryAttendance(ClockSpan)
  /// How many rows of a span are there? What reconciliation stands on.
  case countAttendance(ClockSpan)
  /// Send the numbers of all people.
  case queryPeople
  /// Put a person on the terminal: number and name, nothing else.
  case updatePerson(PersonNumber, name: String)
  case deletePerson(PersonNumber)
  /// Send all events of a security terminal again.
  case querySecurityEvents
  case updateSecurityPerson(PersonNumber, name: String)
  case deleteSecurityPerson(PersonNumber)
  case reloadOptions
  case reboot

  /// A command with the id under which its result comes back.
  public struct Numbered: Hashable, Sendable {
    /// 1 to 16 letters and digits.
    public let id: String
    public let command: ZKTecoCommand
    /// How that terminal wants names.
    public let names: NameEncoding

    /// A command to be sent; `nil` if the id is anything but 1 to 16 letters and digits.
    public init?(id: String, _ command: ZKTecoCommand, names: NameEncoding) {
      guard ZKTecoCommand.isPlain(upTo: 16)(id) else { return nil }
      self.id = id
      self.command = command
      self.names = names
    }

    /// The line `C:id:command`.
    public var wireBytes: [UInt8] {
      Array("C:\(id):".utf8) + command.bytes(names: names) + [0x0A]
    }
  }

  private func bytes(names: NameEncoding) -> [UInt8] {
    switch self {
    case .check: Array("CHECK".utf8)
    case .flush: Array("LOG".utf8)
    case .info: Array("INFO".utf8)
    case .queryAttendance(let span): Array("DATA QUERY ATTLOG \(span.wireText)".utf8)
    case .countAttendance(let span): Array("VERIFY SUM ATTLOG \(span.wireText)".utf8)
    case .queryPeople: Array("DATA QUERY USERINFO".utf8)
    case .updatePerson(let number, let name):
      Array("DATA UPDATE USERINFO PIN=\(number.text)\tName=".utf8) + names.bytes(ofName: name)
    case .deletePerson(let number): Array("DATA DELETE USERINFO PIN=\(number.text)".utf8)
    case .querySecurityEvents:
      Array("DATA QUERY tablename=transaction,fielddesc=*,filter=*".utf8)
    case .updateSecurityPerson(let number, let name):
      Array("DATA UPDATE user Pin=\(number.text)\tName=".utf8) + names.bytes(ofName: name)
    case .deleteSecurityPerson(let number): Array("DATA DELETE user Pin=\(number.text)".utf8)
    case .reloadOptions: Array("RELOAD OPTIONS".utf8)
    case .reboot: Array("REBOOT".utf8)
    }
  }

  /// Whether a text is 1 to `limit` ASCII letters and digits.
  static func isPlain(upTo limit: Int) -> (String) -> Bool {
    { text in
      (1...limit).contains(text.utf8.count)
        && text.utf8.allSatisfy { byte in
          (0x30...0x39).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }
  }
}

/// A span of a terminal's wall clock, both ends in it.
public struct ClockSpan: Hashable, Sendable {
  /// The first and last second, `2026-09-01 00:00:00`.
  public let start: String
  public let end: String

  /// Whole days.
  public init(from first: BusinessDate, through last: BusinessDate) {
    start = "\(first) 00:00:00"
    end = "\(last) 23:59:59"
  }

  var wireText: String { "StartTime=\(start)\tEndTime=\(end)" }
}
