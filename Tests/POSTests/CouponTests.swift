import POS
import Testing

@Suite struct CouponTests {
  private func nets(_ quote: Quote) -> [Int64] { quote.lines.map(\.net.fen) }

  /// The vectors of RULES 2.5.
  @Test(
    arguments: [
      (1000, [333, 333, 334], [333, 333, 334]), (500, [1290, 850], [301, 199]),
      (355, [99, 199, 57], [99, 199, 57]), (1, [100, 100, 100], [1, 0, 0]),
      (700, [1050, 320, 1990], [219, 67, 414]), (356, [99, 199, 57], [99, 199, 57]),
    ] as [(Int64, [Int64], [Int64])])
  func anAmountIsSharedByLargestRemainder(amount: Int64, nets: [Int64], shares: [Int64]) {
    let quote = Fixture.quote(
      Fixture.basket(nets.map { ("粮油", $0) }),
      coupons: [CouponOffer(terms: Fixture.coupon(1, .amountOff(Money(fen: amount))))])

    #expect(quote.lines.map { -$0.adjustments.map(\.amount).total.fen } == shares)
    #expect(quote.coupons.map(\.amount.fen) == [min(amount, nets.reduce(0, +))])
    #expect(quote.lines.allSatisfy { $0.net >= .zero })
    #expect(quote.lines.allSatisfy { $0.pledge.value == $0.net.fen * 200 })
  }

  /// 5 % off 0.10 is 0.095, which is 0.10: the discount is the difference to the rounded net.
  @Test(
    arguments: [
      (500, 10, 10), (500, 30, 29), (1000, 5, 5), (1000, 15, 14), (1200, 1290, 1135),
      (1, 4999, 4999),
      (1, 5000, 5000), (1, 5001, 5000), (10_000, 77, 0),
    ] as [(Int64, Int64, Int64)])
  func aPercentageRoundsTheNewNetHalfUp(points: Int64, net: Int64, after: Int64) {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", net)]),
      coupons: [CouponOffer(terms: Fixture.coupon(1, .memberPercent(BasisPoints(points))))])

