import POS
import POSStore

extension StationDesk {
  /// Takes in a department's list of people in need: the good rows are loaded in small units, every
  /// bad one is reported by line and reason.
  ///
  /// - Parameter district: as addresses name it; who is registered there is a resident.
  func importBeneficiaries(_ csv: [UInt8], source: String, district: String) async throws -> JSON {
    let rules = BeneficiaryRules(
      categories: try await store.needCategories(),
      communities: Set(try await store.communities()), district: district,
      today: BusinessDate(atMs: clock.nowMs))
    let file: BeneficiaryImport
    do throws(BeneficiaryFileProblem) {
      file = try BeneficiaryImport(csv: csv, rules: rules)
    } catch {
      throw Problem(.badValue, ["member": "file", "expected": .string(error.sentence)])
    }
    var total = BeneficiaryReport()
    for start in stride(from: 0, to: file.rows.count, by: Store.peoplePerUnit) {
      let rows = file.rows[start..<min(start + Store.peoplePerUnit, file.rows.count)]
      total.add(try await store.importPeople(Array(rows), from: source, atMs: clock.nowMs))
    }
    return report(file, total)
  }

  private func report(_ file: BeneficiaryImport, _ total: BeneficiaryReport) -> JSON {
    .members([
      "added": .integer(Int64(total.added)), "changed": .integer(Int64(total.changed)),
      "unchanged": .integer(Int64(total.unchanged)),
      "joined": .integer(Int64(file.joinedCount)),
      "unusedColumns": .integer(Int64(file.unusedColumnCount)),
      "problems": .array(
        file.problems.map {
          .members([
            "line": .integer(Int64($0.lineNumber)), "reason": .string($0.reason.sentence),
          ])
        }),
      "otherNames": .array(total.otherNames.sorted().map { .integer(Int64($0)) }),
    ])
  }
}

extension BeneficiaryReport {
  fileprivate mutating func add(_ other: BeneficiaryReport) {
    added += other.added
    changed += other.changed
    unchanged += other.unchanged
    otherNames += other.otherNames
  }
}

extension BeneficiaryFileProblem {
  /// What is wrong with the file, for the person who sent it.
  var sentence: String {
    switch self {
    case .empty: "a header line and people"
    case .noHeader: "a header line with 姓名 and 身份证号 among the first five lines"
    case .repeatedColumn(let column): "one column for \(column.rawValue)"
    }
  }
}

extension BeneficiaryProblem.Reason {
  /// What is wrong with the row; nothing that stands in it.
  var sentence: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .wrongFieldCount(let found, let expected): "has \(found) fields, not \(expected)"
    case .badIdentityNumber(let problem): "identity number: \(problem.sentence)"
    case .missing(let column): "\(column.rawValue) is missing"
    case .tooLong(let column): "\(column.rawValue) is too long"
    case .unprintable(let column): "\(column.rawValue) has characters that cannot be read"
    case .badName: "the name has digits in it"
    case .badBirthDate: "the birth date is no date"
    case .otherBirthDate: "the birth date is not the one in the identity number"
    case .unknownCommunity: "the community is not known and not named as communities are"
    case .unknownCategory: "the category is not known: add it first, or correct it"
    case .badPhone: "the phone is no phone number"
    case .badDeceasedOn: "the date of death is no date that can be"
    case .otherNameOnLine(let line): "its identity number is on line \(line) under another name"
    }
  }
}

extension IdentityNumber.Problem {
  /// What is wrong with a number, without the number.
  var sentence: String {
    switch self {
    case .missing: "missing"
    case .fifteenDigits: "an old one of 15 digits"
    case .length: "not 18 characters"
    case .characters: "characters that cannot be in it"
    case .birthDate: "its birth date is no date"
    case .checkCharacter: "its check character does not fit"
    }
  }
}
