import POS
import Testing

@Suite struct VoucherTests {
  private func paid(_ quote: Quote) -> [String: Int64] {
    Dictionary(uniqueKeysWithValues: quote.vouchers.map { ($0.offer.codeOrder, $0.paid.fen) })
  }

  /// The vector of RULES 3, with either kind and in either order.
  @Test(arguments: VoucherKind.allCases)
  func theNarrowVoucherLeavesRoomForTheWideOne(kind: VoucherKind) {
    let shown = [
      Fixture.voucher(1, kind, worthFen: 1000, goods: ["粮油", "乳品"]),
      Fixture.voucher(2, kind, worthFen: 1000, goods: ["乳品"]),
    ]
    let basket = Fixture.basket([("粮油", 800), ("乳品", 1000)])

    let quote = Fixture.quote(basket, vouchers: shown)

    #expect(quote.vouchers.map(\.offer.codeOrder) == ["V2", "V1"])
    #expect(quote.vouchers.map { $0.cells.map(\.fen) } == [[0, 1000], [800, 0]])
    #expect(quote.remaining == .zero)
    #expect(quote == Fixture.quote(basket, vouchers: shown.reversed()))
  }

  @Test func anUntouchedVoucherStaysUnspent() {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 800)]),
      vouchers: [
        Fixture.voucher(1, .singleUse, worthFen: 1000),
        Fixture.voucher(2, .singleUse, worthFen: 800),
      ])

    #expect(paid(quote) == ["V1": 0, "V2": 800])
    #expect(quote.forfeited == .zero)
    #expect(quote.vouchers.allSatisfy { $0.refusal == nil })
    #expect(quote.placedVouchers.map(\.id) == [Fixture.id(2002)])
  }

  /// A balance waits while a single visit would lose what it does not pay.
  @Test func theLeastIsForfeited() {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 800), ("乳品", 700)]),
      vouchers: [
        Fixture.voucher(
          1, .balance, worthFen: 700, expiry: BusinessDate(daysSince1970: 20_800)),
        Fixture.voucher(2, .singleUse, worthFen: 1000),
      ])

    #expect(paid(quote) == ["V1": 500, "V2": 1000])
    #expect(quote.forfeited == .zero)
  }

  @Test func moreIsPaidBeforeLessIsForfeited() {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 100), ("乳品", 700)]),
      vouchers: [
        Fixture.voucher(1, .balance, worthFen: 700), Fixture.voucher(2, .singleUse, worthFen: 5000),
      ])

    #expect(paid(quote) == ["V1": 0, "V2": 800])
    #expect(quote.forfeited == Money(fen: 4200))
  }

  @Test func theSoonerToExpirePaysFirst() {
    let soon = BusinessDate(daysSince1970: 20_800)
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 800)]),
      vouchers: [
        Fixture.voucher(1, .balance, worthFen: 700),
        Fixture.voucher(2, .balance, worthFen: 500, expiry: soon),
      ])

    #expect(paid(quote) == ["V1": 300, "V2": 500])
  }

  @Test func whatIsNotCoveredSaysWhy() {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 800), ("酒", 100), ("饮料", 200), ("零食", 300), ("乳品", 400)]),
      vouchers: [
        Fixture.voucher(
          1, .balance, worthFen: 700, goods: ["粮油", "酒", "零食"], denied: ["零食"]),
        Fixture.voucher(2, .balance, worthFen: 900, goods: ["乳品"], capFen: 300),
      ])

    #expect(
      quote.vouchers.map { one in one.uncovered.map { "\($0.line) \($0.reason)" } } == [
        [
          "0 categoryNotAllowed", "1 deniedToRelief", "2 categoryNotAllowed",
          "3 categoryNotAllowed", "4 dailyCapReached",
        ],
        [
          "0 worthUsed", "1 deniedToRelief", "2 categoryNotAllowed", "3 categoryDenied",
          "4 categoryNotAllowed",
        ],
      ])
  }

  @Test func policySaysWhatReliefMoneyNeverPays() {
    let basket = Fixture.basket([("白酒", 100), ("乳品", 100)])
    let voucher = Fixture.voucher(1, .balance, worthFen: 900, goods: ["白酒", "乳品"])
    let dry = CharityPolicy(
      id: "dry", effectiveFrom: BusinessDate(daysSince1970: 0), concessionRate: BasisPoints(0),
      concessionDestination: .toShopper, pledgeRate: BasisPoints(200), cashRounding: .none,
      refundLimit: .zero, dayCutMinutes: 0, reliefDeniedCategories: ["乳品"])

    #expect(
      Fixture.quote(basket, vouchers: [voucher]).vouchers[0].cells == [.zero, Money(fen: 100)])
    #expect(
      Fixture.quote(basket, vouchers: [voucher], policy: dry).vouchers[0].cells
        == [Money(fen: 100), .zero])
    #expect(CharityPolicy(json: dry.json) == dry)
    #expect(CharityPolicy.erqi.json["reliefDeniedCategories"] == nil)
  }

  @Test func aGiftIsNeverPaidWithAVoucher() throws {
    var basket = Fixture.basket([("粮油", 930)])
    basket.gift = .roundUpToYuan(campaign: "general")
    let quote = Fixture.quote(
      basket, vouchers: [Fixture.voucher(1, .balance, worthFen: 900)])

    let sale = try Fixture.sale(quote)

    #expect(quote.gift?.amount == Money(fen: 70))
    #expect(quote.remaining == Money(fen: 100))
    #expect(sale.map.cells == [[Money(fen: 900), Money(fen: 30)], [.zero, Money(fen: 70)]])
  }

  @Test func aRefusedVoucherStopsTheSaleUntilItIsTakenOff() throws {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 800)]),
      vouchers: [
        Fixture.voucher(1, .balance, worthFen: 500),
        Fixture.voucher(2, .balance, worthFen: 500, state: .blocked),
      ])

    #expect(throws: CheckoutRefusal.voucherRefused(Fixture.id(2002), .blocked)) {
      try Fixture.sale(quote)
    }
  }

  @Test func aCashierWhoSawOtherAmountsIsToldSo() {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 300)]), vouchers: [Fixture.voucher(1, .singleUse, worthFen: 500)])
    let now = SeenVouchers(paid: Money(fen: 300), forfeited: Money(fen: 200))

    #expect(throws: CheckoutRefusal.vouchersChanged(now: now, seen: .none)) {
      try Checkout.sale(
        id: Fixture.id(1), of: quote,
        offer: CheckoutOffer(seenDue: quote.due, tendering: Tendering(), allowedActs: []),
        at: Fixture.context)
    }
  }

  @Test func vouchersThenCodePaymentsThenCash() throws {
    let quote = Fixture.quote(
      Fixture.basket([("粮油", 800), ("乳品", 1000)]),
      vouchers: [Fixture.voucher(1, .singleUse, worthFen: 700, goods: ["粮油"])])
    let tendering = Tendering(
      codePayments: [CodePayment(kind: .wechat, amount: Money(fen: 550), reference: "w")],
      cashGiven: Money(fen: 600))

    let sale = try Fixture.sale(quote, tendering: tendering)

    #expect(sale.map.cells.map { $0.map(\.fen) } == [[700, 50, 50], [0, 500, 500]])
    #expect(sale.payment.change == Money(fen: 50))
    #expect(throws: CheckoutRefusal.codePaymentsExceedDue(excess: Money(fen: 1))) {
      let wechat = CodePayment(kind: .wechat, amount: Money(fen: 1101), reference: "w")
      _ = try quote.payment(Tendering(codePayments: [wechat]))
    }
  }
}