    #expect(nets(quote) == [after])
    #expect(quote.coupons[0].refusal == (after == net ? .nothingOff : nil))
  }

  @Test func percentagesComeFirstThenAmountsByPriorityThenCode() {
    let shown = [
      Fixture.coupon(5, .amountOff(Money(fen: 5)), priority: 1),
      Fixture.coupon(4, .amountOff(Money(fen: 4)), priority: 0),
      Fixture.coupon(3, .amountOff(Money(fen: 3)), priority: 0),
      Fixture.coupon(2, .memberPercent(BasisPoints(1000)), priority: 9),
    ].map { CouponOffer(terms: $0) }

    let quote = Fixture.quote(Fixture.basket([("粮油", 1000)]), coupons: shown)

    #expect(quote.coupons.map(\.terms.code) == ["C2", "C3", "C4", "C5"])
    #expect(quote.lines[0].adjustments.map(\.amount.fen) == [-100, -3, -4, -5])
    #expect(quote == Fixture.quote(Fixture.basket([("粮油", 1000)]), coupons: shown.reversed()))
  }

  @Test func aMinimumLooksAtItsGoodsAfterTheStepsBefore() {
    let percent = CouponOffer(terms: Fixture.coupon(1, .memberPercent(BasisPoints(1000))))
    func quote(minimumFen: Int64) -> Quote {
      let amount = CouponOffer(
        terms: Fixture.coupon(
          2, .amountOff(Money(fen: 100)), minimumFen: minimumFen,
          goods: GoodsSet(allowed: ["粮油"])))
      return Fixture.quote(
        Fixture.basket([("粮油", 1000), ("乳品", 5000)]), coupons: [percent, amount])
    }

    #expect(nets(quote(minimumFen: 900)) == [800, 4500])
    #expect(
      quote(minimumFen: 901).coupons[1].refusal
        == .belowMinimumSpend(needed: Money(fen: 901), spent: Money(fen: 900)))
    #expect(nets(quote(minimumFen: 901)) == [900, 4500])
  }

  @Test func ofAGroupOnlyTheFirstThatAppliesTakesEffect() {
    let shown = [
      Fixture.coupon(1, .amountOff(Money(fen: 50)), minimumFen: 9999, group: "a"),
      Fixture.coupon(2, .amountOff(Money(fen: 20)), group: "a"),
      Fixture.coupon(3, .amountOff(Money(fen: 30)), group: "a"),
      Fixture.coupon(4, .amountOff(Money(fen: 40)), group: "b"),
    ].map { CouponOffer(terms: $0) }

    let quote = Fixture.quote(Fixture.basket([("粮油", 1000)]), coupons: shown)

    #expect(quote.coupons.map(\.amount.fen) == [0, 20, 0, 40])
    #expect(quote.coupons[2].refusal == .groupTaken("a"))
  }

  @Test func aCouponShownTwiceIsUsedOnce() {
    let offer = CouponOffer(terms: Fixture.coupon(1, .amountOff(Money(fen: 50))))

    let quote = Fixture.quote(Fixture.basket([("粮油", 1000)]), coupons: [offer, offer])

    #expect(nets(quote) == [950])
    #expect(quote.coupons.count == 1)
  }

  @Test func theFundOrASponsorOwesWhatItsCouponTookOff() throws {
    let shown = [
      Fixture.coupon(1, .amountOff(Money(fen: 100)), payer: .fund),
      Fixture.coupon(2, .amountOff(Money(fen: 30)), payer: .sponsor("milk")),
      Fixture.coupon(3, .amountOff(Money(fen: 7)), payer: .station),
    ].map { CouponOffer(terms: $0) }
    let quote = Fixture.quote(Fixture.basket([("粮油", 1000)]), coupons: shown)

    let entry = try Fixture.sale(quote).entry(policy: quote.policy)

    #expect(
      entry.postings == [
        Posting(.cash, MicroYuan(8_630_000)), Posting(.sales, MicroYuan(-10_000_000)),
        Posting(.couponClaims("fund"), MicroYuan(1_000_000)),
        Posting(.couponClaims("milk"), MicroYuan(300_000)),
        Posting(.discounts, MicroYuan(70_000)), Posting(.pledge, MicroYuan(172_600)),
        Posting(.charityFund, MicroYuan(-172_600)),
      ])
  }
}

/// Every reason, at each of its boundaries.
@Suite struct CouponRefusalTests {
  /// 2026-11-20 23:00 in Zhengzhou, a Friday.
  private static let at = BusinessDate(daysSince1970: 20_777)

  private func refusal(
    _ terms: CouponTerms, usesInAll: Int = 0, usesByMember: Int = 0, isEnded: Bool = false,
    at occasion: Occasion = Fixture.occasion
  ) -> CouponRefusal? {
    Fixture.quote(
      Fixture.basket([("粮油", 1000)]),
      coupons: [
        CouponOffer(
          terms: terms, usesInAll: usesInAll, usesByMember: usesByMember, isEnded: isEnded)
      ], at: occasion
    ).coupons[0].refusal
  }

  private func coupon(
    holder: CouponHolder = .anyone, goods: GoodsSet = .all, window: UseWindow = .always,
    usesPerPerson: Int? = nil, usesInAll: Int? = nil
  ) -> CouponTerms {
    Fixture.coupon(
      1, .amountOff(Money(fen: 1)), holder: holder, goods: goods, window: window,
      usesPerPerson: usesPerPerson, usesInAll: usesInAll)
  }

  @Test func datesIncludeBothEnds() {
    let today = BusinessDate(atMs: Fixture.context.atMs)
    let before = BusinessDate(daysSince1970: today.daysSince1970 - 1)
    let after = BusinessDate(daysSince1970: today.daysSince1970 + 1)

    #expect(refusal(coupon(window: UseWindow(from: today, until: today))) == nil)
    #expect(refusal(coupon(window: UseWindow(from: after))) == .notYetValid(from: after))
    #expect(refusal(coupon(window: UseWindow(until: before))) == .expired(until: before))
  }

