/// Goods handed out to a person at no charge, against a programme (慈善慰问): once for each person and
/// programme. Nothing is posted: stock is kept without value.
public struct HandOut: Equatable, Sendable {
  public let id: HandOutID
  public let stationID: StationID
  public let userID: UserID
  public let programmeID: ProgrammeID
  public let personID: PersonID
  /// Each product once.
  public let lines: [HandOutLine]

  public init(
    id: HandOutID, stationID: StationID, userID: UserID, programmeID: ProgrammeID,
    personID: PersonID, lines: [HandOutLine]
  ) {
    self.id = id
    self.stationID = stationID
    self.userID = userID
    self.programmeID = programmeID
    self.personID = personID
    self.lines = lines
  }

  /// The body of its journal record.
  public func body(number: Int64, businessDate: BusinessDate) -> JSON {
    .members([
      "id": .string(id.text), "number": .integer(number), "stationID": .string(stationID.text),
      "userID": .string(userID.text), "businessDate": .string(businessDate.description),
      "programmeID": .string(programmeID.text), "personID": .string(personID.text),
      "lines": .array(lines.map(\.json)),
    ])
  }

  /// Reads what `body` wrote.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    var lines: [HandOutLine] = []
    for line in try reader.array("lines") { lines.append(try HandOutLine(json: line)) }
    self.init(
      id: try reader.identifier("id"), stationID: try reader.identifier("stationID"),
      userID: try reader.identifier("userID"), programmeID: try reader.identifier("programmeID"),
      personID: try reader.identifier("personID"), lines: lines)
  }
}

/// Goods of one kind that are handed out, with their names as they were then.
public struct HandOutLine: Equatable, Sendable {
  public let productID: ProductID
  public let name: String
  public let unit: String
  public let quantity: Quantity

  public init(productID: ProductID, name: String, unit: String, quantity: Quantity) {
    self.productID = productID
    self.name = name
    self.unit = unit
    self.quantity = quantity
  }

  /// The line as journal and API show it.
  public var json: JSON {
    JSON.members([
      "productID": .string(productID.text), "name": .string(name), "unit": .string(unit),
    ]).adding(quantity.member.name, quantity.member.value)
  }

  init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    let isWeighed = json["grams"] != nil
    let name = isWeighed ? "grams" : "units"
    let count = try reader.integer(name)
    guard (1...Limits.stockCount).contains(count) else { throw RecordProblem(member: name) }
    self.init(
      productID: try reader.identifier("productID"), name: try reader.string("name"),
      unit: try reader.string("unit"), quantity: isWeighed ? .grams(count) : .units(count))
  }
}
