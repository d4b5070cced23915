extension ZReport {
  /// The body of its journal record, which holds all its figures.
  ///
  /// - Parameters:
  ///   - place: the session it closes, its station and till.
  ///   - number: its number in the station's series.
  ///   - businessDate: the day the session ended on.
  public func body(of place: TillSession, number: Int64, businessDate: BusinessDate) -> JSON {
    JSON.members([
      "id": .string(id.text), "tillSessionID": .string(tillSessionID.text),
      "tillID": .string(place.tillID.text), "stationID": .string(place.stationID.text),
      "userID": .string(closedBy.text), "number": .integer(number),
      "businessDate": .string(businessDate.description),
      "openedAtMs": .integer(place.openedAtMs), "floatFen": .integer(place.float.fen),
      "countID": .string(countID.text), "counts": count.json,
      "countedFen": .integer(count.total.fen), "differenceFen": .integer(difference.fen),
      "toleranceFen": .integer(tolerance.fen), "reason": reason.map { .string($0.rawValue) },
      "perpetual": perpetual.json, "entry": entry.json,
    ]).adding(contentsOf: figures.members)
  }
}

extension TillCount {
  /// The members of its journal record that are its own.
  public var members: JSON {
    .members([
      "id": .string(id.text), "tillSessionID": .string(tillSessionID.text), "counts": count.json,
      "countedFen": .integer(count.total.fen), "expectedFen": .integer(expected.fen),
      "toleranceFen": .integer(tolerance.fen),
    ])
  }

  /// Reads a record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    guard let count = CashCount(json: body["counts"]) else {
      throw RecordProblem(member: "counts")
    }
    self.init(
      id: try reader.identifier("id"), tillSessionID: try reader.identifier("tillSessionID"),
      count: count, expected: try reader.money("expectedFen"),
      tolerance: try reader.money("toleranceFen"))
  }
}

extension PerpetualTotals {
  /// `{"saleCount","salesFen","returnCount","returnsFen"}`
  public var json: JSON {
    .members([
      "saleCount": .integer(saleCount), "salesFen": .integer(sales.fen),
      "returnCount": .integer(returnCount), "returnsFen": .integer(returns.fen),
    ])
  }

  /// Reads what `json` wrote.
  public init(json: JSON?) throws(RecordProblem) {
    guard let json else { throw RecordProblem(member: "perpetual") }
    let reader = RecordReader(json)
    self.init(
      saleCount: try reader.integer("saleCount"),
      sales: Money(fen: try reader.integer("salesFen")),
      returnCount: try reader.integer("returnCount"),
      returns: Money(fen: try reader.integer("returnsFen")))
  }
}
