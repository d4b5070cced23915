internal import POS

/// Moments as HTTP and security terminals write them.
enum HTTPDate {
  /// `Sat, 21 Nov 2026 04:00:00 GMT` (RFC 9110, 5.6.7).
  static func text(atMs: Int64) -> String {
    let (days, second) = parts(atMs)
    let date = BusinessDate(daysSince1970: days)
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[((days + 4) % 7 + 7) % 7]
    let day = date.day < 10 ? "0\(date.day)" : "\(date.day)"
    return "\(weekday), \(day) \(months[date.month - 1]) \(date.year) "
      + "\(TerminalTime.clockText(second)) GMT"
  }

  /// Seconds in a calendar of months of 31 days (terminals.md A5; H).
  static func packedSeconds(atMs: Int64) -> Int {
    let (days, second) = parts(atMs)
    let date = BusinessDate(daysSince1970: days)
    return ((date.year - 2000) * 372 + (date.month - 1) * 31 + date.day - 1) * 86_400 + second
  }

  private static func parts(_ atMs: Int64) -> (days: Int, second: Int) {
    let seconds = Int((atMs - (atMs % 1000 + 1000) % 1000) / 1000)
    let second = (seconds % 86_400 + 86_400) % 86_400
    return ((seconds - second) / 86_400, second)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
