/// A programme of relief: who pays, for whom, and by which rules (救助项目).
///
/// It is data with versions: a voucher keeps the version it was issued under, so a change touches
/// nobody who holds one.
public struct Programme: Equatable, Sendable {
  public let terms: VoucherTerms
  /// 1, 2, 3 …
  public let version: Int64
  /// What shoppers and slips see: neutral words.
  public let name: String
  public let nameEn: String
  /// Who pays it back: an organisation.
  public let funder: String
  /// Codes of categories of people, one of which a person must have; `nil` for anyone.
  public let people: Set<String>?
  /// Whether nothing is issued any more; what was issued stays good.
  public let isEnded: Bool

  public init(
    terms: VoucherTerms, version: Int64, name: String, nameEn: String, funder: String,
    people: Set<String>?, isEnded: Bool
  ) {
    self.terms = terms
    self.version = version
    self.name = name
    self.nameEn = nameEn
    self.funder = funder
    self.people = people
    self.isEnded = isEnded
  }

  public var id: ProgrammeID { terms.programmeID }
}

extension Programme {
  /// The same rules as another version.
  public func with(version: Int64) -> Programme {
    Programme(
      terms: terms, version: version, name: name, nameEn: nameEn, funder: funder, people: people,
      isEnded: isEnded)
  }

  /// Its rules as journal and table keep them, without the version.
  public var json: JSON {
    .members([
      "name": .string(name), "nameEn": .string(nameEn), "funder": .string(funder),
      "people": people.map { .array($0.sorted().map(JSON.string)) },
      "isEnded": .bool(isEnded), "terms": terms.json,
    ])
  }

  /// Reads what `json` wrote.
  ///
  /// - Throws: `RecordProblem`.
  public init(version: Int64, json: JSON?) throws(RecordProblem) {
    guard let json, let termsJSON = json["terms"], case .bool(let isEnded)? = json["isEnded"] else {
      throw RecordProblem(member: "programme")
    }
    let reader = RecordReader(json)
    var people: Set<String>?
    if let list = json["people"] {
      let codes = list.arrayValue?.compactMap(\.stringValue)
      guard let codes, codes.count == list.arrayValue?.count else {
        throw RecordProblem(member: "people")
      }
      people = Set(codes)
    }
    self.init(
      terms: try VoucherTerms(json: termsJSON), version: version,
      name: try reader.string("name"), nameEn: try reader.string("nameEn"),
      funder: try reader.string("funder"), people: people, isEnded: isEnded)
  }
}
