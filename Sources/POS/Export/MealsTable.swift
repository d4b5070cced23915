/// Meals as a table for a spreadsheet: one row for each charge that was made or taken back, in the
/// order of the journal. People are ids; names are not in the journal.
public struct MealsTable: Sendable {
  /// Which rows.
  public enum Contents: Sendable {
    case meals
    /// Only what is claimed of a funder.
    case claims
  }

  private let contents: Contents
  /// The days that rows count for; `nil` for all.
  private let days: ClosedRange<BusinessDate>?
  /// What the record that brought a pass told of it.
  private var passes: [String: JSON] = [:]

  public init(_ contents: Contents, days: ClosedRange<BusinessDate>? = nil) {
    self.contents = contents
    self.days = days
  }

  /// The byte-order mark, by which Excel knows UTF-8, and the names of the columns.
  public var head: String {
    "\u{FEFF}"
      + Self.line([
        "入账日 booked on", "用餐日 meal date", "时间 time", "类型 kind", "记录 record",
        "驿站 station", "助餐点 centre", "人员 person", "方式 way", "餐次 period", "判定 verdict",
        "餐价 price CNY", "补贴 subsidy CNY", "补贴依据 rule", "补贴单位 funder", "自付 rest CNY",
        "付款 payment",
      ])
  }

  /// The rows of a record; none of any that judges no meals.
  ///
  /// - Throws: `RecordProblem` if it does not read as a record.
  public mutating func rows(of record: JSON) throws(RecordProblem) -> String? {
    guard record["kind"]?.stringValue == JournalKind.mealsJudged.rawValue else { return nil }
    guard let body = record["body"], let changes = body["changes"]?.arrayValue else {
      throw RecordProblem.missing("changes")
    }
    let reader = RecordReader(record)
    let place = "\(try reader.integer("epoch"))-\(try reader.integer("seq"))"
    let booked = try RecordReader(body).date("businessDate")
    var text = ""
    for change in changes {
      let id = change["id"]?.stringValue ?? ""
      if let pass = change["pass"] { passes[id] = pass }
      guard days?.contains(booked) ?? true, change["was"] != change["charge"] else { continue }
      for (kind, sign, charge) in [
        ("冲回 taken back", Int64(-1), change["was"]), ("用餐 meal", 1, change["charge"]),
      ] {
        guard let charge, contents == .meals || charge["subsidyFen"] != nil else { continue }
        text += row(
          try MealCharge(json: charge), sign, change, passes[id],
          [booked.description, change["date"]?.stringValue ?? ""], kind,
          [place, body["stationID"]?.stringValue ?? ""])
      }
    }
    return text.isEmpty ? nil : text
  }

  private func row(
    _ charge: MealCharge, _ sign: Int64, _ change: JSON, _ pass: JSON?, _ dates: [String],
    _ kind: String, _ place: [String]
  ) -> String {
    func signed(_ amount: Money) -> String { Money(fen: amount.fen * sign).yuanText }
    let time = pass?["atMs"]?.integerValue.map { localTimeText(atMs: $0) } ?? ""
    return Self.line(
      dates + [time, kind] + place + [
        pass?["centreID"]?.stringValue ?? "", change["personID"]?.stringValue ?? "",
        pass?["way"]?.stringValue ?? "", change["period"]?.stringValue ?? "",
        change["verdict"]?.stringValue ?? "", signed(charge.price),
        signed(charge.subsidy?.amount ?? .zero), charge.subsidy?.rule ?? "",
        charge.subsidy?.funder ?? "", signed(charge.rest), charge.way.rawValue,
      ])
  }
}

extension MealsTable {
  private static func line(_ cells: [String]) -> String {
    cells.map(SalesTable.cell).joined(separator: ",") + "\r\n"
  }
}
