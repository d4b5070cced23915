import FoundationEssentials
import Glibc

/// Where the time comes from; the only place that reads the wall clock.
struct Clock: Sendable {
  /// A file of milliseconds that stands in for the wall clock, of example data only; it is read
  /// anew each time, so that a test can let a month pass.
  var testFile: String?
  /// A clock that stands still, for books that are made in one go.
  var standingMs: Int64?

  /// Milliseconds since 1970, UTC.
  var nowMs: Int64 {
    if let standingMs { return standingMs }
    if let testFile, let text = try? String(contentsOfFile: testFile, encoding: .utf8),
      let ms = Int64(text.filter { !$0.isWhitespace })
    {
      return ms
    }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
