import POS
import Testing

@Suite struct PaymentTests {
  /// policy, due, cash given → kept, change (fen); `nil` given back means refused.
  @Test(
    arguments: [
      (.none, 2525, 3000, 2525, 475), (.downToJiao, 2525, 3000, 2520, 480),
      (.downToYuan, 2525, 3000, 2500, 500), (.nearestJiao, 2525, 3000, 2530, 470),
      (.nearestJiao, 2524, 3000, 2520, 480), (.downToYuan, 99, 100, 99, 1),
      (.downToJiao, 9, 9, 9, 0), (.nearestJiao, 4, 4, 4, 0), (.none, 0, 500, 0, 500),
      (.downToYuan, 150, 100, 100, 0), (.nearestJiao, 5, 10, 10, 0),
    ] as [(CashRounding, Int64, Int64, Int64, Int64)])
  func cashIsRoundedByPolicyAndChangeGivenBack(
    rounding: CashRounding, due: Int64, given: Int64, kept: Int64, change: Int64
  ) throws {
    let payment = try Payment(
      due: Money(fen: due), tendering: Tendering(cashGiven: Money(fen: given)),
      rounding: rounding)

    #expect(payment.cashKept.fen == kept)
    #expect(payment.change.fen == change)
    #expect(payment.cashPart.fen == due)
    #expect(payment.remaining == .zero)
  }

  @Test func codePaymentsAreNotRounded() throws {
    let payment = try Payment(
      due: Money(fen: 2525),
      tendering: Tendering(codePayments: [
        CodePayment(kind: .wechat, amount: Money(fen: 2525), reference: "w")
      ]), rounding: .downToYuan)

    #expect(payment.cashKept == .zero)
    #expect(payment.rounding == .zero)
    #expect(payment.remaining == .zero)
  }

  @Test func moreThanTheBillCannotBePaidByCode() {
    let tendering = Tendering(codePayments: [
      CodePayment(kind: .alipay, amount: Money(fen: 2526), reference: "a")
    ])

    #expect(throws: CheckoutRefusal.codePaymentsExceedDue(excess: Money(fen: 1))) {
      try Payment(due: Money(fen: 2525), tendering: tendering, rounding: .none)
    }
  }

  @Test func tooLittleCashSaysWhatIsMissing() throws {
    let payment = try Payment(
      due: Money(fen: 2525), tendering: Tendering(cashGiven: Money(fen: 2000)),
      rounding: .downToJiao)

    #expect(payment.remaining.fen == 520)
    #expect(payment.change == .zero)
  }

  @Test func quickCashOffersTheSumAndTheNextNotes() {
    let suggestions = cashSuggestions(for: Money(fen: 2525)).map(\.fen)

    #expect(suggestions == [2525, 3000, 5000, 10_000])
    #expect(cashSuggestions(for: .zero).isEmpty)
  }

  @Test func aSaleSaysWhyItIsRefusedInTheOrderOfTheChecks() throws {
    let override = PriceOverride(price: Money(fen: 1), reason: .damaged)
    let basket = Basket(items: [
      Fixture.item("米", listFen: 1000, .units(1), override: override)
    ])
    func refusal(_ basket: Basket, seen: Int64, _ acts: Set<ManagedAct>) -> CheckoutRefusal? {
      do throws(CheckoutRefusal) {
        _ = try Checkout.sale(
          id: Fixture.id(1), of: Quote(basket, policy: .erqi),
          offer: CheckoutOffer(
            seenDue: Money(fen: seen), tendering: Tendering(), allowedActs: acts),
          at: Fixture.context)
        return nil
      } catch { return error }
    }

    #expect(refusal(Basket(items: []), seen: 5, []) == .emptyBasket)
    #expect(
      refusal(basket, seen: 5, []) == .priceChanged(due: Money(fen: 1), seen: Money(fen: 5)))
    #expect(refusal(basket, seen: 1, []) == .approvalNeeded([.priceOverride]))
    #expect(
      refusal(basket, seen: 1, [.priceOverride]) == .underpaid(missing: Money(fen: 1)))
  }
}
