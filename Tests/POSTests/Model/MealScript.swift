import POS

/// A person's passes over two days, what people say of them, and the orders in which all arrive.
struct MealScript {
  private var random: SplitMix64
  private(set) var passes: [PlainMeals.Pass] = []
  private(set) var words: [PlainMeals.Word] = []
  private var topUps: [(second: Int, fen: Int)] = []
  private let balanceFen: Int
  private let owedFen: Int
  /// Passes that came before their day was closed.
  private var isClosed: Set<Int> = []

  /// Something that arrives.
  enum Step {
    case pass(PlainMeals.Pass)
    case word(PlainMeals.Word)
  }

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    balanceFen = Int(random.pick([0, 0, 700, 1500, 5000]))
    owedFen = Int(random.pick([0, 0, 1000, 2000]))
    let count = Int(random.number(1, 9))
    let hasClosedDay = random.happens(percent: 40)
    for id in 1...count {
      passes.append(pass(id))
      if hasClosedDay, random.happens(percent: 40) { isClosed.insert(id) }
      if random.happens(percent: 35) {
        let word = random.pick(["confirmed", "settled", "dismissed"])
        words.append(PlainMeals.Word(pass: id, word: word, order: words.count))
      }
    }
    for _ in 0..<random.number(0, 2) {
      topUps.append((Int(random.number(10, 40)) * 3600, Int(random.number(1, 20)) * 100))
    }
  }

  private mutating func pass(_ id: Int) -> PlainMeals.Pass {
    let day = Int(random.number(0, 1))
    let hour = random.pick([(625, 660), (690, 720), (790, 825), (1010, 1040), (1100, 1150)])
    let minute = Int(random.number(Int64(hour.0), Int64(hour.1)))
    let second = random.happens(percent: 50) ? 0 : Int(random.number(0, 59))
    return PlainMeals.Pass(
      id: id, centre: Int(random.number(1, 2)), second: day * 86_400 + minute * 60 + second,
      isBad: random.happens(percent: 8))
  }

  var diner: Diner {
    Diner(
      person: MealFixture.old,
      carried: MealAccount(
        balance: Money(fen: Int64(balanceFen)), owed: Money(fen: Int64(owedFen))),
      money: topUps.map {
        MealMoney(kind: .topUp, amount: Money(fen: Int64($0.fen)), atMs: at($0.second))
      })
  }

  private func at(_ second: Int) -> Int64 { MealFixture.at(0, 0) + Int64(second) * 1000 }

  func model(closed: [Int: PlainMeals.Meal]) -> PlainMeals {
    PlainMeals(closed: closed, balanceFen: balanceFen, owedFen: owedFen, topUps: topUps)
  }

  /// What was decided of the passes that came before the close, by the model; words came later.
  func closedDay() -> [Int: PlainMeals.Meal] {
    PlainMeals(balanceFen: 100_000).meals(
      of: passes.filter { isClosed.contains($0.id) }, words: [])
  }

  // MARK: - Arrival

  mutating func arrivals() -> [Step] {
    let late = passes.filter { !isClosed.contains($0.id) }
    let steps = late.map { Step.pass($0) } + words.map { Step.word($0) }
    return steps.isEmpty ? [.word(PlainMeals.Word(pass: 0, word: "", order: 0))] : shuffled(steps)
  }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var left = elements
    var taken: [Element] = []
    while !left.isEmpty {
      taken.append(left.remove(at: Int(random.number(0, Int64(left.count) - 1))))
    }
    return taken
  }

  /// A pass is new or gets the words that were said before it came; a word goes to its pass.
  func apply(_ step: Step, to events: inout [MealEvent]) {
    switch step {
    case .pass(let pass):
      events.append(event(pass, said.last { $0.pass == pass.id }))
    case .word(let word):
      guard let place = events.firstIndex(where: { $0.pass.id == Fixture.id(1000 + word.pass) })
      else { return }
      let old = events[place]
      events[place] = MealEvent(
        old.pass, isEnrolled: old.isEnrolled, ruling: ruling(word), fixed: old.fixed)
    }
  }

  private var said: [PlainMeals.Word] { words }

  private func ruling(_ word: PlainMeals.Word) -> RulingInOrder? {
    MealRuling(rawValue: word.word).map { RulingInOrder($0, order: Int64(word.order)) }
  }

  private func event(
    _ pass: PlainMeals.Pass, _ word: PlainMeals.Word?, fixed: MealDecision? = nil
  ) -> MealEvent {
    let made = MealFixture.pass(
      pass.id, centre: pass.centre, at(pass.second), receivedAtMs: at(10 * 86_400), isLive: false,
      isClockDoubtful: pass.isBad)
    return MealEvent(made, isEnrolled: true, ruling: word.flatMap { ruling($0) }, fixed: fixed)
  }

  /// The passes of the closed day as the store would hand them over, without words.
  func fixedEvents(_ closed: [Int: PlainMeals.Meal]) -> [MealEvent] {
    passes.filter { isClosed.contains($0.id) }.map { pass in
      event(pass, nil, fixed: decision(pass, closed[pass.id] ?? PlainMeals.Meal(kind: "")))
    }
  }

  // MARK: - The same in both languages

  private func decision(_ pass: PlainMeals.Pass, _ meal: PlainMeals.Meal) -> MealDecision {
    let minute = pass.second % 86_400 / 60
    let period = minute < 900 ? "lunch" : "dinner"
    let other: MealPassID = Fixture.id(1000 + (meal.of ?? 0))
    let verdict: MealVerdict =
      switch meal.kind {
      case "served": .served(period: period)
      case "repeat": .repeated(of: other)
      case "second": .second(of: other, period: period)
      case "conflict": .conflict(with: other, period: period)
      default: .exception(pass.isBad ? .clockOff : .outsideHours)
      }
    let subsidy =
      meal.subsidyFen == 0
      ? nil
      : MealSubsidy(
        rule: "age70", funder: "district", amount: Money(fen: Int64(meal.subsidyFen)))
    let charge = meal.way.flatMap { MealCharge.Way(rawValue: $0) }.map {
      MealCharge(price: Money(fen: Int64(meal.priceFen)), subsidy: subsidy, way: $0)
    }
    return MealDecision(
      passID: Fixture.id(1000 + pass.id), personID: nil, centreID: Fixture.id(10 + pass.centre),
      atMs: at(pass.second),
      date: BusinessDate(atMs: at(pass.second)), verdict: verdict, ruling: nil, charge: charge)
  }

  func plain(_ decisions: [MealDecision]) -> [Int: PlainMeals.Meal] {
    var meals: [Int: PlainMeals.Meal] = [:]
    for decision in decisions {
      guard let pass = passes.first(where: { Fixture.id(1000 + $0.id) == decision.passID }) else {
        continue
      }
      let other = decision.verdict.otherPass.flatMap { other in
        passes.first { Fixture.id(1000 + $0.id) == other }?.id
      }
      meals[pass.id] = PlainMeals.Meal(
        kind: decision.verdict.word, of: other, priceFen: Int(decision.charge?.price.fen ?? 0),
        subsidyFen: Int(decision.charge?.subsidy?.amount.fen ?? 0),
        way: decision.charge?.way.rawValue)
    }
    return meals
  }
}