/// Every reason in the order of RULES 3: each case breaks one rule and all rules after it.
@Suite struct VoucherRefusalTests {
  private static let today = BusinessDate(atMs: Fixture.context.atMs)
  private static let yesterday = BusinessDate(daysSince1970: today.daysSince1970 - 1)
  private static let tomorrow = BusinessDate(daysSince1970: today.daysSince1970 + 1)

  private func refusal(
    isWithHolder: Bool = true, from: BusinessDate? = nil, until: BusinessDate = today,
    window: UseWindow = .always, worthFen: Int64 = 500, state: VoucherState = .active,
    spentTodayFen: Int64 = 0, goods: Set<String>? = nil
  ) -> VoucherRefusal? {
    Fixture.quote(
      Fixture.basket([("粮油", 300)]),
      vouchers: [
        Fixture.voucher(
          1, .balance, worthFen: worthFen, goods: goods, window: window, capFen: 100,
          spentTodayFen: spentTodayFen, state: state, validFrom: from, expiry: until,
          isWithHolder: isWithHolder)
      ]
    ).vouchers[0].refusal
  }

  @Test func theFirstReasonIsGiven() {
    let wrongDay = Set(Weekday.allCases).subtracting([Self.today.weekday])
    let elsewhere: Set<StationID> = [Fixture.id(77)]
    let nowhen = UseWindow(stations: elsewhere, weekdays: wrongDay, hours: [])
    let noHour = UseWindow(stations: elsewhere, hours: [])

    #expect(
      refusal(
        isWithHolder: false, until: Self.yesterday, window: nowhen, state: .blocked,
        spentTodayFen: 100, goods: []) == .notWithHolder)
    #expect(
      refusal(
        until: Self.yesterday, window: nowhen, state: .blocked, spentTodayFen: 100, goods: [])
        == .expired(until: Self.yesterday))
    #expect(
      refusal(
        from: Self.tomorrow, until: Self.tomorrow, window: nowhen, state: .blocked, goods: [])
        == .notYetValid(from: Self.tomorrow))
    #expect(refusal(window: nowhen, state: .blocked, goods: []) == .notOnThisWeekday)
    #expect(refusal(window: noHour, state: .blocked, goods: []) == .notAtThisHour)
    #expect(
      refusal(window: UseWindow(stations: elsewhere), state: .blocked, goods: [])
        == .notAtThisStation)
    #expect(refusal(worthFen: 0, state: .blocked, spentTodayFen: 100, goods: []) == .spent)
    #expect(refusal(state: .spent, spentTodayFen: 100, goods: []) == .spent)
    #expect(refusal(state: .blocked, spentTodayFen: 100, goods: []) == .blocked)
    #expect(refusal(spentTodayFen: 100, goods: []) == .dailyCapReached(cap: Money(fen: 100)))
    #expect(refusal(spentTodayFen: 99, goods: []) == .noEligibleGoods)
    #expect(refusal(from: Self.today, spentTodayFen: 99, goods: ["粮油"]) == nil)
  }

  @Test func theProgrammesDaysHoldToo() {
    #expect(
      refusal(until: Self.tomorrow, window: UseWindow(until: Self.yesterday))
        == .expired(until: Self.yesterday))
    #expect(
      refusal(from: Self.yesterday, window: UseWindow(from: Self.tomorrow))
        == .notYetValid(from: Self.tomorrow))
  }

  @Test func aCapIsForBalancesOnly() {
    let single = Fixture.voucher(1, .singleUse, worthFen: 500, capFen: 100, spentTodayFen: 400)

    let quote = Fixture.quote(Fixture.basket([("粮油", 300)]), vouchers: [single])

    #expect(quote.vouchers[0].paid == Money(fen: 300))
    #expect(single.terms.dailyCap == nil)
  }

  @Test func termsAreReadAsTheyWereWritten() throws {
    let terms = Fixture.voucher(
      1, .balance, worthFen: 1, goods: ["乳品"], denied: ["酒"],
      window: UseWindow(weekdays: [.friday]), capFen: 5, refund: .toBalance
    ).terms

    #expect(try VoucherTerms(json: terms.json) == terms)
    #expect(
      Fixture.voucher(1, .singleUse, worthFen: 1, refund: .toBalance).terms.refundPolicy
        == .toProgramme)
  }
}

