/// One person's events on their way to decisions.
///
/// 1. Passes that are no meals whatever else there is, are exceptions.
/// 2. The others gather around the first of each centre within the repeat window: those are meals.
/// 3. Of the meals of a period one is served, the first that is not dismissed; its subsidy follows.
/// 4. The person's parts are paid in the order of time.
struct MealTable {
  private let diner: Diner
  private let policies: PolicyTimeline
  private var meals: [Sitting] = []

  init(diner: Diner, policies: PolicyTimeline) {
    self.diner = diner
    self.policies = policies
  }

  /// A meal with the passes that are of it.
  private struct Sitting {
    let event: MealEvent
    let date: BusinessDate
    let period: MealPeriod?
    /// What was decided on a closed day.
    let fixed: MealDecision?
    var ruling: RulingInOrder?
    var verdict: MealVerdict
    var charge: MealCharge?

    var isEaten: Bool { ruling?.ruling != .dismissed }
  }

  /// A period of a day.
  private struct Slot: Hashable {
    let date: BusinessDate
    let period: String
  }

  mutating func decide(_ events: [MealEvent]) -> [MealDecision] {
    var verdicts: [MealPassID: MealVerdict] = [:]
    for event in events { seatFixed(event) }
    for event in events where event.fixed == nil {
      if let verdict = seat(event) { verdicts[event.pass.id] = verdict }
    }
    meals.sort { $0.event.isBefore($1.event) }
    takeRulings(events, verdicts)
    serve()
    charge()
    return events.map { decision(of: $0, verdicts[$0.pass.id]) }
  }

  // MARK: - Which passes are meals

  private mutating func seatFixed(_ event: MealEvent) {
    guard let fixed = event.fixed, let code = fixed.verdict.period else { return }
    let period = policy(at: event).meals.periods.first { $0.code == code }
    meals.append(
      Sitting(
        event: event, date: fixed.date, period: period, fixed: fixed, verdict: fixed.verdict,
        charge: fixed.charge))
  }

  /// Makes a meal of an event; a verdict if it is none.
  private mutating func seat(_ event: MealEvent) -> MealVerdict? {
    let policy = policy(at: event)
    if let exception = exception(event, policy) { return .exception(exception) }
    if let same = sitting(within: policy.meals.repeatMinutes, of: event) {
      return .repeated(of: same.event.pass.id)
    }
    guard let period = policy.meals.period(atMs: event.pass.atMs) else {
      return .exception(.outsideHours)
    }
    meals.append(
      Sitting(
        event: event, date: date(of: event), period: period, fixed: nil,
        verdict: .served(period: period.code), charge: nil))
    return nil
  }

  /// The checks that look at nothing but the pass, in the order of `MealException`.
  private func exception(_ event: MealEvent, _ policy: CharityPolicy) -> MealException? {
    guard let person = diner.person else { return .unknownPerson }
    let toleranceMs = Int64(policy.meals.clockToleranceMinutes) * 60_000
    let pass = event.pass
    let aheadMs = pass.atMs.subtractingReportingOverflow(pass.receivedAtMs).partialValue
    if !event.isEnrolled { return .notEnrolled }
    if let deceasedOn = person.deceasedOn, deceasedOn <= date(of: event) { return .deceased }
    if pass.isClockDoubtful || pass.isLive && aheadMs.magnitude > toleranceMs { return .clockOff }
    return aheadMs > toleranceMs ? .inFuture : nil
  }

  /// The meal that an event is the same as: of its centre, within the window from the recorded
  /// pass. A late event may also lie before a meal that is fixed.
  private func sitting(within minutes: Int, of event: MealEvent) -> Sitting? {
    let windowMs = Int64(minutes) * 60_000
    return meals.filter { $0.event.pass.centreID == event.pass.centreID }
      .first { meal in
        let afterMs = event.pass.atMs - meal.event.pass.atMs
        return afterMs.magnitude <= windowMs && (afterMs >= 0 || meal.fixed != nil)
      }
  }

  /// A word on any pass of a meal is a word on the meal; the last one counts.
  private mutating func takeRulings(
    _ events: [MealEvent], _ verdicts: [MealPassID: MealVerdict]
  ) {
    let places = Dictionary(
      uniqueKeysWithValues: meals.enumerated().map { ($0.element.event.pass.id, $0.offset) })
    for event in events {
      let verdict = event.fixed?.verdict ?? verdicts[event.pass.id]
      var mealID = event.pass.id
      if case .repeated(let other)? = verdict { mealID = other }
      guard let ruling = event.ruling, let place = places[mealID] else { continue }
      if ruling.order >= meals[place].ruling?.order ?? .min { meals[place].ruling = ruling }
    }
  }

