import POS
import Testing

@Suite struct BusinessDateTests {
  @Test func everyDayOfTwoCenturiesReadsAsItIsWritten() throws {
    var day = BusinessDate(daysSince1970: 0)
    #expect(day.description == "1970-01-01")
    for number in 1...73_000 {
      let next = BusinessDate(daysSince1970: number)
      try #require(next > day)
      try #require(BusinessDate(next.description) == next)
      day = next
    }
    #expect(day.description == "2169-11-13")
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "2026-01-32", "1969-12-31",
    "2026/01/01", "", "2026-01-01 ", "+026-01-01", "2026-+1-01", "2026--1-01",
  ])
  func otherTextIsNoDate(text: String) {
    #expect(BusinessDate(text) == nil)
  }

  @Test func theDayTurnsAtMidnightOfTheStation() {
    let midnightMs: Int64 = 1_795_190_400_000

    #expect(localTimeText(atMs: midnightMs) == "2026-11-21 00:00:00")
    #expect(BusinessDate(atMs: midnightMs - 1).description == "2026-11-20")
    #expect(BusinessDate(atMs: midnightMs, cutMinutes: 30).description == "2026-11-20")
    #expect(
      BusinessDate(atMs: midnightMs + 1_800_000, cutMinutes: 30).description == "2026-11-21")
    #expect(BusinessDate(atMs: -1).description == "1970-01-01")
  }
}
