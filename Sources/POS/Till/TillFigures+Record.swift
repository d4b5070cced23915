extension TillFigures {
  /// Adds what a record of a till says beside sales and returns; other kinds change nothing.
  public mutating func add(_ kind: JournalKind, _ body: JSON) throws(RecordProblem) {
    switch kind {
    case .tillOpened: try add(.drawer, entry: body["entry"])
    case .cashMoved:
      let movement = try CashMovement(body: body)
      movements[movement.kind, default: Total()].add(movement.amount.fen)
      try add(.drawer, entry: body["entry"])
    case .drawerOpened: drawerOpeningCount += 1
    case .mealMoneyTaken, .mealMoneyUndone: try add(.meals, entry: body["entry"])
    case .tenderCorrected: try add(.corrections, entry: body["entry"])
    case .basketVoided:
      guard let fen = body["netFen"]?.integerValue else { throw RecordProblem(member: "netFen") }
      voids.add(fen)
    default: break
    }
  }

  /// Adds a sale or return by its record.
  ///
  /// - Parameter total: what was due, or paid back, above zero.
  public mutating func add(
    _ source: Source, total: Money, entry: JSON?
  ) throws(RecordProblem) {
    if source == .sales { sales.add(total.fen) } else { returns.add(total.fen) }
    try add(source, entry: entry)
  }
}
