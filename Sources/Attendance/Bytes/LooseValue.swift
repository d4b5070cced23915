/// A document of a terminal, JSON or XML, as far as it is needed: numbers and texts are the same,
/// and what is too long to be an answer to any question here is not kept.
///
/// Terminals print fractions, repeat members and put bytes of other character sets into names; the
/// strict `JSON` of the rules would refuse events for that.
enum LooseValue: Equatable {
  /// A text, number, true or false, as written.
  case text(String)
  case object([Member])
  /// An array, null, or a text beyond `maximumTextBytes` such as a picture.
  case nothing

  struct Member: Equatable {
    let name: String
    let value: LooseValue
  }

  /// Longest text that is kept.
  static let maximumTextBytes = 128
  /// How deep a document may nest; events use three levels.
  static let maximumDepth = 16
  /// Members of a whole document; the largest events have about 80.
  static let maximumMembers = 2_000

  /// The value of a member; `nil` if it is missing, or there twice with two values: then two
  /// readers could take the event differently, and it must not count.
  subscript(name: String) -> LooseValue? {
    guard case .object(let members) = self else { return nil }
    var found: LooseValue?
    for member in members where member.name == name {
      if let found, found != member.value { return nil }
      found = member.value
    }
    return found
  }

  /// Whether a name stands there twice with two values.
  func isAmbiguous(_ name: String) -> Bool {
    guard case .object(let members) = self else { return false }
    return members.contains { $0.name == name } && self[name] == nil
  }

  /// The text; `nil` for anything else and for none.
  var textValue: String? {
    if case .text(let text) = self, !text.isEmpty { text } else { nil }
  }

  /// The whole number of digits only.
  var integerValue: Int64? {
    guard let text = textValue else { return nil }
    return Array(text.utf8)[...].wholeNumber(digits: 15).map { Int64($0) }
  }
}

/// Why a document cannot be read.
enum LooseProblem: Error, Equatable {
  case malformed
  case tooLarge
}
