import Glibc

/// The machine's clock that no setting of the time moves.
enum MonotonicClock {
  static var nowMs: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  static func sleep(ms: Int64) {
    var time = timespec(tv_sec: Int(ms / 1_000), tv_nsec: Int(ms % 1_000) * 1_000_000)
    nanosleep(&time, nil)
  }
}
