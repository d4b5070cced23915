/// A person recognised at the counter of a centre, before anything is decided about it.
public struct MealPass: Equatable, Sendable {
  public let id: MealPassID
  /// What makes it the same pass however often it is sent.
  public let key: String
  public let centreID: CentreID
  /// `nil` for a pass that staff logged.
  public let terminalID: TerminalID?
  /// The person's number at the centre; empty for a pass that staff logged.
  public let number: String
  /// Who it is, where that is known beside the number: staff named the person.
  public let personID: PersonID?
  /// When it happened, by the clock of the terminal.
  public let atMs: Int64
  /// When it came to us, by our clock.
  public let receivedAtMs: Int64
  /// Whether it was sent as it happened, so that the two times must agree.
  public let isLive: Bool
  public let way: MealWay
  /// Whether the terminal's clock was found wrong around this time.
  public let isClockDoubtful: Bool

  public init(
    id: MealPassID, key: String, centreID: CentreID, terminalID: TerminalID?, number: String,
    personID: PersonID? = nil, atMs: Int64, receivedAtMs: Int64, isLive: Bool, way: MealWay,
    isClockDoubtful: Bool = false
  ) {
    self.id = id
    self.key = key
    self.centreID = centreID
    self.terminalID = terminalID
    self.number = number
    self.personID = personID
    self.atMs = atMs
    self.receivedAtMs = receivedAtMs
    self.isLive = isLive
    self.way = way
    self.isClockDoubtful = isClockDoubtful
  }
}

/// How a person was recognised.
public enum MealWay: Hashable, Sendable {
  /// The terminal knew the face.
  case face
  /// The terminal read a card.
  case card
  /// The terminal took a code or password.
  case code
  /// Staff knew the person, and a second person saw it.
  case staff(MealWitness)

  /// One word, as records and tables keep it.
  public var word: String {
    switch self {
    case .face: "face"
    case .card: "card"
    case .code: "code"
    case .staff(let witness): "staff\(witness.means.rawValue.capitalizedFirst)"
    }
  }
}

/// Who stands for a meal without a face.
public struct MealWitness: Hashable, Sendable {
  /// How staff knew who it was.
  public enum Means: String, CaseIterable, Sendable {
    case card
    case code
    case name
  }

  public let means: Means
  /// Who logged the meal.
  public let userID: UserID
  /// Who saw it; another person.
  public let witnessID: UserID

  public init(means: Means, userID: UserID, witnessID: UserID) {
    self.means = means
    self.userID = userID
    self.witnessID = witnessID
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
