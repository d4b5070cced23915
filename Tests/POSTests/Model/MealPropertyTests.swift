import POS
import Testing

/// Any order of arrival gives the same meals, charges and subsidies: those of the plain model.
@Suite struct MealPropertyTests {
  static let seeds: Range<UInt64> = 0..<2500

  /// How often each kind came up, so that a generator gone dull is seen.
  private struct Tally {
    var kinds: [String: Int] = [:]
    var adjusted = 0
    var subsidies = 0
  }

  @Test func everyOrderOfArrivalGivesWhatTheModelSays() {
    var tally = Tally()
    for seed in Self.seeds {
      var script = MealScript(seed: seed)
      let closed = script.closedDay()
      let model = script.model(closed: closed)
      let expected = model.meals(
        of: script.passes, words: script.words)
      for _ in 0..<2 {
        let found = arrive(&script, closed: closed, tally: &tally)
        #expect(found.meals == expected, "seed \(seed)")
        #expect(found.ledger == ledger(of: expected, less: closed), "seed \(seed)")
      }
      for meal in expected.values { tally.kinds[meal.kind, default: 0] += 1 }
      tally.subsidies += expected.values.count { $0.subsidyFen > 0 }
    }
    for kind in ["served", "repeat", "second", "conflict", "exception"] {
      #expect(tally.kinds[kind, default: 0] > 300, "\(tally)")
    }
    #expect(tally.adjusted > 500 && tally.subsidies > 500, "\(tally)")
  }

  /// Lets passes and words come in a random order, judges after each, and keeps books of the
  /// differences as the store does.
  private func arrive(
    _ script: inout MealScript, closed: [Int: PlainMeals.Meal], tally: inout Tally
  ) -> (meals: [Int: PlainMeals.Meal], ledger: LedgerSums) {
    var ledger = LedgerSums()
    var charges: [MealPassID: MealCharge?] = [:]
    var arrived = script.fixedEvents(closed)
    for event in arrived { charges[event.pass.id] = event.fixed?.charge }
    var decisions: [MealDecision] = []
    for step in script.arrivals() {
      script.apply(step, to: &arrived)
      decisions = Meals.decide(
        script.shuffled(arrived), of: script.diner,
        policies: PolicyTimeline(first: MealFixture.policy(MealFixture.twoPeriods)))
      let changes = decisions.filter { charges[$0.passID] != .some($0.charge) }
      tally.adjusted += changes.count { charges[$0.passID, default: nil] != nil }
      let entry = Entry(
        mealChanges: changes.map { (was: charges[$0.passID, default: nil], now: $0.charge) })
      for posting in entry.postings { ledger.add(posting.account.name, posting.amount.value) }
      for change in changes { charges[change.passID] = change.charge }
    }
    return (script.plain(decisions), ledger)
  }

  /// What the meals of the model post beyond what closed days had.
  private func ledger(
    of meals: [Int: PlainMeals.Meal], less closed: [Int: PlainMeals.Meal]
  ) -> LedgerSums {
    var sums = LedgerSums()
    for (sign, meals) in [(Int64(1), meals), (-1, closed)] {
      for meal in meals.values where meal.priceFen > 0 {
        let (price, subsidy) = (Int64(meal.priceFen) * 10_000, Int64(meal.subsidyFen) * 10_000)
        sums.add("income:meals", -price * sign)
        sums.add("assets:meal-subsidy:district", subsidy * sign)
        let payer =
          meal.way == "account" ? "liabilities:meal-accounts" : "assets:meals-on-account"
        sums.add(payer, (price - subsidy) * sign)
      }
    }
    return sums
  }
}
