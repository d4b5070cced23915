extension Set where Element == String {
  /// The words of a JSON list, each at most once; `nil` for anything else.
  init?(words json: JSON?) {
    guard let elements = json?.arrayValue, elements.count <= Limits.categoriesPerSet else {
      return nil
    }
    let words = elements.compactMap(\.stringValue)
    guard words.count == elements.count,
      words.allSatisfy({ (1...Limits.wordLength * 4).contains($0.utf8.count) }),
      Set(words).count == words.count
    else { return nil }
    self.init(words)
  }

  /// The words as a JSON list in the order of their bytes.
  var json: JSON { .array(sorted().map(JSON.string)) }
}
