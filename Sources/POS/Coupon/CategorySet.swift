/// Categories that are looked through quickly.
///
/// A quote asks for each category of its lines and each coupon and voucher; comparing Chinese texts,
/// which may be equal though their bytes differ, would be most of its time.
struct CategorySet: Equatable, Sendable {
  let words: Set<String>
  private let keys: [CategoryKey]

  init(_ words: Set<String>) {
    self.words = words
    keys = words.compactMap(CategoryKey.init).sorted()
  }

  /// Whether a category is among them.
  func contains(_ text: String, _ key: CategoryKey?) -> Bool {
    if let key, keys.contains(key) { return true }
    return (key == nil || keys.count < words.count) && words.contains(text)
  }
}

/// A category as a number: of a text of at most 15 bytes in letters that are written in one way
/// only, ASCII and the common Chinese characters (U+4000…U+9FFF).
struct CategoryKey: Comparable, Sendable {
  private let bytes: UInt128

  /// `nil` for any other text.
  init?(_ text: String) {
    let utf8 = text.utf8
    guard utf8.count <= 15 else { return nil }
    var bytes = UInt128(utf8.count)
    for byte in utf8 {
      // A byte below 0xC0 is ASCII, or goes on with the character that began before it.
      guard byte < 0xC0 || (0xE4...0xE9).contains(byte) else { return nil }
      bytes = bytes << 8 | UInt128(byte)
    }
    self.bytes = bytes
  }

  static func < (a: CategoryKey, b: CategoryKey) -> Bool { a.bytes < b.bytes }
}
