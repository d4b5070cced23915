extension BusinessDate {
  /// Before any day a station works on.
  public static let earliest = BusinessDate(daysSince1970: 0)

  /// The day after.
  public var next: BusinessDate { BusinessDate(daysSince1970: daysSince1970 + 1) }

  /// The day that something entered now counts for: the date of the moment, unless that day is
  /// closed; then the day after the last one closed (RULES 7).
  ///
  /// - Parameter lastClosed: the last business day the station has closed, `nil` for none.
  public static func openDay(
    atMs: Int64, cutMinutes: Int, lastClosed: BusinessDate?
  ) -> BusinessDate {
    max(BusinessDate(atMs: atMs, cutMinutes: cutMinutes), lastClosed?.next ?? .earliest)
  }
}
