extension BusinessDate {
  /// A day people now living may be born on, from 1880; `nil` if there is no such day.
  public init?(birthYear year: Int, month: Int, day: Int) {
    guard (1880..<1970).contains(year) else {
      self.init(year: year, month: month, day: day)
      return
    }
    // The calendar repeats itself every 400 years.
    guard let later = BusinessDate(year: year + 400, month: month, day: day) else { return nil }
    self.init(daysSince1970: later.daysSince1970 - 146_097)
  }

  /// A birth date as offices write it: `1950-03-01`, `1950/3/1`, `1950.3.1`, `19500301`,
  /// `1950年3月1日`.
  public init?(birthDateText text: some StringProtocol) {
    let groups = String(text).split(whereSeparator: { !($0.isASCII && $0.isNumber) }).map(
      String.init)
    if groups.count == 3, groups[0].utf8.count == 4, let year = Int(groups[0]),
      let month = Int(groups[1]), let day = Int(groups[2])
    {
      self.init(birthYear: year, month: month, day: day)
    } else if groups.count == 1, groups[0].utf8.count == 8, let number = Int(groups[0]) {
      self.init(birthYear: number / 10_000, month: number / 100 % 100, day: number % 100)
    } else {
      return nil
    }
  }
}
