import POS

/// The name of a backup file: `posd-20cb28bc-1-4242-20261121T023000.posdbackup`, station, series,
/// sequence and local time.
struct BackupName: Equatable, Sendable {
  /// The first eight digits of the origin.
  let station: String
  let epoch: Int64
  let sequence: Int64
  /// Whole seconds.
  let atMs: Int64

  init(_ header: BackupHeader) {
    station = String(header.origin.prefix(8))
    epoch = header.head.epoch
    sequence = header.head.sequence
    atMs = header.atMs / 1000 * 1000
  }

  /// Reads a name; `nil` for any other file.
  init?(_ name: String) {
    let pattern = /posd-([0-9a-f]{8})-([0-9]+-[0-9]+)-([0-9]{8})T([0-9]{6})\.posdbackup/
    guard let match = name.wholeMatch(of: pattern), let place = JournalHead.place(match.2),
      let atMs = Self.time(String(match.3), String(match.4))
    else { return nil }
    station = String(match.1)
    (epoch, sequence) = place
    self.atMs = atMs
  }

  var text: String {
    let date = self.date
    let seconds = (atMs + BusinessDate.offsetMs) / 1000 % 86_400
    let digits = [date.year, date.month, date.day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined()
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }.joined()
    return "posd-\(station)-\(epoch)-\(sequence)-\(digits)T\(clock).posdbackup"
  }

  /// The local date.
  var date: BusinessDate { BusinessDate(atMs: atMs) }

  private static func time(_ date: String, _ clock: String) -> Int64? {
    func part(_ text: String, _ start: Int, _ count: Int) -> String {
      String(text.dropFirst(start).prefix(count))
    }
    let day = BusinessDate("\(part(date, 0, 4))-\(part(date, 4, 2))-\(part(date, 6, 2))")
    guard let day, let hour = Int64(part(clock, 0, 2)), let minute = Int64(part(clock, 2, 2)),
      let second = Int64(part(clock, 4, 2)), hour < 24, minute < 60, second < 60
    else { return nil }
    let seconds = Int64(day.daysSince1970) * 86_400 + hour * 3600 + minute * 60 + second
    return seconds * 1000 - BusinessDate.offsetMs
  }
}

/// Which backups are kept: the newest of each of so many days, weeks and months that have any.
struct BackupKeep: Equatable, Sendable {
  let days: Int
  let weeks: Int
  let months: Int

  /// Reads `7d4w12m`; at least one day.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([0-9]{1,3})d([0-9]{1,3})w([0-9]{1,3})m/),
      let days = Int(match.1), let weeks = Int(match.2), let months = Int(match.3), days > 0
    else { return nil }
    self.days = days
    self.weeks = weeks
    self.months = months
  }

  /// The backups of one station that may go. The newest always stays.
  func superfluous(_ names: [BackupName]) -> [BackupName] {
    let newestFirst = names.sorted { ($0.atMs, $0.sequence) > ($1.atMs, $1.sequence) }
    var kept = Set<String>()
    keep(days, of: newestFirst, in: &kept) { $0.date.daysSince1970 }
    // Weeks begin on Monday; 1970-01-01 was a Thursday.
    keep(weeks, of: newestFirst, in: &kept) { ($0.date.daysSince1970 + 3) / 7 }
    keep(months, of: newestFirst, in: &kept) { $0.date.year * 12 + $0.date.month }
    return newestFirst.filter { !kept.contains($0.text) }
  }

  private func keep(
    _ count: Int, of names: [BackupName], in kept: inout Set<String>, by period: (BackupName) -> Int
  ) {
    var seen = Set<Int>()
    for name in names where !seen.contains(period(name)) && seen.count < count {
      seen.insert(period(name))
      kept.insert(name.text)
    }
  }
}

/// When the daily backup is made, in local time.
struct BackupTime: Equatable, Sendable {
  /// Since midnight.
  let minutes: Int64

  /// Reads `02:30`.
  init?(_ text: String) {
    guard let match = text.wholeMatch(of: /([01][0-9]|2[0-3]):([0-5][0-9])/),
      let hour = Int64(match.1), let minute = Int64(match.2)
    else { return nil }
    minutes = hour * 60 + minute
  }

  /// The first such time after a moment.
  func next(afterMs: Int64) -> Int64 {
    let dayMs: Int64 = 86_400_000
    let local = afterMs + BusinessDate.offsetMs
    let today = local - local % dayMs + minutes * 60_000
    return (today > local ? today : today + dayMs) - BusinessDate.offsetMs
  }
}
