import POS
import Testing

@Suite struct TillTests {
  private static let sessionID: TillSessionID = Fixture.id(7)

  @Test(
    arguments: [
      (-10_001, .behind), (-10_000, .none), (0, .none), (172_800_000, .none),
      (172_800_001, .ahead),
    ] as [(Int64, ClockStep)])
  func aClockStepHasLimits(step: Int64, expected: ClockStep) {
    #expect(ClockStep(lastMs: 1_000_000, nowMs: 1_000_000 + step) == expected)
  }

  @Test(
    arguments: [
      ([(100, 1), (50, 2)], 200), ([], 0), ([(10_000, 99_999), (1, 3)], 999_990_003),
      ([(100, 0)], 0),
    ] as [([(Int64, Int64)], Int64)])
  func aCountIsTheSumOfItsNotes(rows: [(Int64, Int64)], fen: Int64) {
    #expect(count(rows)?.total == Money(fen: fen))
  }

  @Test(
    arguments: [
      [(3, 1)], [(100, -1)], [(100, 100_000)], [(100, 1), (100, 1)], [(0, 1)], [(-100, 1)],
    ] as [[(Int64, Int64)]])
  func aCountOfWhatIsNoMoneyIsRefused(rows: [(Int64, Int64)]) {
    #expect(count(rows) == nil)
  }

  @Test(arguments: CashMovement.Kind.allCases, CashReason.allCases)
  func aMovementIsReadAsItWasWritten(kind: CashMovement.Kind, reason: CashReason) throws {
    let first = movement(1, kind, 300, reason == .correction ? .other : reason)

    let again = try CashMovement(body: first.members)

    #expect(again == first)
    #expect(again.entry.postings.lazy.map(\.amount).total == .zero)
    let back: CashMovement.Kind = kind == .paidIn ? .paidOut : .paidIn
    let correction = try CashMovement(
      id: Fixture.id(2), of: first, kind: back, amount: first.amount)
    #expect(try CashMovement(body: correction.members) == correction)
    #expect(
      Entry(first.entry.postings + correction.entry.postings).postings.isEmpty,
      "a correction leaves nothing of what it corrects")
  }

  @Test func aCorrectionIsTheSameAmountTheOtherWay() {
    let first = movement(1, .paidOut, 300, .purchase)

    for (kind, fen): (CashMovement.Kind, Int64) in [
      (.paidOut, 300), (.pickup, 300), (.paidIn, 299), (.paidIn, 301),
    ] {
      #expect(throws: TillRefusal.notOpposite) {
        try CashMovement(id: Fixture.id(2), of: first, kind: kind, amount: Money(fen: fen))
      }
    }
  }

  @Test(
    arguments: [
      (20_000, 20_000, false), (20_500, 20_000, false), (19_500, 20_000, false),
      (20_501, 20_000, true), (19_499, 20_000, true), (0, 501, true),
    ] as [(Int64, Int64, Bool)])
  func aDifferenceOfJustTheToleranceIsWithinIt(counted: Int64, expected: Int64, isOver: Bool) {
    #expect(tillCount(counted, expected: expected).isOverTolerance == isOver)
  }

  @Test func aZTakesTheCountToTheSafeAndLeavesTheDrawerAtZero() throws {
    let figures = figures(float: 20_000)

    let report = try ZReport(
      close(), count: tillCount(19_950, expected: 20_000), figures: figures, previous: .zero,
      allowedActs: [])

    #expect(report.difference == Money(fen: -50))
    var sums = figures.ledger
    try sums.add(entry: report.entry.json)
    #expect(sums[.cash] == .zero)
    #expect(sums[.overShort] == MicroYuan(500_000))
    #expect(sums[.safe] == MicroYuan(-500_000))
  }

  @Test func aZIsRefusedInTheOrderOfTheChecks() {
    let figures = figures(float: 20_000)
    func z(_ counted: Int64, expected: Int64, _ reason: OverShortReason?) throws(TillRefusal) {
      _ = try ZReport(
        close(reason), count: tillCount(counted, expected: expected), figures: figures,
        previous: .zero, allowedActs: [])
    }

    #expect(throws: TillRefusal.countStale) { try z(0, expected: 19_999, nil) }
    #expect(
      throws: TillRefusal.reasonNeeded(
        difference: Money(fen: -20_000), tolerance: Money(fen: 500))
    ) { try z(0, expected: 20_000, nil) }
    #expect(throws: TillRefusal.approvalNeeded(.closeOverTolerance)) {
      try z(0, expected: 20_000, .unknown)
    }
    #expect(throws: Never.self) { try z(20_500, expected: 20_000, nil) }
  }

  @Test func perpetualTotalsGrowByEachSession() throws {
    var figures = figures(float: 0)
    try figures.add(.sales, total: Money(fen: 120), entry: [])
    try figures.add(.returns, total: Money(fen: 20), entry: [])

    let count = tillCount(0, expected: 0)
    let first = try ZReport(
      close(), count: count, figures: figures, previous: .zero, allowedActs: [])
    let second = try ZReport(
      close(), count: count, figures: figures, previous: first.perpetual, allowedActs: [])

    #expect(
      second.perpetual.json
        == .members(["saleCount": 2, "salesFen": 240, "returnCount": 2, "returnsFen": 40]))
    #expect(try PerpetualTotals(json: second.perpetual.json) == second.perpetual)
  }

  @Test(arguments: [
    (nil as String?, "2026-11-02"), ("2026-11-01", "2026-11-02"), ("2026-11-02", "2026-11-03"),
    ("2026-11-30", "2026-12-01"),
  ])
  func nothingEntersAClosedDay(lastClosed: String?, expected: String) {
    let day = BusinessDate.openDay(
      atMs: 1_793_577_600_000, cutMinutes: 0, lastClosed: lastClosed.flatMap { BusinessDate($0) })

    #expect(day.description == expected)
  }

  private func figures(float: Int64) -> TillFigures {
    var figures = TillFigures()
    figures.add(.drawer, account: Account.cash.name, microYuan: float * 10_000)
    figures.add(.drawer, account: Account.safe.name, microYuan: -float * 10_000)
    return figures
  }

  private func close(_ reason: OverShortReason? = nil) -> TillClose {
    TillClose(id: Fixture.id(9), userID: Fixture.id(10), reason: reason)
  }

  private func tillCount(_ counted: Int64, expected: Int64) -> TillCount {
    let rows = CashCount.denominationsFen.reduce(into: (rest: counted, rows: [(Int64, Int64)]())) {
      $0.rows.append(($1, $0.rest / $1))
      $0.rest %= $1
    }.rows
    guard let cash = count(rows) else { preconditionFailure("a test counts real notes") }
    return TillCount(
      id: Fixture.id(8), tillSessionID: Self.sessionID, count: cash, expected: Money(fen: expected),
      tolerance: CharityPolicy.erqi.overShortTolerance)
  }

  private func count(_ rows: [(Int64, Int64)]) -> CashCount? {
    CashCount(rows.map { CashCount.Row(denominationFen: $0.0, count: $0.1) })
  }

  private func movement(
    _ number: Int, _ kind: CashMovement.Kind, _ fen: Int64, _ reason: CashReason
  ) -> CashMovement {
    CashMovement(
      id: Fixture.id(number), tillSessionID: Self.sessionID, kind: kind, amount: Money(fen: fen),
      reason: reason)
  }
}
