import Glibc

/// A line on a terminal that says how far a long command is; nothing where nobody looks.
final class ProgressLine {
  private let what: String
  private let isShown = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant?

  /// - Parameter what: what is counted, as `records`.
  init(of what: String) {
    self.what = what
    start = clock.now
  }

  /// Draws it anew, at most ten times a second.
  func show(_ done: Int64, of total: Int64) {
    let now = clock.now
    guard isShown, total > 0, done < total else { return }
    if let last, last.duration(to: now) < .milliseconds(100) { return }
    last = now
    Console.progress(Self.text(done, of: total, what, after: start.duration(to: now)))
  }

  /// Takes it away again.
  func end() {
    if last != nil { Console.progress("") }
  }

  /// `[#########...........]  45 %  450000 of 1000000 records, 12 s left`
  static func text(
    _ done: Int64, of total: Int64, _ what: String, after spent: Duration
  ) -> String {
    let percent = done * 100 / total
    let bar = String(repeating: "#", count: Int(percent / 5))
    let rest = String(repeating: ".", count: 20 - Int(percent / 5))
    let number = percent < 10 ? "  \(percent)" : " \(percent)"
    let left = done > 0 ? spent.components.seconds * (total - done) / done : 0
    return "[\(bar)\(rest)]\(number) %  \(done) of \(total) \(what), \(left) s left"
  }
}
