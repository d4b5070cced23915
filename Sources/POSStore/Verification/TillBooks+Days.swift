import FoundationEssentials
import POS

extension TillBooks {
  /// Takes in meals: they count for their own day while it is open, else for the day on which they
  /// were judged.
  mutating func judge(_ record: OtherRecord) throws -> BusinessDate {
    let open = try businessDate(of: record, in: nil)
    let last = lastClosedDays[try record.id("stationID")] ?? .earliest
    guard let date = record.body["businessDate"]?.stringValue.flatMap({ BusinessDate($0) }),
      date > last, date <= open
    else { throw record.wrong("its business day is closed, or to come") }
    for change in record.body["changes"]?.arrayValue ?? [] {
      guard let day = change["date"]?.stringValue.flatMap({ BusinessDate($0) }),
        day == date || date == open && (day <= last || day > open)
      else { throw record.wrong("has a meal of another business day") }
    }
    try addToDay(record, date)
    return date
  }

  /// Makes a day close again from what the journal told of the day, and holds the record against
  /// it.
  mutating func closeDay(
    _ record: OtherRecord, statements: [TenderKind: StatementSum]
  ) throws -> BusinessDate {
    let stationID: StationID = try record.id("stationID")
    guard let date = record.body["businessDate"]?.stringValue.flatMap({ BusinessDate($0) }) else {
      throw RecordProblem.missing("businessDate")
    }
    if let last = lastClosedDays[stationID], date <= last {
      throw record.wrong("closes a day that is closed, or past")
    }
    guard openDays[stationID]?.keys.contains(where: { $0 < date }) != true else {
      throw record.wrong("closes a day although an earlier one is open")
    }
    let waits = sessions.values.contains {
      $0.session.stationID == stationID && $0.businessDate <= date && $0.closedKey == nil
    }
    guard !waits else { throw record.wrong("closes a day although a till of it is not closed") }
    let book = openDays[stationID]?.removeValue(forKey: date) ?? DayBook()
    let close = DayClose(
      businessDate: date, zNumbers: book.zNumbers, figures: book.figures,
      opening: balances[stationID] ?? LedgerSums(), statements: statements)
    try record.check(
      isMadeOf: JSON.members(["id": record.body["id"], "number": record.body["number"]])
        .adding(contentsOf: close.members).adding("stationID", record.body["stationID"])
        .adding("userID", record.body["userID"]))
    lastClosedDays[stationID] = date
    balances[stationID] = close.balances
    closedDays[stationID, default: [:]][Month(of: date), default: []].append(
      try ClosedDay(body: record.body))
    return date
  }

  /// Makes a month close again from its day closes.
  mutating func closeMonth(_ record: OtherRecord) throws -> Month {
    let stationID: StationID = try record.id("stationID")
    guard let month = record.body["month"]?.stringValue.flatMap({ Month($0) }) else {
      throw RecordProblem.missing("month")
    }
    guard openDays[stationID]?.keys.contains(where: { $0 <= month.lastDay }) != true else {
      throw record.wrong("closes a month although a day of it is open")
    }
    let days = closedDays[stationID]?.removeValue(forKey: month) ?? []
    try record.check(
      isMadeOf: JSON.members(["id": record.body["id"], "number": record.body["number"]])
        .adding(contentsOf: MonthClose(month: month, days: days).members)
        .adding("stationID", record.body["stationID"]).adding("userID", record.body["userID"])
        .adding("businessDate", .string(month.lastDay.description)))
    return month
  }
}
