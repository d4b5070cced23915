/// What a cashier typed into the search field, as expressions for FTS5 over `SearchTerms`.
///
/// 1. All words must be found, in any order. Words are parted by spaces, by other marks, and where
///    Latin letters or digits meet hanzi (`600ml雪碧` is two words). A mark between two Latin
///    letters or digits parts nothing and is dropped (`6.9g`, `1+2`, `xi'an`).
/// 2. Each word must begin a term. A word of at least `minimumBarcodeDigits` digits also finds
///    barcodes that begin or end with it.
/// 3. Words are quoted by one function and hold letters and digits alone, so nothing typed is
///    ever syntax. Only the first `maximumWords` different words count.
///
/// Goods are asked for in this order, each step only while there is room on the screen: the one
/// whose barcode is `barcode`; those of `startMatch`; those of `match`. Within a step, take a fixed
/// number of rows in the order of the index (it stops reading there, however many there are) and
/// sort only them, the shortest name first.
public struct SearchQuery: Equatable, Sendable {
  /// Fewest digits taken for part of a barcode: three would find every product of a country.
  static let minimumBarcodeDigits = 4
  /// Digits of a whole barcode: EAN-8 to ITF-14, and the store's own codes between them.
  static let barcodeDigits = 8...14
  /// Most different words that count: each costs time, and names have fewer parts.
  static let maximumWords = 6

  /// Finds all words anywhere in a name, category, written pinyin or barcode.
  public let match: String
  /// Finds only those whose name (or the hanzi of it) or barcode begins with the first word.
  public let startMatch: String
  /// What was typed, if it can be a whole barcode.
  public let barcode: String?

  /// `nil` if nothing was typed that can be searched for.
  public init?(_ typed: String) {
    let words = Self.words(of: typed).prefix(Self.maximumWords)
    guard let first = words.first else { return nil }
    let others = words.dropFirst().map(Self.found)
    match = ([Self.found(first)] + others).joined(separator: " AND ")
    startMatch = ([Self.foundAtStart(first)] + others).joined(separator: " AND ")
    let isBarcode =
      words.count == 1 && Self.isDigits(first) && Self.barcodeDigits.contains(first.count)
    barcode = isBarcode ? first : nil
  }
}

extension SearchQuery {
  private static func words(of typed: String) -> [String] {
    var words: [String] = []
    var previous: SearchUnit?
    for unit in SearchUnit.units(of: typed) {
      let isLikePrevious = previous?.isRun == unit.isRun
      let goesOn = unit.gap == .none || (unit.gap == .marks && unit.isRun)
      if isLikePrevious, goesOn, let last = words.indices.last {
        words[last] += unit.text
      } else {
        words.append(unit.text)
      }
      previous = unit
    }
    return words.indices.filter { !words[..<$0].contains(words[$0]) }.map { words[$0] }
  }

  private static func found(_ word: String) -> String {
    var terms = [beginning(with: word)]
    if isPartOfBarcode(word) {
      terms.append(beginning(with: word, mark: SearchTerms.barcodeMark))
      let backwards = String(word.reversed())
      terms.append(beginning(with: backwards, mark: SearchTerms.reversedBarcodeMark))
    }
    return anyOf(terms)
  }

  private static func foundAtStart(_ word: String) -> String {
    var terms = [beginning(with: word, mark: SearchTerms.startMark)]
    if isPartOfBarcode(word) {
      terms.append(beginning(with: word, mark: SearchTerms.barcodeMark))
    }
    return anyOf(terms)
  }

  private static func anyOf(_ terms: [String]) -> String {
    terms.count == 1 ? terms[0] : "(" + terms.joined(separator: " OR ") + ")"
  }

  /// The only place where text becomes part of an expression.
  private static func beginning(with word: String, mark: String = "") -> String {
    let term = SearchTerms.cut(word).filter { $0 != "\"" }
    return "\"" + mark + term + "\"*"
  }

  private static func isPartOfBarcode(_ word: String) -> Bool {
    isDigits(word) && word.utf8.count >= minimumBarcodeDigits
  }

  private static func isDigits(_ word: String) -> Bool {
    word.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
