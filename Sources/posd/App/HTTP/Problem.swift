import HTTPTypes
import Hummingbird
import POS

/// A refusal as the client sees it: a code, what explains it, and headers that go with it.
///
/// Sentences are filled from `values`: `{dueFen}` becomes `¥25.25` (any name that ends in `Fen`),
/// any other name its text or number.
struct Problem: Error {
  let code: ProblemCode
  let values: [JSON.Member]
  let headers: HTTPFields
  /// Whether the connection cannot be used any further.
  var closesConnection = false

  init(
    _ code: ProblemCode, _ values: KeyValuePairs<String, JSON> = [:], headers: HTTPFields = [:]
  ) {
    self.code = code
    self.values = values.map { JSON.Member($0.key, $0.value) }
    self.headers = headers
  }

  /// A refusal that says when to come back.
  static func wait(_ code: ProblemCode, seconds: Int64) -> Problem {
    Problem(
      code, ["retryAfterSeconds": .integer(seconds)], headers: [.retryAfter: String(seconds)])
  }

  /// The document of RFC 9457.
  var document: JSON {
    .members([
      "type": "about:blank",
      "title": .string(code.rawValue.replacing("_", with: " ")),
      "status": .integer(Int64(code.status)),
      "code": .string(code.rawValue),
      "detail": .string(filled(code.chinese)),
      "detailEn": .string(filled(code.english)),
      "values": .object(values),
    ])
  }

  /// The English sentence, for the command line.
  var sentence: String { filled(code.english) }

  /// The values as JSON, for the command line.
  var valuesText: String { String(decoding: JSON.object(values).bytes(), as: UTF8.self) }

  private func filled(_ sentence: String) -> String {
    var text = sentence
    for value in values {
      guard let shown = Self.shown(value) else { continue }
      text.replace("{\(value.name)}", with: shown)
    }
    return text
  }

  private static func shown(_ member: JSON.Member) -> String? {
    switch member.value {
    case .string(let text): text
    case .integer(let number) where member.name.hasSuffix("Fen"): "¥" + Money(fen: number).yuanText
    case .integer(let number): String(number)
    case .null, .bool, .array, .object: nil
    }
  }
}
