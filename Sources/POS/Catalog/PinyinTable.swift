/// The Mandarin readings of the hanzi, without tones; `ü` is written both `v` and `u`.
///
/// Made once and kept for the life of the process: one small number for each character of the main
/// block and every list of readings once, so that the whole table takes well under a megabyte.
public struct PinyinTable: Sendable {
  /// Text that is not of the form `init(_:)` reads.
  public struct Malformed: Error, Equatable, Sendable {
    /// The first line that cannot be read; the first line of the text is 1.
    public let lineNumber: Int
  }

  /// The readings of the Unihan database, built in.
  public static let standard: PinyinTable = {
    do throws(Malformed) {
      return try PinyinTable(unihanReadings)
    } catch {
      preconditionFailure("The readings built in are malformed at line \(error.lineNumber).")
    }
  }()

  private static let mainBlock: ClosedRange<UInt32> = 0x4E00...0x9FFF
  /// Longest syllables are `zhuang`, `chuang` and `shuang`.
  private static let syllableLetters = 1...6

  /// Every different list of readings; number 0 is the empty one.
  private var lists: [[String]] = [[]]
  /// For each character of the main block the number of its list.
  private var listInMainBlock = [UInt16](repeating: 0, count: mainBlock.count)
  /// The same for the few characters beyond it.
  private var listElsewhere: [UInt32: UInt16] = [:]

  /// Reads syllables, each followed by its characters, parted by spaces and line ends.
  ///
  /// A character's usual reading comes first in the text, rarer ones come later. Throws at the first
  /// line with a syllable of other than 1 to 6 letters a–z, with characters before the first
  /// syllable, or with something else than hanzi.
  public init(_ text: String) throws(Malformed) {
    var numbers: [[String]: UInt16] = [[]: 0]
    var syllable: String?
    var lineNumber = 0
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      lineNumber += 1
      for word in line.split(separator: 0x20).map(Substring.init) {
        if let begun = Self.syllable(word) {
          syllable = begun
          continue
        }
        guard let syllable, word.unicodeScalars.allSatisfy(Self.isHanzi) else {
          throw Malformed(lineNumber: lineNumber)
        }
        for scalar in word.unicodeScalars { add(syllable, to: scalar, numbers: &numbers) }
      }
    }
  }

  /// The readings of a character, the most usual first; empty when it has none.
  public func readings(of scalar: Unicode.Scalar) -> [String] {
    lists[Int(listNumber(of: scalar))]
  }
}

extension PinyinTable {
  private static func syllable(_ text: Substring) -> String? {
    guard syllableLetters.contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return nil }
    return String(text)
  }

  private static func isHanzi(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "〇" || scalar.properties.isIdeographic
  }

  private func listNumber(of scalar: Unicode.Scalar) -> UInt16 {
    if Self.mainBlock.contains(scalar.value) {
      return listInMainBlock[Int(scalar.value - Self.mainBlock.lowerBound)]
    }
    return listElsewhere[scalar.value, default: 0]
  }

  private mutating func add(
    _ syllable: String, to scalar: Unicode.Scalar, numbers: inout [[String]: UInt16]
  ) {
    var readings = readings(of: scalar)
    for spelling in Self.spellings(of: syllable) where !readings.contains(spelling) {
      readings.append(spelling)
    }
    // Unihan needs about 900 lists; 65,536 would trap here.
    let number = numbers[readings] ?? UInt16(lists.count)
    if number == lists.count {
      numbers[readings] = number
      lists.append(readings)
    }
    if Self.mainBlock.contains(scalar.value) {
      listInMainBlock[Int(scalar.value - Self.mainBlock.lowerBound)] = number
    } else {
      listElsewhere[scalar.value] = number
    }
  }

  /// `lv` is also typed `lu`: keyboards have no ü, and people differ.
  private static func spellings(of syllable: String) -> [String] {
    guard syllable.utf8.contains(0x76) else { return [syllable] }
    return [syllable, String(syllable.map { $0 == "v" ? "u" : $0 })]
  }
}
