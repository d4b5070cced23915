import POS
import Testing

@Suite struct VoucherIssueTests {
  private static func day(_ text: String) -> BusinessDate {
    guard let date = BusinessDate(text) else { preconditionFailure("\(text) is a day") }
    return date
  }

  private static func issue(
    _ from: String, _ until: String, repeatUntil: String? = nil
  ) -> VoucherIssue {
    VoucherIssue(
      id: Fixture.id(1), programmeID: Fixture.id(2), recipients: .bearers(1),
      worth: Money(fen: 5000), validity: day(from)...day(until),
      repeatUntil: repeatUntil.flatMap { Month($0) })
  }

  /// First days, the month of a repetition, and the days it is good for.
  @Test(arguments: [
    ("2026-11-21", "2026-11-30", "2026-12", "2026-12-01", "2026-12-31"),
    ("2026-11-01", "2026-11-30", "2027-02", "2027-02-01", "2027-02-28"),
    ("2026-11-01", "2026-11-15", "2026-12", "2026-12-01", "2026-12-15"),
    ("2027-01-01", "2027-01-30", "2027-02", "2027-02-01", "2027-02-28"),
    ("2026-11-01", "2026-12-31", "2027-01", "2027-01-01", "2027-02-28"),
    ("2026-12-20", "2027-01-10", "2027-12", "2027-12-01", "2028-01-10"),
    ("2028-01-31", "2028-01-31", "2028-02", "2028-02-01", "2028-02-29"),
  ])
  func aRepetitionIsGoodForItsMonth(
    from: String, until: String, month: String, first: String, last: String
  ) throws {
    let validity = Self.issue(from, until).validity(in: try #require(Month(month)))

    #expect(validity == Self.day(first)...Self.day(last))
  }

  /// The last month issued, today, and what is due.
  @Test(
    arguments: [
      ("2026-11", "2026-11-30", []), ("2026-11", "2026-12-01", ["2026-12"]),
      ("2026-12", "2026-12-31", []), ("2026-11", "2027-02-09", ["2027-02"]),
      ("2027-02", "2027-03-01", []), ("2026-11", "2027-06-01", []),
    ] as [(String, String, [String])])
  func aMonthIsDueOnceItHasBegunAndWhileItCanBeUsed(
    last: String, today: String, due: [String]
  ) throws {
    let issue = Self.issue("2026-11-01", "2026-11-30", repeatUntil: "2027-02")

    let found = issue.monthsDue(after: try #require(Month(last)), on: Self.day(today))

    #expect(found.map(\.description) == due)
  }

  @Test func anIssueThatDoesNotRepeatIsNeverDue() throws {
    let issue = Self.issue("2026-11-01", "2026-11-30")

    #expect(issue.monthsDue(after: issue.month, on: Self.day("2030-01-01")).isEmpty)
  }

  @Test func monthsAreCountedOverTheYear() throws {
    let november = try #require(Month("2026-11"))

    #expect(november.adding(2).description == "2027-01")
    #expect(november.adding(-11).description == "2025-12")
    #expect(november.count(to: november.adding(27)) == 27)
  }

  @Test func aListOfPeopleIsReadByItsHeaderAndRepeatsAreNamed() throws {
    let number = "00000019500101001X"
    let csv = "姓名,身份证号\n张,'\(number)\n李,12345\n王,\(number)\n"

    let list = try #require(RecipientList(csv: Array(csv.utf8)))

    #expect(list.rows.map(\.lineNumber) + list.problems.map(\.lineNumber) == [2, 3, 4])
    #expect(list.problems.last?.reason == .repeats(line: 2))
    #expect(RecipientList(csv: Array("姓名\n张\n".utf8)) == nil)
  }
}
