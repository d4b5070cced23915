/// What is known of a pass when it is judged.
public struct MealEvent: Equatable, Sendable {
  public let pass: MealPass
  /// Whether its number is a person's on that day.
  public let isEnrolled: Bool
  /// What people said of it, with the order in which they did; the last word counts.
  public let ruling: RulingInOrder?
  /// What was decided on a day that is closed: it stays.
  public let fixed: MealDecision?

  public init(
    _ pass: MealPass, isEnrolled: Bool, ruling: RulingInOrder? = nil, fixed: MealDecision? = nil
  ) {
    self.pass = pass
    self.isEnrolled = isEnrolled
    self.ruling = ruling
    self.fixed = fixed
  }
}

/// A ruling and its place among all rulings.
public struct RulingInOrder: Equatable, Sendable {
  public let ruling: MealRuling
  public let order: Int64

  public init(_ ruling: MealRuling, order: Int64) {
    self.ruling = ruling
    self.order = order
  }
}

/// A person as meals see it, with what came before the events that are judged.
public struct Diner: Equatable, Sendable {
  /// `nil` for a number nobody has.
  public let person: PersonFacts?
  /// The account as all that is fixed left it.
  public let carried: MealAccount
  /// Money since, as it came in.
  public let money: [MealMoney]

  public init(person: PersonFacts?, carried: MealAccount = .empty, money: [MealMoney] = []) {
    self.person = person
    self.carried = carried
    self.money = money
  }
}

/// The rules of meals (助餐, RULES 6).
///
/// Invariants:
/// 1. What is decided is a function of the **set** of a person's events, never of their arrival:
///    events are taken in the order of their time, centre and id.
/// 2. One meal comes of the passes of one person at one centre within the repeat window, and it is
///    charged at most once.
/// 3. In one period of one day one meal is served. Any other is charged only when people say so,
///    at its full price, and never has a subsidy.
/// 4. What a closed day decided stays; late events are judged against it.
public enum Meals {
  /// Judges all events of one person that are not fixed, and what became of those that are.
  ///
  /// - Parameter events: all passes of a person on the days in question, each once, and what they
  ///   were decided to be where their day is closed; the passes of an unknown person one by one.
  /// - Returns: a decision for each event, in the order of time, centre and id.
  public static func decide(
    _ events: [MealEvent], of diner: Diner, policies: PolicyTimeline
  ) -> [MealDecision] {
    var table = MealTable(diner: diner, policies: policies)
    return table.decide(events.sorted { $0.isBefore($1) })
  }
}

extension MealEvent {
  /// The order in which events are taken: time, centre, id.
  func isBefore(_ other: MealEvent) -> Bool {
    let (mine, theirs) = (pass, other.pass)
    if mine.atMs != theirs.atMs { return mine.atMs < theirs.atMs }
    if mine.centreID != theirs.centreID { return mine.centreID.text < theirs.centreID.text }
    return mine.id.text < theirs.id.text
  }
}
