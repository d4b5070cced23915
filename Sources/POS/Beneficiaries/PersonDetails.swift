/// What one source says of a person; what it does not say is `nil`.
///
/// A department says it in its file, staff say it at the screen. It is kept sealed under the
/// person's key, as canonical JSON.
public struct PersonDetails: Equatable, Sendable {
  public var name: String?
  /// The name of the community (社区) the person lives in.
  public var community: String?
  /// Codes of categories; of staff it is the last word, of departments all count together.
  public var categories: Set<String>?
  /// Where the person is registered (户籍), as written.
  public var residence: String?
  /// Whether that is in the district.
  public var isResident: Bool?
  public var phone: String?
  public var note: String?
  public var deceasedOn: BusinessDate?

  public init() {}

  /// The details as JSON, to be sealed.
  public var json: JSON {
    .members([
      "name": name.map(JSON.string), "community": community.map(JSON.string),
      "categories": categories.map { .array($0.sorted().map(JSON.string)) },
      "residence": residence.map(JSON.string), "isResident": isResident.map(JSON.bool),
      "phone": phone.map(JSON.string), "note": note.map(JSON.string),
      "deceasedOn": deceasedOn.map { .string($0.description) },
    ])
  }

  /// Reads details that this project wrote.
  public init(json: JSON) {
    name = json["name"]?.stringValue
    community = json["community"]?.stringValue
    categories = (json["categories"]?.arrayValue).map { Set($0.compactMap(\.stringValue)) }
    residence = json["residence"]?.stringValue
    if case .bool(let isThere)? = json["isResident"] { isResident = isThere }
    phone = json["phone"]?.stringValue
    note = json["note"]?.stringValue
    deceasedOn = (json["deceasedOn"]?.stringValue).flatMap { BusinessDate($0) }
  }

  /// These details, where they say nothing what another source says, and the categories of both.
  public func joined(with other: PersonDetails) -> PersonDetails {
    var joined = filled(from: other)
    if let categories, let others = other.categories {
      joined.categories = categories.union(others)
    }
    return joined
  }

  fileprivate func filled(from other: PersonDetails) -> PersonDetails {
    var filled = self
    filled.name = name ?? other.name
    filled.community = community ?? other.community
    filled.categories = categories ?? other.categories
    filled.residence = residence ?? other.residence
    filled.isResident = isResident ?? other.isResident
    filled.phone = phone ?? other.phone
    filled.note = note ?? other.note
    filled.deceasedOn = deceasedOn ?? other.deceasedOn
    return filled
  }
}

/// What a source says of a person, and since when.
public struct PersonSource: Equatable, Sendable {
  /// Who says so.
  public enum Kind: String, Sendable {
    case department
    case staff
  }

  public let kind: Kind
  /// The department's name.
  public let name: String
  public let details: PersonDetails
  /// When it was taken in or changed last.
  public let atMs: Int64

  public init(kind: Kind, name: String, details: PersonDetails, atMs: Int64) {
    self.kind = kind
    self.name = name
    self.details = details
    self.atMs = atMs
  }
}

extension PersonDetails {
  /// What all sources together say: staff first, then the newest department, then older ones; the
  /// categories of all departments together, unless staff say which there are.
  ///
  /// The order in which sources came does not matter where their times differ.
  public init(of sources: [PersonSource]) {
    let newestFirst = sources.sorted { left, right in
      if left.kind != right.kind { return left.kind == .staff }
      return (right.atMs, right.name) < (left.atMs, left.name)
    }
    self.init()
    for source in newestFirst { self = filled(from: source.details) }
    let staff = newestFirst.first { $0.kind == .staff }
    guard staff?.details.categories == nil else { return }
    categories = newestFirst.reduce(into: Set()) { $0.formUnion($1.details.categories ?? []) }
  }
}
