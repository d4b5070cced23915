import POS
import Testing

@Suite struct DayTests {
  @Test(
    arguments: [
      (0, 0, 0, 0), (0, 9_999, 0, 9_999), (0, 10_000, 1, 0), (1, 9_999, 1, 0),
      (5_000, 505_000, 51, 0), (1_800, 501_800, 50, 3_600), (0, -1, 0, -1),
      (-30_000, 20_000, 0, -10_000), (-30_000, 30_000, 0, 0), (-30_000, 45_678, 1, 5_678),
    ] as [(Int64, Int64, Int64, Int64)])
  func aTransferIsWholeFenAndNeverNegative(
    carriedIn: Int64, accrued: Int64, fen: Int64, carriedOut: Int64
  ) {
    let made = PledgeTransfer(carriedIn: MicroYuan(carriedIn), accrued: MicroYuan(accrued))

    #expect(made.transfer == Money(fen: fen))
    #expect(made.carriedOut == MicroYuan(carriedOut))
    #expect(made.carriedIn + made.accrued == made.transfer.microYuan + made.carriedOut)
  }

  @Test func aMonthOfDaysTransfersWhatWasPledged() {
    var seed: UInt64 = 20_261_121
    var opening = LedgerSums()
    var pledged: Int64 = 0
    var transferred = Money.zero
    for day in 0..<31 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let pledge = Int64(seed >> 40) - (day.isMultiple(of: 7) ? 20_000_000 : 0)
      var figures = TillFigures()
      figures.add(.sales, account: Account.charityFund.name, microYuan: -pledge)
      figures.add(.sales, account: Account.pledge.name, microYuan: pledge)

      let close = DayClose(
        businessDate: BusinessDate(daysSince1970: 20_000 + day), zNumbers: [], figures: figures,
        opening: opening, statements: [:])

      pledged += pledge
      transferred += close.fundTransfer.transfer
      opening = close.balances
      #expect(opening[.charityFund] == -close.fundTransfer.carriedOut)
      #expect(opening.rows.lazy.map(\.amount).total == .zero)
    }
    #expect(MicroYuan(pledged) == transferred.microYuan - opening[.charityFund])
  }

  @Test(arguments: [
    ("2026-02", "2026-02-28"), ("2028-02", "2028-02-29"), ("2026-11", "2026-11-30"),
    ("2026-12", "2026-12-31"), ("2026-01", "2026-01-31"),
  ])
  func aMonthEndsWithItsLastDay(text: String, last: String) {
    let month = Month(text)

    #expect(month?.lastDay.description == last)
    #expect(month?.description == text)
    #expect(month.map { Month(of: $0.lastDay) } == month)
  }

  @Test(arguments: ["2026-13", "2026-00", "2026-1", "2026-11-01", "", "abcd-ef"])
  func whatIsNoMonthIsRefused(text: String) {
    #expect(Month(text) == nil)
  }
}
