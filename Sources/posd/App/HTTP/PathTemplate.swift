/// The parts of an operation's path.
struct PathTemplate: Sendable {
  /// The parts between the slashes; `nil` stands for a variable one.
  private let parts: [String?]
  /// The names of the variable parts, in order.
  let names: [String]

  init(_ path: String) {
    var parts: [String?] = []
    var names: [String] = []
    for part in path.split(separator: "/") {
      let isVariable = part.hasPrefix("{") && part.hasSuffix("}")
      parts.append(isVariable ? nil : String(part))
      if isVariable { names.append(String(part.dropFirst().dropLast())) }
    }
    self.parts = parts
    self.names = names
  }

  /// Whether a request's path is of this form.
  func matches(_ path: String) -> Bool {
    let given = path.split(separator: "/")
    return given.count == parts.count
      && zip(given, parts).allSatisfy { part, wanted in wanted.map { $0 == part } ?? true }
  }
}

extension Operation {
  /// The parts of its path.
  var pathTemplate: PathTemplate { PathTemplate(path) }
}
