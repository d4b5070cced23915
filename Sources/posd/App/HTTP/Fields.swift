import POS

/// Reads the members of one JSON object and remembers which were asked for.
///
/// Every refusal is a 400 whose value `member` is the member's path from the root of the body:
/// `items[2].units`; the body itself is `$`. A member that is `null` counts as absent.
struct Fields {
  private let members: [JSON.Member]
  private let path: String
  private var isRead: [Bool]

  /// Reads `json`, an object, by `read`, then refuses any member it did not ask for.
  static func reading<Value>(
    _ json: JSON, at path: String = "", _ read: (inout Fields) throws -> Value
  ) throws -> Value {
    var fields = try Fields(json, at: path)
    let value = try read(&fields)
    try fields.finish()
    return value
  }

  /// The members of `json`; throws `bad_value` if it is no object.
  init(_ json: JSON, at path: String = "") throws {
    guard case .object(let members) = json else {
      let name = path.isEmpty ? "$" : path
      throw Problem(.badValue, ["member": .string(name), "expected": "object"])
    }
    self.members = members
    self.path = path
    isRead = Array(repeating: false, count: members.count)
  }

  /// Throws `unknown_member` for the first member nobody asked for.
  func finish() throws {
    for (member, isRead) in zip(members, isRead) where !isRead {
      throw Problem(.unknownMember, ["member": .string(path(of: member.name))])
    }
  }

  /// The path of a member from the root of the body.
  func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// Whether the object has this member and it is not `null`; does not count as reading it.
  func has(_ name: String) -> Bool {
    members.contains { member in
      if case .null = member.value { false } else { member.name == name }
    }
  }

  /// The value of a member, marked as read; `nil` if it is absent or `null`.
  mutating func take(_ name: String) -> JSON? {
    guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
    isRead[index] = true
    if case .null = members[index].value { return nil }
    return members[index].value
  }

  /// The value of a member that must be there; throws `missing_member`.
  mutating func need(_ name: String) throws -> JSON {
    guard let value = take(name) else {
      throw Problem(.missingMember, ["member": .string(path(of: name))])
    }
    return value
  }

  /// The refusal of a member's value; `expected` says in a few words what would be right.
  func refusal(of name: String, expected: String) -> Problem {
    Problem(.badValue, ["member": .string(path(of: name)), "expected": .string(expected)])
  }
}
