/// Index text of goods, for a search that begins to answer at the first key.
///
/// The text is made for SQLite's FTS5, one row a product, and found by the expressions of
/// `SearchQuery`:
/// ```sql
/// CREATE VIRTUAL TABLE productSearch USING fts5(
///   terms, tokenize = 'ascii', prefix = '1 2 3 4 5', detail = none, columnsize = 0)
/// ```
/// 1. A search is always for the beginning of a term. To be found anywhere inside a name, the name
///    gives a term for each place a word may begin at (王老吉, 老吉, 吉), as it is written, as its
///    pinyin and as its pinyin initials. Thus `nnz`, `niunai` and `牛奶` are one kind of search.
/// 2. Terms are cut at `maximumTermLength`, and so is what was typed.
/// 3. A name with characters of several readings gives terms for every reading, at most
///    `maximumVariants` for each place; beyond it, later characters give their usual one only.
/// 4. Terms hold letters and digits alone, and are parted by spaces. The tokenizer `ascii` parts
///    text at other ASCII characters only, so a term may begin with one of the marks below.
/// 5. What a name gives depends on nothing but the arguments and the pinyin table. When either this
///    file or the table changes, `version` changes and the index is to be made anew.
public struct SearchTerms: Sendable {
  /// Number of the rules; an index made under another one must be made anew.
  public static let version = 1
  /// Longest term in characters without its mark: five syllables. Fifteen ASCII letters also fit
  /// the storage a `String` has without an allocation.
  static let maximumTermLength = 15
  /// Most ways to read the term at one place; 4 heteronyms in a row.
  static let maximumVariants = 16
  /// Most units of a text that are indexed; receipts and shelf labels show fewer.
  static let maximumUnits = 64

  /// Begins a term at the start of a name, or at the start of its hanzi.
  static let startMark = "↑"
  /// Begins a barcode.
  static let barcodeMark = "→"
  /// Begins a barcode written backwards, so that its last digits are found.
  static let reversedBarcodeMark = "←"

  private let pinyin: PinyinTable

  /// Rules with the readings of hanzi they go by.
  public init(pinyin: PinyinTable) {
    self.pinyin = pinyin
  }

  /// Terms of one product, parted by spaces, in a fixed order; empty if nothing can be searched for.
  ///
  /// - Parameters:
  ///   - name: As shown to the cashier.
  ///   - barcode: Found whole, by its beginning and by its end.
  ///   - category: Found as it is written, not by pinyin, which would drown the names.
  ///   - pinyin: What a manager wrote by hand, syllables parted by spaces: found besides the
  ///     readings of the table, never instead of them.
  public func text(
    name: String, barcode: String? = nil, category: String? = nil, pinyin: String? = nil
  ) -> String {
    var terms: [String] = []
    addName(name, to: &terms)
    if let pinyin { Self.addWritten(pinyin, to: &terms) }
    if let category { terms.append(Self.joined(Self.units(of: category)[...])) }
    if let barcode { Self.addBarcode(barcode, to: &terms) }
    return Self.withoutBeginnings(of: terms).joined(separator: " ")
  }
}

extension SearchTerms {
  private func addName(_ name: String, to terms: inout [String]) {
    let units = Self.units(of: name)
    guard !units.isEmpty else { return }
    let hanzi = units.filter { !$0.isRun }
    for start in units.indices { terms.append(Self.joined(units[start...])) }
    for start in [0, units.firstIndex { !$0.isRun } ?? 0] {
      terms.append(Self.startMark + Self.joined(units[start...]))
    }
    // 农夫果园30%橙 is nfgy30c to some and nfgyc to others.
    addSpellings(of: units, to: &terms)
    if hanzi.count < units.count { addSpellings(of: hanzi, to: &terms) }
  }

  /// Adds the pinyin and the initials of a name from each unit on; runs are spelled out in both.
  private func addSpellings(of units: [SearchUnit], to terms: inout [String]) {
    let syllables = units.map(readings)
    let initials = zip(units, syllables).map { unit, readings in
      unit.isRun ? readings : Self.unique(readings.map(Self.initial))
    }
    for spelled in [syllables, initials] { Self.addPlaces(of: spelled, to: &terms) }
  }

  /// Adds pinyin written by hand, one run a syllable.
  private static func addWritten(_ pinyin: String, to terms: inout [String]) {
    let syllables = units(of: pinyin).map(\.text)
    addPlaces(of: syllables.map { [$0] }, to: &terms)
    addPlaces(of: syllables.map { [initial($0)] }, to: &terms)
  }

  private static func addPlaces(of spelled: [[String]], to terms: inout [String]) {
    for start in spelled.indices {
      let variants = variants(of: spelled[start...])
      terms.append(contentsOf: variants)
      if start == 0 { terms.append(contentsOf: variants.map { startMark + $0 }) }
    }
  }

  private static func initial(_ syllable: String) -> String {
    String(syllable.unicodeScalars.prefix(1))
  }

  private func readings(of unit: SearchUnit) -> [String] {
    guard case .character(let scalar) = unit.kind else { return [unit.text] }
    let readings = pinyin.readings(of: scalar)
    return readings.isEmpty ? [unit.text] : readings
  }

  /// All ways to read a text, cut to the length of a term.
  private static func variants(of spelled: ArraySlice<[String]>) -> [String] {
    var variants = [""]
    for readings in spelled {
      if variants.allSatisfy({ $0.utf8.count >= maximumTermLength }) { break }
      let isWithinLimit = variants.count * readings.count <= maximumVariants
      let chosen = isWithinLimit ? readings[...] : readings.prefix(1)
      variants = unique(variants.flatMap { begun in chosen.map { begun + $0 } })
    }
    return unique(variants.map(cut))
  }

  /// A text cut to the length of a term; both what is indexed and what is typed are.
  static func cut(_ text: String) -> String {
    guard text.utf8.count > maximumTermLength else { return text }
    return String(text.unicodeScalars.prefix(maximumTermLength))
  }

  private static func units(of text: String) -> [SearchUnit] {
    Array(SearchUnit.units(of: text).prefix(maximumUnits))
  }

  private static func joined(_ units: ArraySlice<SearchUnit>) -> String {
    var text = ""
    for unit in units.prefix(maximumTermLength) { text += unit.text }
    return cut(text)
  }

  /// The texts once each; for the few there are, looking through them is the fastest.
  private static func unique(_ texts: [String]) -> [String] {
    guard texts.count > 1 else { return texts }
    var unique: [String] = []
    for text in texts where !unique.contains(text) { unique.append(text) }
    return unique
  }

  private static func addBarcode(_ barcode: String, to terms: inout [String]) {
    let text = SearchUnit.units(of: barcode).map(\.text).joined()
    guard !text.isEmpty else { return }
    terms.append(barcodeMark + cut(text))
    terms.append(reversedBarcodeMark + cut(String(text.reversed())))
  }

  /// The terms in the order of their bytes, without those that are the beginning of another one:
  /// they are found by it.
  private static func withoutBeginnings(of terms: [String]) -> [String] {
    let sorted = terms.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted.indices.compactMap { index in
      let isBeginning =
        index + 1 < sorted.count && sorted[index + 1].utf8.starts(with: sorted[index].utf8)
      return isBeginning || sorted[index].isEmpty ? nil : sorted[index]
    }
  }
}
