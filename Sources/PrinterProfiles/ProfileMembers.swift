import Yams

/// The members of one mapping of a profile file, read one by one; each must be known and right.
///
/// Values are read as they are written, not as YAML guesses them: `no` is a text, `0416` too.
final class ProfileMembers {
  private let file: String
  /// `raster.` for the members of `raster`.
  private let prefix: String
  private let line: Int?
  private let members: [(key: String, line: Int?, value: Node)]
  private var known: [String] = []

  init(_ node: Node, file: String, prefix: String = "") throws(ProfileFileProblem) {
    self.file = file
    self.prefix = prefix
    line = node.mark?.line
    guard case .mapping(let mapping) = node else {
      let key = prefix.isEmpty ? nil : String(prefix.dropLast())
      throw ProfileFileProblem(
        file: file, line: line, key: key, "must be members like \"name: value\"")
    }
    var members: [(String, Int?, Node)] = []
    for (key, value) in mapping {
      guard case .scalar(let name) = key else {
        throw ProfileFileProblem(file: file, line: key.mark?.line, "a member needs a plain name")
      }
      members.append((name.string, key.mark?.line ?? value.mark?.line, value))
    }
    self.members = members
  }

  /// Whether there is such a member.
  func has(_ key: String) -> Bool { members.contains { $0.key == key } }

  /// A text of 1 to `limit` characters on one line.
  func text(_ key: String, limit: Int) throws(ProfileFileProblem) -> String {
    guard let text = try optionalText(key, limit: limit) else { throw missing(key) }
    return text
  }

  /// The same, or nothing.
  func optionalText(_ key: String, limit: Int) throws(ProfileFileProblem) -> String? {
    guard let text = try scalar(key) else { return nil }
    let isOneLine = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard (1...limit).contains(text.count), isOneLine else {
      throw fault(key, "must be 1 to \(limit) characters on one line")
    }
    return text
  }

  /// A whole number in a range.
  func number(_ key: String, in range: ClosedRange<Int>) throws(ProfileFileProblem) -> Int {
    guard let number = try optionalNumber(key, in: range) else { throw missing(key) }
    return number
  }

  /// The same, or nothing.
  func optionalNumber(
    _ key: String, in range: ClosedRange<Int>
  ) throws(ProfileFileProblem) -> Int? {
    guard let text = try scalar(key) else { return nil }
    let isDigits = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isDigits, let number = Int(text), range.contains(number) else {
      throw fault(
        key, "must be a whole number \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
    }
    return number
  }

  /// `true` or `false`.
  func flag(_ key: String) throws(ProfileFileProblem) -> Bool {
    try choice(key, of: [("true", true), ("false", false)])
  }

  /// One of the words of a type.
  func word<Word: CaseIterable & RawRepresentable<String>>(
    _ key: String, as type: Word.Type
  ) throws(ProfileFileProblem) -> Word {
    try choice(key, of: Word.allCases.map { ($0.rawValue, $0) })
  }

  /// One of some values, by its name.
  func choice<Value>(
    _ key: String, of choices: [(name: String, value: Value)]
  ) throws(ProfileFileProblem) -> Value {
    guard let text = try scalar(key) else { throw missing(key) }
    guard let found = choices.first(where: { $0.name == text }) else {
      let names = choices.map(\.name).joined(separator: ", ")
      throw fault(key, "must be one of \(names), not \"\(text)\"")
    }
    return found.value
  }

  /// The members of a member.
  func members(_ key: String) throws(ProfileFileProblem) -> ProfileMembers? {
    guard let value = value(key) else { return nil }
    return try ProfileMembers(value, file: file, prefix: "\(prefix)\(key).")
  }

  /// The members of each element of a list.
  func list(_ key: String) throws(ProfileFileProblem) -> [ProfileMembers] {
    guard let value = value(key) else { return [] }
    guard case .sequence(let elements) = value else {
      throw fault(key, "must be a list, each line with a dash")
    }
    var list: [ProfileMembers] = []
    for element in elements {
      list.append(try ProfileMembers(element, file: file, prefix: "\(prefix)\(key)."))
    }
    return list
  }

  /// Refuses members that nobody asked for; call it last.
  func end() throws(ProfileFileProblem) {
    guard let stranger = members.first(where: { !known.contains($0.key) }) else { return }
    throw fault(
      stranger.key, "there is no such key; these are: " + known.sorted().joined(separator: ", "))
  }

  func fault(_ key: String, _ sentence: String) -> ProfileFileProblem {
    let line = members.first { $0.key == key }?.line ?? line
    return ProfileFileProblem(file: file, line: line, key: prefix + key, sentence)
  }

  func missing(_ key: String) -> ProfileFileProblem { fault(key, "is missing") }

  private func value(_ key: String) -> Node? {
    known.append(key)
    return members.first { $0.key == key }?.value
  }

  private func scalar(_ key: String) throws(ProfileFileProblem) -> String? {
    guard let value = value(key) else { return nil }
    guard case .scalar(let scalar) = value else { throw fault(key, "must be one value") }
    return scalar.string
  }
}
