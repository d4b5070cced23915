extension StockEvent {
  /// The body of its journal record.
  public var body: JSON {
    var members: [JSON.Member] = [
      JSON.Member("id", .string(id.text)), JSON.Member("stationID", .string(stationID.text)),
      JSON.Member("userID", .string(userID.text)),
    ]
    switch change {
    case .delivered(let partnerID), .sentBack(let partnerID):
      members.append(JSON.Member("partnerID", .string(partnerID.text)))
    case .writtenOff(let reason):
      members.append(JSON.Member("reason", .string(reason.rawValue)))
    case .counted: break
    }
    members.append(JSON.Member("lines", .array(lines.map(\.json))))
    members.append(JSON.Member("entry", entry.json))
    return .object(members)
  }

  /// Reads the body of a record of one of the four kinds.
  ///
  /// - Throws: `RecordProblem`.
  public init(kind: JournalKind, body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    let change: StockChange
    switch kind {
    case .stockDelivered: change = .delivered(by: try reader.identifier("partnerID"))
    case .stockSentBack: change = .sentBack(to: try reader.identifier("partnerID"))
    case .stockWrittenOff: change = .writtenOff(try reader.choice("reason"))
    case .stockCounted: change = .counted
    default: throw RecordProblem(member: "kind")
    }
    var lines: [StockLine] = []
    for line in try reader.array("lines") { lines.append(try StockLine(json: line)) }
    self.init(
      id: try reader.identifier("id"), stationID: try reader.identifier("stationID"),
      userID: try reader.identifier("userID"), change: change, lines: lines)
  }
}

extension StockLine {
  /// The line as journal and API show it.
  public var json: JSON {
    let (unit, count): (String, Int64) =
      switch quantity {
      case .units(let units): ("units", units)
      case .grams(let grams): ("grams", grams)
      }
    return JSON.members(["productID": .string(productID.text)])
      .adding(unit, .integer(count))
      .adding("costFen", cost.map { .integer($0.fen) })
      .adding("bestBefore", bestBefore.map { .string($0.description) })
      .adding("before", before.map { .integer($0) })
  }

  fileprivate init(json: JSON) throws(RecordProblem) {
    let reader = RecordReader(json)
    let quantity: Quantity
    if json["grams"] != nil {
      quantity = .grams(try reader.stockCount("grams"))
    } else {
      quantity = .units(try reader.stockCount("units"))
    }
    self.init(
      productID: try reader.identifier("productID"), quantity: quantity,
      cost: json["costFen"] == nil ? nil : try reader.money("costFen"),
      bestBefore: json["bestBefore"] == nil ? nil : try reader.date("bestBefore"),
      before: json["before"] == nil ? nil : try reader.money("before").fen)
  }
}

extension RecordReader {
  fileprivate func stockCount(_ name: String) throws(RecordProblem) -> Int64 {
    let count = try integer(name)
    guard (0...Limits.stockCount).contains(count) else { throw RecordProblem(member: name) }
    return count
  }
}
