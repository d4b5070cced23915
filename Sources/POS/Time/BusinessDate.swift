/// A calendar date of the station: the date a sale counts for.
///
/// Local time is China Standard Time, a fixed UTC+8 without summer time since 1991 (Asia/Shanghai
/// in the tz database), so that no time-zone table is needed where the rules are.
public struct BusinessDate: Hashable, Sendable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Milliseconds by which local time is ahead of UTC.
  public static let offsetMs: Int64 = 8 * 3600 * 1000

  /// The business day of a moment: its local date less the policy's cut (RULES 1).
  ///
  /// - Parameters:
  ///   - atMs: milliseconds since 1970, UTC.
  ///   - cutMinutes: minutes after midnight that still count for the day before.
  public init(atMs: Int64, cutMinutes: Int = 0) {
    let localMs = atMs + Self.offsetMs - Int64(cutMinutes) * 60_000
    let days = (localMs - localMs.euclideanRemainder(86_400_000)) / 86_400_000
    self.init(daysSince1970: Int(days))
  }

  /// A date from the count of days since 1970-01-01 (proleptic Gregorian).
  public init(daysSince1970: Int) {
    // Eras of 400 years that begin on 1 March, so that the leap day ends each year.
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// A date written `2026-11-21`; `nil` if the text is anything else or there is no such day.
  public init?(_ text: some StringProtocol) {
    // Rows of meals have two dates each; they are read by the hundred.
    var (digits, place) = (0, 0)
    for byte in text.utf8 {
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard place < 10, (0x30...0x39).contains(byte) else { return nil }
        digits = digits * 10 + Int(byte - 0x30)
      }
      place += 1
    }
    guard place == 10 else { return nil }
    self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
  }

  /// A day of the calendar from 1970 to 9999; `nil` if there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    let date = BusinessDate(daysSince1970: days)
    guard date.year == year, date.month == month, date.day == day else { return nil }
    self = date
  }

  /// Days since 1970-01-01.
  public var daysSince1970: Int { Self.daysSince1970(year: year, month: month, day: day) }

  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension BusinessDate: Comparable, CustomStringConvertible {
  public static func < (a: BusinessDate, b: BusinessDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// `2026-11-21`
  public var description: String {
    String(unsafeUninitializedCapacity: 10) { text in
      var rest = (year * 100 + month) * 100 + day
      for place in (0..<10).reversed() {
        if place == 4 || place == 7 {
          text[place] = UInt8(ascii: "-")
        } else {
          text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
      }
      return 10
    }
  }
}

/// A moment as the wall clock of the station shows it: `2026-11-21 09:05:00`.
public func localTimeText(atMs: Int64) -> String {
  let second = (atMs + BusinessDate.offsetMs).euclideanRemainder(86_400_000) / 1000
  let clock = [second / 3600, second / 60 % 60, second % 60].map { twoDigits(Int($0)) }
  return "\(BusinessDate(atMs: atMs)) \(clock.joined(separator: ":"))"
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

extension Int64 {
  /// The remainder that is never negative.
  fileprivate func euclideanRemainder(_ divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
