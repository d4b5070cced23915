import POS

/// Short ways to write JSON schemas (2020-12, as OpenAPI 3.1 has them).
///
/// Objects are closed: `additionalProperties` is false, as `Fields` refuses unknown members.
enum Schema {
  static let text: JSON = .members(["type": "string"])
  static let flag: JSON = .members(["type": "boolean"])
  static let id: JSON = .members(["type": "string", "format": "uuid"])
  static let date: JSON = .members(["type": "string", "format": "date"])
  static let nothing: JSON = .members(["type": "null"])
  /// An amount in fen.
  static let fen = integer()
  /// Milliseconds since 1970.
  static let timeMs = integer()

  /// A whole number of 64 bits.
  static func integer(_ range: ClosedRange<Int64>? = nil) -> JSON {
    .members([
      "type": "integer", "format": "int64",
      "minimum": range.map { .integer($0.lowerBound) },
      "maximum": range.map { .integer($0.upperBound) },
    ])
  }

  /// Text of so many characters.
  static func text(count: ClosedRange<Int64>) -> JSON {
    .members([
      "type": "string", "minLength": .integer(count.lowerBound),
      "maxLength": .integer(count.upperBound),
    ])
  }

  /// One of these words.
  static func choice(_ words: [String]) -> JSON {
    .members(["type": "string", "enum": .array(words.map(JSON.string))])
  }

  /// One of the words of an enumeration.
  static func choice<Choice>(of: Choice.Type) -> JSON
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    choice(Choice.allCases.map(\.rawValue))
  }

  /// An array.
  static func array(of element: JSON, maximum: Int64? = nil) -> JSON {
    .members([
      "type": "array", "items": element, "maxItems": maximum.map { .integer($0) },
    ])
  }

  /// One page of a list.
  static func page(of element: JSON) -> JSON {
    object(["items": array(of: element), "nextCursor": nullable(text)])
  }

  /// The value or `null`.
  static func nullable(_ schema: JSON) -> JSON { .members(["anyOf": [schema, nothing]]) }

  /// A schema among the components of the document.
  static func ref(_ name: String) -> JSON {
    .members(["$ref": .string("#/components/schemas/\(name)")])
  }

  /// An object with these members and no others.
  static func object(
    _ required: KeyValuePairs<String, JSON>, optional: KeyValuePairs<String, JSON> = [:]
  ) -> JSON {
    let members = (Array(required) + Array(optional)).map { JSON.Member($0.key, $0.value) }
    let names = required.map { JSON.string($0.key) }
    return .members([
      "type": "object",
      "required": names.isEmpty ? nil : .array(names),
      "properties": .object(members),
      "additionalProperties": false,
    ])
  }
}
