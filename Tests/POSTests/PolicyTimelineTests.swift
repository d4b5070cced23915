import Testing

@testable import POS

struct PolicyTimelineTests {
  /// 2026-11-21, noon in Zhengzhou.
  private static let noonMs: Int64 = 1_795_233_600_000

  private func policy(_ id: String, from day: String) throws -> CharityPolicy {
    let json = CharityPolicy.erqi.json.setting("id", .string(id))
      .setting("effectiveFrom", .string(day))
    return try #require(CharityPolicy(json: json))
  }

  @Test func aPolicyBeginsOnADayToCome() throws {
    let timeline = PolicyTimeline()
    #expect(timeline.date(atMs: Self.noonMs).description == "2026-11-21")
    for day in ["2026-11-21", "2026-11-20", "1970-01-02"] {
      #expect(throws: PolicyRefusal.dayHasBegun) {
        try timeline.adding(policy("next", from: day), atMs: Self.noonMs)
      }
    }
    let longer = try timeline.adding(policy("next", from: "2026-11-22"), atMs: Self.noonMs)
    let midnightMs = Self.noonMs + 12 * 3_600_000
    #expect(longer.policy(atMs: midnightMs - 1).id == "erqi-default")
    #expect(longer.policy(atMs: midnightMs).id == "next")
  }

  @Test func namesAndDaysAreTakenOnce() throws {
    let timeline = try PolicyTimeline().adding(policy("a", from: "2027-01-01"))
    #expect(throws: PolicyRefusal.nameTaken) {
      try timeline.adding(policy("a", from: "2027-02-01"))
    }
    #expect(throws: PolicyRefusal.dayTaken) { try timeline.adding(policy("b", from: "2027-01-01")) }
    #expect(PolicyTimeline(timeline.policies + timeline.policies) == nil)
    #expect(PolicyTimeline([]) == nil)
  }

  @Test func anEarlierOneTakesItsPlaceBeforeALaterOne() throws {
    let timeline = try PolicyTimeline().adding(policy("later", from: "2027-02-01"))
      .adding(policy("earlier", from: "2027-01-01"))
    #expect(timeline.policies.map(\.id) == ["erqi-default", "earlier", "later"])
  }

  @Test func whatIsLeftOutIsAsInThePolicyBefore() throws {
    let stricter = try #require(
      CharityPolicy(
        json: .members([
          "id": "stricter", "overShortToleranceFen": 100, "reliefDeniedCategories": ["糖果"],
        ])))
    let next = try #require(
      CharityPolicy(json: .members(["id": "next", "refundLimitFen": 0]), base: stricter))
    #expect(next.overShortTolerance.fen == 100)
    #expect(next.reliefDeniedCategories == ["糖果"])
    #expect(next.refundLimit == .zero)
  }

  @Test func aPolicyWrittenWholeIsReadAsTheSame() throws {
    let written = CharityPolicy.erqi.wholeJSON
    #expect(CharityPolicy(json: written) == .erqi)
    let reread = try JSON(parsing: Array(written.indentedText.utf8))
    #expect(reread == written)
    #expect(written.indentedText.contains("\n  \"concessionBasisPoints\": 2000,\n"))
  }

  @Test(arguments: [
    (#"{"pledgeBasisPoints": 10001}"#, "pledgeBasisPoints"),
    (#"{"refundLimit": 1}"#, "refundLimit"),
    (#"{"id": "x", "cashRounding": "up"}"#, "cashRounding"),
    (#"{"meals": {"periods": []}}"#, "meals"), (#"{"dayCutMinutes": 361}"#, "dayCutMinutes"),
  ])
  func theMemberThatCannotBeIsNamed(text: String, name: String) throws {
    let json = try JSON(parsing: Array(text.utf8))
    #expect(CharityPolicy.faultyMember(of: json, base: .erqi) == name)
  }
}
