/// A person in need of relief, as rules see them.
public struct PersonFacts: Equatable, Sendable {
  public let name: String
  public let birthDate: BusinessDate
  /// Whether the person's residence (户籍) is in the district; `false` where it is not known.
  public let isResident: Bool
  /// Codes of the categories the person belongs to, of all sources together.
  public let categories: Set<String>
  /// From this date on nothing is due to the person.
  public let deceasedOn: BusinessDate?

  public init(
    name: String, birthDate: BusinessDate, isResident: Bool, categories: Set<String>,
    deceasedOn: BusinessDate?
  ) {
    self.name = name
    self.birthDate = birthDate
    self.isResident = isResident
    self.categories = categories
    self.deceasedOn = deceasedOn
  }
}
