/// An occasion as conditions ask for it.
struct Moment {
  /// The business day by the clock, also when that day is closed already and the sale counts for
  /// the next one: what is printed on a voucher is what its holder reads.
  let date: BusinessDate
  /// Minutes after midnight on the wall clock.
  let minute: Int
  let stationID: StationID
  let memberID: MemberID?

  init(_ occasion: Occasion, cutMinutes: Int) {
    date = BusinessDate(atMs: occasion.atMs, cutMinutes: cutMinutes)
    let localMs = (occasion.atMs + BusinessDate.offsetMs) % 86_400_000
    minute = Int((localMs + 86_400_000) % 86_400_000 / 60_000)
    stationID = occasion.stationID
    memberID = occasion.memberID
  }
}

/// Why something may not be used here and now. The checks are made in the order of the cases.
enum WindowRefusal {
  case notYetValid(from: BusinessDate)
  case expired(until: BusinessDate)
  case weekday
  case hour
  case station
}

extension UseWindow {
  /// Why nothing may be used at a moment; `nil` if it may.
  func refusal(at moment: Moment) -> WindowRefusal? {
    if let from, moment.date < from { return .notYetValid(from: from) }
    if let until, until < moment.date { return .expired(until: until) }
    if let weekdays, !weekdays.contains(moment.date.weekday) { return .weekday }
    if let hours, !hours.contains(where: { $0.contains(moment.minute) }) { return .hour }
    if let stations, !stations.contains(moment.stationID) { return .station }
    return nil
  }

  /// This window within the days of one voucher.
  func narrowed(from: BusinessDate?, until: BusinessDate) -> UseWindow {
    UseWindow(
      stations: stations, from: [self.from, from].compactMap { $0 }.max(),
      until: [self.until, until].compactMap { $0 }.min(), weekdays: weekdays, hours: hours)
  }
}

extension BusinessDate {
  /// Its day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let index = (daysSince1970 % 7 + 7 + 3) % 7
    return Weekday.allCases[index]
  }
}