  // MARK: - Which meals are served

  private mutating func serve() {
    var served: [Slot: Int] = [:]
    let fixed = meals.indices.filter { meals[$0].fixed != nil && meals[$0].isEaten }
    for place in fixed.sorted(by: { precedence($0) < precedence($1) }) {
      guard let slot = slot(of: meals[place]), served[slot] == nil else { continue }
      let hasBeenServed = precedence(place).isNotServed == 0 || meals[place].charge != nil
      if hasBeenServed { served[slot] = place }
    }
    for place in meals.indices where meals[place].fixed == nil {
      guard let slot = slot(of: meals[place]) else { continue }
      guard let first = served[slot] else {
        if meals[place].isEaten { served[slot] = place }
        continue
      }
      let other = meals[first].event.pass
      meals[place].verdict =
        other.centreID == meals[place].event.pass.centreID
        ? .second(of: other.id, period: slot.period)
        : .conflict(with: other.id, period: slot.period)
    }
  }

  /// Of fixed meals a served one comes before any other, then the earlier one.
  private func precedence(_ place: Int) -> (isNotServed: Int, place: Int) {
    if case .served = meals[place].verdict { return (0, place) }
    return (1, place)
  }

  private func slot(of meal: Sitting) -> Slot? {
    (meal.fixed?.verdict.period ?? meal.period?.code).map { Slot(date: meal.date, period: $0) }
  }

  // MARK: - What they cost

  private mutating func charge() {
    var subsidised = Set(
      meals.filter { $0.fixed?.charge?.subsidy != nil && $0.isEaten }.map(\.date))
    var account = diner.carried
    var money = diner.money.sorted { $0.atMs < $1.atMs }[...]
    for place in meals.indices {
      while let next = money.first, next.atMs <= meals[place].event.pass.atMs {
        account.take(next)
        money.removeFirst()
      }
      let meal = meals[place]
      if isCharged(meal) {
        guard meal.charge == nil, let period = meal.period else { continue }
        let made = charge(meal, period, subsidised.contains(meal.date), account)
        if made.subsidy != nil { subsidised.insert(meal.date) }
        meals[place].charge = made
        account.take(made)
      } else if let charge = meal.charge {
        account.giveBack(charge)
        meals[place].charge = nil
      }
    }
  }

  private func isCharged(_ meal: Sitting) -> Bool {
    switch meal.verdict {
    case .served: meal.isEaten
    case .second: meal.ruling?.ruling == .confirmed
    case .conflict: meal.ruling?.ruling == .settled
    case .repeated, .exception: false
    }
  }

  private func charge(
    _ meal: Sitting, _ period: MealPeriod, _ isGivenToday: Bool, _ account: MealAccount
  ) -> MealCharge {
    let policy = policy(at: meal.event).meals
    var subsidy: MealSubsidy?
    if case .served = meal.verdict, let person = diner.person {
      subsidy = policy.subsidy(
        for: person, on: meal.date, price: period.price, isGivenToday: isGivenToday)
    }
    let rest = period.price - (subsidy?.amount ?? .zero)
    return MealCharge(
      price: period.price, subsidy: subsidy,
      way: account.way(toPay: rest, creditLimit: policy.creditLimit))
  }

  // MARK: - What is told

  private func decision(of event: MealEvent, _ verdict: MealVerdict?) -> MealDecision {
    let meal = meals.first { $0.event.pass.id == event.pass.id }
    return MealDecision(
      passID: event.pass.id, personID: event.pass.personID, centreID: event.pass.centreID,
      atMs: event.pass.atMs, date: event.fixed?.date ?? date(of: event),
      verdict: meal?.verdict ?? verdict ?? event.fixed?.verdict ?? .exception(.unknownPerson),
      ruling: (meal?.ruling ?? event.ruling)?.ruling, charge: meal?.charge)
  }

  private func policy(at event: MealEvent) -> CharityPolicy {
    policies.policy(atMs: event.pass.atMs)
  }

  private func date(of event: MealEvent) -> BusinessDate {
    policies.date(atMs: event.pass.atMs)
  }
}
