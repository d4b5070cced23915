/// Where and when a coupon or voucher may be used.
///
/// Dates and weekdays are those of the business day, hours those of the wall clock (RULES 1).
public struct UseWindow: Equatable, Sendable {
  /// `nil` for every station.
  public let stations: Set<StationID>?
  /// The first day; `nil` for no limit.
  public let from: BusinessDate?
  /// The last day, included; `nil` for no limit.
  public let until: BusinessDate?
  /// `nil` for every day of the week.
  public let weekdays: Set<Weekday>?
  /// `nil` for every hour.
  public let hours: [HourRange]?

  public init(
    stations: Set<StationID>? = nil, from: BusinessDate? = nil, until: BusinessDate? = nil,
    weekdays: Set<Weekday>? = nil, hours: [HourRange]? = nil
  ) {
    self.stations = stations
    self.from = from
    self.until = until
    self.weekdays = weekdays
    self.hours = hours
  }

  /// Everywhere and always.
  public static let always = UseWindow()
}

/// A day of the week; the raw value is that of ISO 8601.
public enum Weekday: Int, CaseIterable, Sendable {
  case monday = 1
  case tuesday
  case wednesday
  case thursday
  case friday
  case saturday
  case sunday
}

/// A part of the day on the wall clock: the start is included, the end is not. A range that ends
/// before it starts goes over midnight.
public struct HourRange: Hashable, Sendable {
  /// Minutes after midnight, 0…1439.
  public let fromMinute: Int
  /// Minutes after midnight, 0…1440.
  public let untilMinute: Int

  /// `nil` for minutes that no day has, and for a range that is empty.
  public init?(fromMinute: Int, untilMinute: Int) {
    guard (0...1439).contains(fromMinute), (0...1440).contains(untilMinute),
      fromMinute != untilMinute
    else { return nil }
    self.fromMinute = fromMinute
    self.untilMinute = untilMinute
  }

  /// Whether a minute of the day is in the range.
  public func contains(_ minute: Int) -> Bool {
    fromMinute < untilMinute
      ? (fromMinute..<untilMinute).contains(minute) : minute >= fromMinute || minute < untilMinute
  }
}

/// Where, when and for whom goods are sold: what coupons and vouchers ask.
public struct Occasion: Equatable, Sendable {
  public let stationID: StationID
  /// Milliseconds since 1970, UTC.
  public let atMs: Int64
  /// The member who buys, if one was named.
  public let memberID: MemberID?

  public init(stationID: StationID, atMs: Int64, memberID: MemberID? = nil) {
    self.stationID = stationID
    self.atMs = atMs
    self.memberID = memberID
  }
}
