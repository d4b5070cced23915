internal import POS

/// By how much a terminal's clock is ahead of UTC.
public struct TerminalZone: Hashable, Sendable {
  /// From -720 to 840.
  public let minutes: Int

  /// China Standard Time.
  public static let china = TerminalZone(480)

  /// A zone by its minutes; `nil` beyond the zones of the earth.
  public init?(minutes: Int) {
    guard (-720...840).contains(minutes) else { return nil }
    self.minutes = minutes
  }

  private init(_ minutes: Int) { self.minutes = minutes }
}

/// A moment by a terminal's clock.
public struct TerminalTime: Hashable, Sendable {
  /// As it was sent.
  public let wireText: String
  /// The wall clock, `2026-09-01 11:30:14`, however it was sent.
  public let localText: String
  /// Milliseconds since 1970, UTC.
  public let atMs: Int64

  /// Years a terminal's clock may show; what is beyond is no time but damage.
  static let years = 1970...2199
  /// Longest text of a time, with fraction and zone.
  static let maximumBytes = 40

  /// Reads `2026-09-01 11:30:14`, with `/` or `T`, one or two digits, a fraction, and an offset as
  /// in ISO 8601; seconds may be missing. Without an offset the clock is in `zone`. `nil` for
  /// anything else, and for days and times that there are not.
  init?(_ text: ArraySlice<UInt8>, in zone: TerminalZone) {
    guard text.count <= Self.maximumBytes else { return nil }
    var reader = TimeReader(rest: text)
    guard let date = reader.date(), let second = reader.clock(), let offset = reader.offset(),
      reader.rest.isEmpty
    else { return nil }
    self.init(
      date, second: second, zone: offset.minutes ?? zone.minutes,
      wireText: String(decoding: text, as: UTF8.self))
  }

  /// Reads the packed seconds of security tables, which have months of 31 days (A5; H).
  init?(packedSeconds packed: Int, in zone: TerminalZone) {
    guard packed >= 0, packed / (372 * 86_400) < 200 else { return nil }
    let days = packed / 86_400
    let date = BusinessDate(
      year: 2000 + days / 372, month: days / 31 % 12 + 1, day: days % 31 + 1)
    guard let date else { return nil }
    self.init(date, second: packed % 86_400, zone: zone.minutes, wireText: "\(packed)")
  }

  private init(_ date: BusinessDate, second: Int, zone minutes: Int, wireText: String) {
    self.wireText = wireText
    localText = "\(date) " + Self.clockText(second)
    atMs = (Int64(date.daysSince1970) * 86_400 + Int64(second) - Int64(minutes) * 60) * 1000
  }

  /// `11:30:14`
  static func clockText(_ second: Int) -> String {
    let digits = [second / 36_000, second / 3600 % 10, second / 600 % 6, second / 60 % 10]
    let rest = [second / 10 % 6, second % 10]
    return "\(digits[0])\(digits[1]):\(digits[2])\(digits[3]):\(rest[0])\(rest[1])"
  }
}

/// Reads a time from the left.
private struct TimeReader {
  var rest: ArraySlice<UInt8>

  mutating func date() -> BusinessDate? {
    guard let year = number(4...4), TerminalTime.years.contains(year), take("-/"),
      let month = number(1...2), take("-/"),
      let day = number(1...2)
    else { return nil }
    return BusinessDate(year: year, month: month, day: day)
  }

  /// The second of the day. A leap second is the second before it.
  mutating func clock() -> Int? {
    guard take(" T"), let hour = number(1...2), hour < 24, take(":"),
      let minute = number(2...2), minute < 60
    else { return nil }
    guard take(":") else { return hour * 3600 + minute * 60 }
    guard let second = number(2...2), second <= 60 else { return nil }
    if take(".") { guard number(1...9) != nil else { return nil } }
    return hour * 3600 + minute * 60 + min(second, 59)
  }

  /// The offset from UTC, if there is one; `nil` if it is wrong.
  mutating func offset() -> (minutes: Int?, Void)? {
    if take("Z") { return (0, ()) }
    guard let sign = rest.first, "+-".utf8.contains(sign) else { return (nil, ()) }
    rest.removeFirst()
    guard let hours = number(2...2) else { return nil }
    _ = take(":")
    guard let minutes = number(2...2), minutes < 60,
      let zone = TerminalZone(
        minutes: (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1))
    else { return nil }
    return (zone.minutes, ())
  }

  private mutating func take(_ one: StaticString) -> Bool {
    guard let byte = rest.first,
      one.withUTF8Buffer({ $0.contains(byte) })
    else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(_ lengths: ClosedRange<Int>) -> Int? {
    var value = 0
    var length = 0
    while length < lengths.upperBound, let byte = rest.first, (0x30...0x39).contains(byte) {
      value = value * 10 + Int(byte - 0x30)
      rest.removeFirst()
      length += 1
    }
    return length >= lengths.lowerBound ? value : nil
  }
}
