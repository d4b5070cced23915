import POS

// Each kind of value has a reader that needs the member and one, `optional…`, that does not.
extension Fields {
  /// A client-made id: a lower-case version 4 UUID.
  mutating func id<Subject>(
    _ name: String, of: Identifier<Subject>.Type = Identifier<Subject>.self
  ) throws -> Identifier<Subject> {
    try id(name, in: need(name))
  }

  /// An id, if the member is there.
  mutating func optionalID<Subject>(
    _ name: String, of: Identifier<Subject>.Type = Identifier<Subject>.self
  ) throws -> Identifier<Subject>? {
    try take(name).map { try id(name, in: $0) }
  }

  /// A whole number within the range.
  mutating func integer(_ name: String, in range: ClosedRange<Int64>) throws -> Int64 {
    try integer(name, in: need(name), range: range)
  }

  /// A whole number within the range, if the member is there.
  mutating func optionalInteger(_ name: String, in range: ClosedRange<Int64>) throws -> Int64? {
    try take(name).map { try integer(name, in: $0, range: range) }
  }

  /// Text of so many characters, on one line, without control characters.
  mutating func text(_ name: String, count: ClosedRange<Int>) throws -> String {
    try text(name, in: need(name), count: count)
  }

  /// Text as above, if the member is there.
  mutating func optionalText(_ name: String, count: ClosedRange<Int>) throws -> String? {
    try take(name).map { try text(name, in: $0, count: count) }
  }

  /// A secret: 1…256 bytes of anything but NUL; its value appears in no refusal.
  mutating func secret(_ name: String) throws -> String {
    guard let text = try need(name).stringValue, PasswordHasher.isUsable(text) else {
      throw refusal(of: name, expected: "1…\(PasswordHasher.maximumBytes) bytes")
    }
    return text
  }

  /// True or false; absent is `standard`.
  mutating func flag(_ name: String, standard: Bool) throws -> Bool {
    guard let value = take(name) else { return standard }
    guard case .bool(let flag) = value else { throw refusal(of: name, expected: "true or false") }
    return flag
  }

  /// One of the words of an enumeration.
  mutating func choice<Choice>(
    _ name: String, of: Choice.Type = Choice.self
  ) throws -> Choice where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    try choice(name, in: need(name))
  }
}

// Objects within objects: `read` gets the members; any it does not ask for is refused.
extension Fields {
  /// An object.
  mutating func object<Value>(
    _ name: String, _ read: (inout Fields) throws -> Value
  ) throws -> Value {
    try Fields.reading(need(name), at: path(of: name), read)
  }

  /// An object, if the member is there.
  mutating func optionalObject<Value>(
    _ name: String, _ read: (inout Fields) throws -> Value
  ) throws -> Value? {
    try take(name).map { try Fields.reading($0, at: path(of: name), read) }
  }

  /// An array of so many objects.
  mutating func objects<Value>(
    _ name: String, count: ClosedRange<Int>, _ read: (inout Fields) throws -> Value
  ) throws -> [Value] {
    guard let elements = try need(name).arrayValue, count.contains(elements.count) else {
      throw refusal(of: name, expected: "array of \(count.lowerBound)…\(count.upperBound)")
    }
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      values.append(try Fields.reading(element, at: "\(path(of: name))[\(index)]", read))
    }
    return values
  }

  /// An array of at most so many objects; absent is none.
  mutating func optionalObjects<Value>(
    _ name: String, maximum: Int, _ read: (inout Fields) throws -> Value
  ) throws -> [Value] {
    has(name) ? try objects(name, count: 0...maximum, read) : []
  }
}

extension Fields {
  private func id<Subject>(_ name: String, in value: JSON) throws -> Identifier<Subject> {
    guard let id = value.stringValue.flatMap(Identifier<Subject>.init(_:)) else {
      throw refusal(of: name, expected: "lower-case version 4 UUID")
    }
    return id
  }

  private func integer(
    _ name: String, in value: JSON, range: ClosedRange<Int64>
  ) throws -> Int64 {
    guard let number = value.integerValue, range.contains(number) else {
      throw refusal(of: name, expected: "whole number \(range.lowerBound)…\(range.upperBound)")
    }
    return number
  }

  private func text(_ name: String, in value: JSON, count: ClosedRange<Int>) throws -> String {
    guard let text = value.stringValue, count.contains(text.unicodeScalars.count),
      PlainText.isPlain(text)
    else {
      let range = "\(count.lowerBound)…\(count.upperBound)"
      throw refusal(of: name, expected: "\(range) characters, none of them control characters")
    }
    return text
  }

  private func choice<Choice>(
    _ name: String, in value: JSON
  ) throws -> Choice where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let choice = value.stringValue.flatMap(Choice.init(rawValue:)) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw refusal(of: name, expected: "one of \(words)")
    }
    return choice
  }
}
