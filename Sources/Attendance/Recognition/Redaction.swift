/// What is kept of a row that could not be read.
///
/// Nothing is searched for and cut out, because a bad row can hide a name or a number anywhere:
/// only what is known to be harmless stays (numbers of up to four digits, times, known words), and
/// all else becomes its length, `<18>`.
enum Redaction {
  /// Columns of a row that are shown.
  private static let shownColumns = 16

  /// A row of columns; the first may be the number of a person.
  static func columns(_ row: ArraySlice<UInt8>) -> String {
    joined(row.columns(limit: shownColumns + 1)) { index, column in
      index == 0 ? number(column) : value(column)
    }
  }

  /// A row of `name=value` columns. Only names that are on the list are shown.
  static func fields(_ row: ArraySlice<UInt8>) -> String {
    joined(row.columns(limit: shownColumns + 1)) { _, column in
      guard let equals = column.firstIndex(of: UInt8(ascii: "=")) else { return value(column) }
      let name = column[..<equals].trimmed
      let text = column[(equals + 1)...].trimmed
      guard let known = knownNames.first(where: { name.elementsEqual($0.utf8) }) else {
        return "\(length(name))=\(length(text))"
      }
      return "\(known)=\(known == "pin" ? number(text) : value(text))"
    }
  }

  /// Something of which only the length can be shown.
  static func length(_ bytes: ArraySlice<UInt8>) -> String { "<\(bytes.count)>" }

  private static let knownNames = [
    "time", "pin", "eventaddr", "event", "inoutstatus", "verifytype", "index", "Pin", "EventType",
    "Time_second", "Index",
  ]

  private static func joined(
    _ columns: [ArraySlice<UInt8>], _ shown: (Int, ArraySlice<UInt8>) -> String
  ) -> String {
    var texts = columns.prefix(shownColumns).enumerated().map { shown($0, $1.trimmed) }
    if columns.count > shownColumns { texts.append("…") }
    return texts.joined(separator: " | ")
  }

  /// The number of a person, if it is one of ten digits at most.
  private static func number(_ column: ArraySlice<UInt8>) -> String {
    column.wholeNumber(digits: 10) == nil ? value(column) : String(decoding: column, as: UTF8.self)
  }

  private static func value(_ column: ArraySlice<UInt8>) -> String {
    if column.isEmpty { return "" }
    let isHarmless = column.wholeNumber(digits: 4) != nil || isTime(column)
    return isHarmless ? String(decoding: column, as: UTF8.self) : length(column)
  }

  /// Whether a column has the shape of a date and a time, right or wrong: a year, then digits in
  /// twos.
  private static func isTime(_ column: ArraySlice<UInt8>) -> Bool {
    guard (8...19).contains(column.count), let year = column.prefix(4).wholeNumber(digits: 4),
      (1900...2199).contains(year)
    else { return false }
    let groups = column.dropFirst(4).split(omittingEmptySubsequences: false) {
      "-/: T".utf8.contains($0)
    }
    return groups.count <= 6 && groups.first?.isEmpty == true
      && groups.dropFirst().allSatisfy { $0.wholeNumber(digits: 2) != nil }
  }
}
