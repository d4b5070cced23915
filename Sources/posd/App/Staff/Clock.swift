import Glibc

/// Where the time comes from; the only place that reads the wall clock.
struct Clock: Sendable {
  /// Milliseconds since 1970, UTC.
  var nowMs: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
