/// What looks wrong in meals before they are claimed (RULES 6).
public struct MealClaimCheck: Equatable, Sendable {
  /// What is looked for.
  public enum Kind: String, CaseIterable, Sendable {
    /// More meals of a period and day than people enrolled.
    case moreMealsThanEnrolled
    /// One person at two centres in one period.
    case twoCentres
    /// More people in one second than a queue can bring.
    case burst
    /// Meals of people who had died.
    case deceased
    /// A person who did not miss a day of at least four weeks.
    case everyDay
    /// Too many meals that no face was seen of.
    case notByFace

    /// What it found, in Chinese.
    public var name: String {
      switch self {
      case .moreMealsThanEnrolled: "份数多于登记人数"
      case .twoCentres: "同一餐次两处用餐"
      case .burst: "同一秒多人"
      case .deceased: "已登记离世"
      case .everyDay: "四周以上一天不缺"
      case .notByFace: "非刷脸偏多"
      }
    }

    /// What it found, in English.
    public var nameEn: String {
      switch self {
      case .moreMealsThanEnrolled: "more meals than enrolled"
      case .twoCentres: "two centres in one period"
      case .burst: "many people in one second"
      case .deceased: "recorded as deceased"
      case .everyDay: "not one day missed"
      case .notByFace: "many without a face"
      }
    }
  }

  public let kind: Kind
  public let centreID: CentreID
  /// The meals in question, in order.
  public let meals: [MealPassID]
  public let isOK: Bool

  /// People in one second that a queue cannot bring.
  public static let burstSize = 3
  /// A meal in so many, or fewer, may be without a face.
  public static let facelessShare = 5
  /// Days that are called a month without a break.
  public static let longDays = 28

  /// All checks of each centre, in the order of `Kind`.
  public static func all(
    _ meals: [ClaimedMeal], days: ClosedRange<BusinessDate>,
    enrolled: (CentreID, BusinessDate) -> Int
  ) -> [MealClaimCheck] {
    let byCentre = Dictionary(grouping: meals, by: \.centreID)
    return byCentre.keys.sorted { $0.text < $1.text }.flatMap { centreID in
      let here = (byCentre[centreID] ?? []).sorted { ($0.atMs, $0.id.text) < ($1.atMs, $1.id.text) }
      return Kind.allCases.map { kind in
        let found =
          switch kind {
          case .moreMealsThanEnrolled: tooMany(here) { enrolled(centreID, $0) }
          case .twoCentres: elsewhere(here, meals)
          case .burst: bursts(here)
          case .deceased: here.filter { meal in meal.deceasedOn.map { $0 <= meal.date } ?? false }
          case .everyDay: everyDay(here, days)
          case .notByFace: here.filter { !$0.isByFace }
          }
        let isOK =
          kind == .notByFace ? found.count * facelessShare <= here.count : found.isEmpty
        return MealClaimCheck(kind: kind, centreID: centreID, meals: found.map(\.id), isOK: isOK)
      }
    }
  }

  private static func tooMany(
    _ meals: [ClaimedMeal], _ enrolled: (BusinessDate) -> Int
  ) -> [ClaimedMeal] {
    Dictionary(grouping: meals) { "\($0.date) \($0.period)" }.values
      .filter { $0.count > enrolled($0[0].date) }
      .sorted { $0[0].atMs < $1[0].atMs }.flatMap { $0 }
  }

  private static func elsewhere(
    _ here: [ClaimedMeal], _ all: [ClaimedMeal]
  ) -> [ClaimedMeal] {
    let byPerson = Dictionary(grouping: all, by: \.personID)
    return here.filter { meal in
      byPerson[meal.personID, default: []].contains {
        $0.centreID != meal.centreID && $0.date == meal.date && $0.period == meal.period
      }
    }
  }

  private static func bursts(_ meals: [ClaimedMeal]) -> [ClaimedMeal] {
    let bySecond = Dictionary(grouping: meals.filter(\.isByTerminal)) { $0.atMs / 1000 }
    return bySecond.sorted { $0.key < $1.key }.filter { $0.value.count >= burstSize }
      .flatMap(\.value)
  }

  private static func everyDay(
    _ meals: [ClaimedMeal], _ days: ClosedRange<BusinessDate>
  ) -> [ClaimedMeal] {
    let count = days.upperBound.daysSince1970 - days.lowerBound.daysSince1970 + 1
    guard count >= longDays else { return [] }
    let byPerson = Dictionary(grouping: meals, by: \.personID)
    return byPerson.values.filter { Set($0.map(\.date)).count == count }
      .sorted { $0[0].personID.text < $1[0].personID.text }.map { $0[0] }
  }
}

/// A charged meal, as the checks of a claim see it.
public struct ClaimedMeal: Equatable, Sendable {
  public let id: MealPassID
  public let centreID: CentreID
  public let personID: PersonID
  public let date: BusinessDate
  public let period: String
  public let atMs: Int64
  public let isByFace: Bool
  /// Whether a terminal saw the person, by whatever means.
  public let isByTerminal: Bool
  public let deceasedOn: BusinessDate?

  public init(
    id: MealPassID, centreID: CentreID, personID: PersonID, date: BusinessDate, period: String,
    atMs: Int64, isByFace: Bool, isByTerminal: Bool, deceasedOn: BusinessDate?
  ) {
    self.id = id
    self.centreID = centreID
    self.personID = personID
    self.date = date
    self.period = period
    self.atMs = atMs
    self.isByFace = isByFace
    self.isByTerminal = isByTerminal
    self.deceasedOn = deceasedOn
  }
}
