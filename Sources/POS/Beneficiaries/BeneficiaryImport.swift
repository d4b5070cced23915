/// A department's list of people in need as a CSV file, UTF-8 or GB 18030: which column is what,
/// and which rows are good.
///
/// 1. Columns are found by their header (`BeneficiaryColumn`), in any order, below at most four
///    lines of titles. Columns that are not known are not used: offices have many more.
/// 2. Each bad row is named by line and reason, never with anything that stands in it.
/// 3. A person who stands in a file twice under one name, in two categories say, is one row.
public struct BeneficiaryImport: Sendable {
  /// Titles that may stand above the header.
  static let titleLines = 5

  /// The good rows, in the order of the file.
  public private(set) var rows: [BeneficiaryRow] = []
  /// Every bad row with its line and reason, in the order of the file.
  public private(set) var problems: [BeneficiaryProblem] = []
  /// Rows joined with an earlier one of the same person.
  public private(set) var joinedCount = 0
  /// How many columns of the file are not used.
  public let unusedColumnCount: Int

  private let rules: BeneficiaryRules
  private let columns: [BeneficiaryColumn: Int]
  private let width: Int
  /// The places of people in `rows`, by identity number.
  private var places: [String: Int] = [:]

  /// Reads a whole file.
  ///
  /// - Throws: `BeneficiaryFileProblem` if no row can be understood at all.
  public init(
    csv bytes: [UInt8], rules: BeneficiaryRules
  ) throws(BeneficiaryFileProblem) {
    self.rules = rules
    var reader = CSVReader(Self.plain(bytes))
    var isEmpty = true
    var found: (columns: [BeneficiaryColumn: Int], width: Int)?
    for _ in 0..<Self.titleLines where found == nil {
      guard let next = reader.next() else { break }
      isEmpty = false
      guard case .success(let row) = next else { continue }
      found = try Self.header(row.fields).map { ($0, row.fields.count) }
    }
    guard let found else { throw isEmpty ? .empty : .noHeader }
    (columns, width) = found
    unusedColumnCount = width - columns.count
    while let next = reader.next() { read(next) }
    places = [:]
  }

  /// The bytes as UTF-8 with spaces for tabs, which spreadsheets put before long numbers.
  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(validating: bytes, as: UTF8.self)
    let plain = text == nil ? Array(GB18030.text(decoding: bytes).utf8) : bytes
    return plain.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 }
  }

  /// The columns of a header; `nil` for a line that is none.
  private static func header(
    _ fields: [String]
  ) throws(BeneficiaryFileProblem) -> [BeneficiaryColumn: Int]? {
    var columns: [BeneficiaryColumn: Int] = [:]
    for (index, field) in fields.enumerated() {
      guard let column = BeneficiaryColumn(header: field) else { continue }
      guard columns.updateValue(index, forKey: column) == nil else {
        throw .repeatedColumn(column)
      }
    }
    let isHeader = BeneficiaryColumn.needed.allSatisfy { columns[$0] != nil }
    return isHeader ? columns : nil
  }

  private mutating func read(_ next: Result<CSVRow, CSVProblem>) {
    switch next {
    case .failure(let problem):
      problems.append(
        BeneficiaryProblem(lineNumber: problem.lineNumber, reason: .unreadable(problem.reason)))
    case .success(let row):
      guard row.fields.contains(where: { !trimmed($0).isEmpty }) else { return }
      do throws(BeneficiaryProblem.Reason) {
        try take(row)
      } catch {
        problems.append(BeneficiaryProblem(lineNumber: row.lineNumber, reason: error))
      }
    }
  }

  private mutating func take(_ row: CSVRow) throws(BeneficiaryProblem.Reason) {
    let isOverlong = row.fields.dropFirst(width).contains { !trimmed($0).isEmpty }
    guard row.fields.count >= width, !isOverlong else {
      throw .wrongFieldCount(found: row.fields.count, expected: width)
    }
    let person = try BeneficiaryRow(row, columns: columns, rules: rules)
    guard let place = places[person.number.text] else {
      places[person.number.text] = rows.count
      rows.append(person)
      return
    }
    let earlier = rows[place]
    guard PersonName.key(earlier.name) == PersonName.key(person.name) else {
      throw .otherNameOnLine(earlier.lineNumber)
    }
    rows[place].details = earlier.details.joined(with: person.details)
    joinedCount += 1
  }
}

/// What a list is read by.
public struct BeneficiaryRules: Sendable {
  /// Codes of categories by what departments call them.
  public let categories: [String: String]
  /// The communities there are.
  public let communities: Set<String>
  /// The district, as addresses name it.
  public let district: String
  /// Nobody is born or dies later.
  public let today: BusinessDate

  public init(
    categories: [NeedCategory], communities: Set<String>, district: String, today: BusinessDate
  ) {
    var names = NeedCategory.synonyms.filter { _, code in categories.contains { $0.code == code } }
    for category in categories {
      names[category.code] = category.code
      names[category.name] = category.code
    }
    self.categories = names
    self.communities = communities
    self.district = district
    self.today = today
  }

  /// Whether a place is one: known, or named as communities and villages are.
  ///
  /// So that a name in the wrong column does not become a place.
  func isCommunity(_ name: String) -> Bool {
    let endings = ["社区", "村", "居委会", "村委会", "街道", "镇", "乡", "小区"]
    return communities.contains(name)
      || (name.unicodeScalars.count >= 3 && endings.contains(where: name.hasSuffix))
  }

  /// Whether a residence is in the district.
  func isResident(_ residence: String) -> Bool {
    let yes = ["本区", "本地", "是", "有", "yes", "1"]
    let stem = district.hasSuffix("区") ? String(district.dropLast()) : district
    return yes.contains(residence.lowercased())
      || (!stem.isEmpty && residence.contains(stem)) || residence.hasPrefix("本区")
  }
}

/// Why a file is no list of people at all.
public enum BeneficiaryFileProblem: Error, Equatable, Sendable {
  case empty
  /// No line among the first has the columns 姓名 and 身份证号.
  case noHeader
  case repeatedColumn(BeneficiaryColumn)
}

/// Why one row was left out; never with anything that stands in it.
public struct BeneficiaryProblem: Error, Equatable, Sendable {
  /// In the order of the checks.
  public enum Reason: Error, Equatable, Sendable {
    case unreadable(CSVProblem.Reason)
    case wrongFieldCount(found: Int, expected: Int)
    case badIdentityNumber(IdentityNumber.Problem)
    case missing(BeneficiaryColumn)
    case tooLong(BeneficiaryColumn)
    case unprintable(BeneficiaryColumn)
    /// A name that is no name: digits in it.
    case badName
    case badBirthDate
    /// The birth date is not the one in the identity number.
    case otherBirthDate
    case unknownCommunity
    case unknownCategory
    case badPhone
    case badDeceasedOn
    /// The identity number stands on an earlier line under another name.
    case otherNameOnLine(Int)
  }

  public let lineNumber: Int
  public let reason: Reason

  public init(lineNumber: Int, reason: Reason) {
    self.lineNumber = lineNumber
    self.reason = reason
  }
}