  @Test func hoursIncludeTheStartNotTheEnd() throws {
    let midnight = Int64(BusinessDate(atMs: Fixture.context.atMs).daysSince1970) * 86_400_000
    func refusal(minute: Int64, _ from: Int, _ until: Int) throws -> CouponRefusal? {
      let range = try #require(HourRange(fromMinute: from, untilMinute: until))
      let atMs = midnight - BusinessDate.offsetMs + minute * 60_000
      return self.refusal(
        coupon(window: UseWindow(hours: [range])),
        at: Occasion(stationID: Fixture.context.stationID, atMs: atMs))
    }

    #expect(try refusal(minute: 479, 480, 720) == .notAtThisHour)
    #expect(try refusal(minute: 480, 480, 720) == nil)
    #expect(try refusal(minute: 719, 480, 720) == nil)
    #expect(try refusal(minute: 720, 480, 720) == .notAtThisHour)
    #expect(try refusal(minute: 1439, 1320, 120) == nil)
    #expect(try refusal(minute: 119, 1320, 120) == nil)
    #expect(try refusal(minute: 120, 1320, 120) == .notAtThisHour)
    #expect(HourRange(fromMinute: 5, untilMinute: 5) == nil)
    #expect(HourRange(fromMinute: -1, untilMinute: 5) == nil)
    #expect(HourRange(fromMinute: 0, untilMinute: 1441) == nil)
  }

  @Test func weekdaysAreThoseOfTheBusinessDay() {
    #expect(BusinessDate(daysSince1970: 0).weekday == .thursday)
    #expect(BusinessDate(daysSince1970: 20_778).weekday == .saturday)
    let today = BusinessDate(atMs: Fixture.context.atMs).weekday
    let others = Set(Weekday.allCases).subtracting([today])

    #expect(refusal(coupon(window: UseWindow(weekdays: [today]))) == nil)
    #expect(refusal(coupon(window: UseWindow(weekdays: others))) == .notOnThisWeekday)
  }

  @Test func placesUsesHoldersAndGoods() {
    #expect(
      refusal(coupon(window: UseWindow(stations: [Fixture.context.stationID]))) == nil)
    #expect(
      refusal(coupon(window: UseWindow(stations: [Fixture.id(99)]))) == .notAtThisStation)
    #expect(refusal(coupon(usesInAll: 3), usesInAll: 2) == nil)
    #expect(refusal(coupon(usesInAll: 3), usesInAll: 3) == .usedUp)
    #expect(refusal(coupon(usesPerPerson: 1), usesByMember: 0) == nil)
    #expect(refusal(coupon(usesPerPerson: 1), usesByMember: 1) == .usedUpByMember)
    let nobody = Occasion(stationID: Fixture.context.stationID, atMs: Fixture.context.atMs)
    #expect(refusal(coupon(usesPerPerson: 1), at: nobody) == .memberNeeded)
    #expect(refusal(coupon(holder: .members), at: nobody) == .memberNeeded)
    #expect(refusal(coupon(holder: .members)) == nil)
    #expect(refusal(coupon(holder: .member(Fixture.id(9)))) == nil)
    #expect(refusal(coupon(holder: .member(Fixture.id(8)))) == .memberNeeded)
    #expect(refusal(coupon(), isEnded: true) == .ended)
    #expect(refusal(coupon(goods: GoodsSet(denied: ["粮油"]))) == .noEligibleGoods)
    #expect(
      refusal(coupon(goods: GoodsSet(allowed: ["粮油"], denied: ["粮油"]))) == .noEligibleGoods)
  }

  @Test func termsAreReadAsTheyWereWritten() throws {
    let window = UseWindow(
      stations: [Fixture.id(1), Fixture.id(2)], from: Self.at, until: Self.at,
      weekdays: [.monday, .sunday],
      hours: [try #require(HourRange(fromMinute: 1320, untilMinute: 120))])
    let all = Fixture.coupon(
      1, .memberPercent(BasisPoints(500)), payer: .sponsor("milk"),
      holder: .member(Fixture.id(4)), minimumFen: 7,
      goods: GoodsSet(allowed: ["乳品"], denied: ["酒"]), window: window, usesPerPerson: 1,
      usesInAll: 5, group: "g", priority: 3, comesBack: true)
    let few = Fixture.coupon(2, .amountOff(Money(fen: 5)), payer: .fund, holder: .members)

    for terms in [all, few] {
      #expect(try CouponTerms(json: terms.json) == terms)
    }
  }
}
