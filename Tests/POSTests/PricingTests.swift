import POS
import Testing

@Suite struct PricingTests {
  @Test func theWorkedSaleOfTheRulesComesOut() {
    let quote = Quote(Fixture.workedBasket, policy: .erqi)

    #expect(quote.lines.map(\.stationPrice.fen) == [136, 1464, 639])
    #expect(quote.lines.map(\.net.fen) == [272, 1464, 789])
    #expect(quote.lines.map(\.pledge.value) == [54_400, 292_800, 157_800])
    #expect(quote.totals.concession.fen == 632)
    #expect(quote.due.fen == 2525)
    #expect(quote.totals.pledge.yuanText == "0.5050")
  }

  @Test func aBottleAtOneYuanFiftyGivesTwoFenFour() {
    let quote = Quote(
      Basket(items: [Fixture.item("水", listFen: 150, .units(1))]), policy: .erqi)

    #expect(quote.due.fen == 120)
    #expect(quote.totals.pledge.yuanText == "0.0240")
  }

  @Test func aConcessionToTheReliefFundLeavesTheListPriceToPay() {
    let policy = Fixture.policy(to: .toReliefFund)

    let quote = Quote(Fixture.workedBasket, policy: policy)

    #expect(quote.due.fen == 340 + 1830 + 987)
    #expect(quote.totals.concession.fen == 632)
    #expect(quote.totals.pledge.value == 3157 * 200)
  }

  @Test func aManagersPriceIsAnAdjustmentTheStationBears() {
    let override = PriceOverride(price: Money(fen: 100), reason: .nearExpiry)
    let item = Fixture.item("蛋糕", listFen: 170, .units(2), override: override)

    let line = LineItem(item, policy: .erqi)

    #expect(line.net.fen == 200)
    #expect(line.concession.fen == 68)
    #expect(
      line.adjustments == [
        Adjustment(
          source: .priceOverride(.nearExpiry), payer: .station, amount: Money(fen: -72))
      ])
    #expect(line.pledge.value == 40_000)
  }

  @Test(arguments: [(2525, 75), (2500, 0), (2501, 99), (2599, 1)] as [(Int64, Int64)])
  func roundingUpGivesWhatIsMissingToTheYuan(due: Int64, gift: Int64) {
    let policy = Fixture.policy(concession: 0)
    let item = Fixture.item("米", listFen: due, .units(1))

    let quote = Quote(
      Basket(items: [item], gift: .roundUpToYuan(campaign: "general")), policy: policy)

    #expect(quote.totals.gift.fen == gift)
    #expect(quote.due.fen == due + gift)
    #expect(quote.totals.pledge.value == due * 200)
  }

  @Test func thePolicyOfTheDayCounts() throws {
    let old = Fixture.policy(concession: 1000)
    let new = CharityPolicy(
      id: "new", effectiveFrom: BusinessDate("2026-11-21") ?? BusinessDate(daysSince1970: 0),
      concessionRate: BasisPoints(2000), concessionDestination: .toShopper,
      pledgeRate: BasisPoints(200), cashRounding: .none, refundLimit: .zero, dayCutMinutes: 60)
    let timeline = try #require(PolicyTimeline([new, old]))
    let midnightMs: Int64 = 1_795_190_400_000

    #expect(BusinessDate(atMs: midnightMs).description == "2026-11-21")
    #expect(timeline.policy(atMs: midnightMs - 1).id == "test")
    #expect(timeline.policy(atMs: midnightMs + 3_600_000 - 1).id == "test")
    #expect(timeline.policy(atMs: midnightMs + 3_600_000).id == "new")
  }
}
