/// A good row of a department's list.
public struct BeneficiaryRow: Sendable {
  public let lineNumber: Int
  public let number: IdentityNumber
  public let name: String
  public var details: PersonDetails

  /// Characters of a name: long enough for any name of a minority.
  static let nameLength = 50
  /// Characters of an address or a note.
  static let textLength = 200

  /// Reads one row; checks in the order of `BeneficiaryProblem.Reason`.
  init(
    _ row: CSVRow, columns: [BeneficiaryColumn: Int], rules: BeneficiaryRules
  ) throws(BeneficiaryProblem.Reason) {
    let fields = BeneficiaryFields(row: row, columns: columns, rules: rules)
    lineNumber = row.lineNumber
    number = try fields.number()
    guard let name = try fields.text(.name, Self.nameLength) else { throw .missing(.name) }
    guard !name.unicodeScalars.contains(where: { $0.properties.numericType != nil && $0.isASCII })
    else { throw .badName }
    self.name = name
    details = PersonDetails()
    details.name = name
    try fields.checkBirthDate(number.birthDate)
    details.community = try fields.community()
    details.categories = try fields.categories()
    details.residence = try fields.text(.residence, Self.textLength)
    details.isResident = details.residence.map(rules.isResident)
    details.phone = try fields.phone()
    details.deceasedOn = try fields.deceasedOn(bornOn: number.birthDate)
    details.note = try fields.text(.note, Self.textLength)
  }
}

/// The fields of a row by column.
private struct BeneficiaryFields {
  let row: CSVRow
  let columns: [BeneficiaryColumn: Int]
  let rules: BeneficiaryRules

  /// What stands in a column; `nil` if nothing does.
  private func field(_ column: BeneficiaryColumn) -> String? {
    columns[column].map { trimmed(row.fields[$0]) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  func text(
    _ column: BeneficiaryColumn, _ limit: Int
  ) throws(BeneficiaryProblem.Reason) -> String? {
    guard let text = field(column) else { return nil }
    guard text.unicodeScalars.count <= limit else { throw .tooLong(column) }
    // U+FFFD stands for what could not be decoded.
    guard !text.unicodeScalars.contains(where: { $0.isInvisible || $0 == "\u{FFFD}" }) else {
      throw .unprintable(column)
    }
    return text
  }

  func number() throws(BeneficiaryProblem.Reason) -> IdentityNumber {
    do throws(IdentityNumber.Problem) {
      let number = try IdentityNumber(field(.identityNumber) ?? "")
      guard number.birthDate <= rules.today else { throw IdentityNumber.Problem.birthDate }
      return number
    } catch {
      throw .badIdentityNumber(error)
    }
  }

  func checkBirthDate(_ expected: BusinessDate) throws(BeneficiaryProblem.Reason) {
    guard let text = field(.birthDate) else { return }
    guard let date = BusinessDate(birthDateText: text) else { throw .badBirthDate }
    guard date == expected else { throw .otherBirthDate }
  }

  func community() throws(BeneficiaryProblem.Reason) -> String? {
    guard let name = try text(.community, Limits.wordLength) else { return nil }
    guard rules.isCommunity(name) else { throw .unknownCommunity }
    return name
  }

  func categories() throws(BeneficiaryProblem.Reason) -> Set<String>? {
    guard let text = field(.category) else { return nil }
    let separators: Set<Character> = ["、", "，", ",", ";", "；", "/", "|", "+", " ", "\u{3000}"]
    var codes = Set<String>()
    for name in text.split(whereSeparator: separators.contains) {
      guard let code = rules.categories[String(name)] else { throw .unknownCategory }
      codes.insert(code)
    }
    return codes
  }

  func phone() throws(BeneficiaryProblem.Reason) -> String? {
    guard let text = field(.phone) else { return nil }
    guard let phone = PhoneNumber.plain(text) else { throw .badPhone }
    return phone
  }

  func deceasedOn(
    bornOn birthDate: BusinessDate
  ) throws(BeneficiaryProblem.Reason) -> BusinessDate? {
    guard let text = field(.deceasedOn) else { return nil }
    guard let date = BusinessDate(birthDateText: text), date >= birthDate, date <= rules.today
    else { throw .badDeceasedOn }
    return date
  }
}