/// The worked entries of docs/LEDGER.md.
@Suite struct ReliefEntryTests {
  private static let policy = Fixture.policy()

  private func sale(refund: VoucherRefundPolicy) throws -> Sale {
    let coupon = CouponOffer(
      terms: Fixture.coupon(
        1, .amountOff(Money(fen: 100)), payer: .sponsor("milk"), comesBack: true))
    return try Fixture.sale(
      Fixture.quote(
        Fixture.basket([("粮油", 800), ("乳品", 1000)]), coupons: [coupon],
        vouchers: [
          Fixture.voucher(1, .singleUse, worthFen: 1000, goods: ["乳品"], refund: refund)
        ], policy: Self.policy))
  }

  private func everything(of sale: Sale) throws -> SaleReturn {
    try ReturnBook(sale, policy: Self.policy, earlier: []).quote(
      ReturnRequest(
        parts: sale.lines.indices.map {
          ReturnRequest.Part(line: $0, quantity: sale.lines[$0].quantity)
        }, includesGift: false, reason: .quality), id: Fixture.id(9), at: Fixture.context)
  }

  @Test func couponsAndAVoucher() throws {
    let programme: ProgrammeID = Fixture.id(3001)

    #expect(
      try sale(refund: .toProgramme).entry(policy: Self.policy).postings == [
        Posting(.voucherClaims(programme), MicroYuan(7_440_000)),
        Posting(.cash, MicroYuan(5_960_000)), Posting(.sales, MicroYuan(-18_000_000)),
        Posting(.concession, MicroYuan(3_600_000)),
        Posting(.couponClaims("milk"), MicroYuan(1_000_000)),
        Posting(.forfeited(programme), MicroYuan(2_560_000)),
        Posting(.forfeitedContra, MicroYuan(-2_560_000)), Posting(.pledge, MicroYuan(268_000)),
        Posting(.charityFund, MicroYuan(-268_000)),
      ])
  }

  @Test(arguments: VoucherRefundPolicy.allCases)
  func whenAllComesBackOnlyWhatIsLostStays(policy: VoucherRefundPolicy) throws {
    let sale = try sale(refund: policy)
    let back = try everything(of: sale)

    var sums = LedgerSums()
    for entry in [sale.entry(policy: Self.policy), back.entry(of: sale, policy: Self.policy)] {
      try sums.add(entry: entry.json)
    }
    let stays: [String] =
      policy == .lost
      ? [Account.forfeited(Fixture.id(3001)).name, Account.forfeitedContra.name].sorted() : []
    #expect(sums.rows.map(\.account) == stays)
    #expect(back.cashBack == Money(fen: 596))
    #expect(back.vouchers.map(\.amount) == [Money(fen: 744)])
    #expect(back.vouchers.map(\.destination) == [policy == .lost ? .lost : .toProgramme])
    #expect(back.vouchers.map(\.forfeitBack.fen) == [policy == .lost ? 0 : 256])
    #expect(back.couponsBack == [Fixture.id(1001)])
  }

  @Test func theBodySaysAllOfIt() throws {
    let sale = try sale(refund: .toProgramme)
    let back = try everything(of: sale)

    let body = sale.body(number: 7, policy: Self.policy)
    let backBody = back.body(number: 8, entry: back.entry(of: sale, policy: Self.policy))

    #expect(try Sale(body: body, atMs: Fixture.context.atMs) == sale)
    #expect(try SaleReturn(body: backBody, atMs: Fixture.context.atMs) == back)
    #expect(body["memberID"] == .string(Fixture.occasion.memberID?.text ?? ""))
    let plain = try Fixture.sale(Fixture.workedBasket)
    let plainBody = plain.body(number: 1, policy: Fixture.policy())
    for name in ["coupons", "vouchers", "memberID"] { #expect(plainBody[name] == nil) }
  }

  @Test func aForgedBodyIsNotBelieved() throws {
    let body = try sale(refund: .toProgramme).body(number: 7, policy: Self.policy)
    for (was, forgery) in [
      ("\"paidFen\":744", "\"paidFen\":745"), ("\"worthFen\":1000", "\"worthFen\":743"),
      ("\"amountFen\":100", "\"amountFen\":101"),
    ] {
      let text = String(decoding: body.bytes(), as: UTF8.self)
      let forged = text.replacing(was, with: forgery)
      try #require(forged != text)
      #expect(throws: RecordProblem.self) {
        try Sale(body: JSON(parsing: Array(forged.utf8)), atMs: 0)
      }
    }
  }
}
