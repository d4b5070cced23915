import POS
import Synchronization

/// Counts of answers and their times, per operation, in the text form Prometheus reads.
final class Metrics: Sendable {
  /// Upper bounds of the time buckets, in microseconds: from a cached quote to a slow disk.
  static let boundsMicroseconds: [Int64] = [
    500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
  ]

  private let list = Mutex<[Series]>([])
  private let unrouted = Series(name: "none")
  /// Figures other parts add; none do yet.
  private let gauges: @Sendable () -> [(name: String, value: Int64)]

  init(gauges: @escaping @Sendable () -> [(name: String, value: Int64)] = { [] }) {
    self.gauges = gauges
  }

  /// The figures of one operation.
  func series(for operation: Operation) -> Series {
    let series = Series(name: operation.id)
    list.withLock { $0.append(series) }
    return series
  }

  /// Counts an answer to a request that reached no operation.
  func recordUnrouted(status: Int) { unrouted.record(status: status, duration: .zero) }

  /// All figures.
  func text() -> String {
    let figures = (list.withLock { $0 } + [unrouted]).map { ($0.name, $0.snapshot()) }
    var lines = ["# TYPE posd_requests_total counter"]
    for (name, figure) in figures {
      for (status, count) in figure.counts.sorted(by: { $0.key < $1.key }) {
        lines.append(
          "posd_requests_total{operation=\"\(name)\",status=\"\(status)\"} \(count)")
      }
    }
    lines.append("# TYPE posd_request_seconds histogram")
    for (name, figure) in figures where figure.total > 0 {
      lines += figure.histogram(name: name)
    }
    for gauge in gauges() {
      lines += ["# TYPE posd_\(gauge.name) gauge", "posd_\(gauge.name) \(gauge.value)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The figures of one operation.
  final class Series: Sendable {
    let name: String
    private let figures = Mutex(Figures())

    init(name: String) { self.name = name }

    /// Counts one answer.
    func record(status: Int, duration: Duration) {
      figures.withLock { $0.record(status: status, duration: duration) }
    }

    fileprivate func snapshot() -> Figures { figures.withLock { $0 } }
  }

  fileprivate struct Figures {
    var counts: [Int: Int64] = [:]
    var buckets = [Int64](repeating: 0, count: boundsMicroseconds.count)
    var total: Int64 = 0
    var sumMicroseconds: Int64 = 0

    mutating func record(status: Int, duration: Duration) {
      let (seconds, attoseconds) = duration.components
      let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
      counts[status, default: 0] += 1
      total += 1
      sumMicroseconds += microseconds
      if let index = boundsMicroseconds.firstIndex(where: { microseconds <= $0 }) {
        buckets[index] += 1
      }
    }

    func histogram(name: String) -> [String] {
      let label = "operation=\"\(name)\""
      var lines: [String] = []
      var sum: Int64 = 0
      for (bound, count) in zip(boundsMicroseconds, buckets) {
        sum += count
        let bucket = "\(label),le=\"\(Metrics.seconds(bound))\""
        lines.append("posd_request_seconds_bucket{\(bucket)} \(sum)")
      }
      lines.append("posd_request_seconds_bucket{\(label),le=\"+Inf\"} \(total)")
      lines.append("posd_request_seconds_sum{\(label)} \(Metrics.seconds(sumMicroseconds))")
      lines.append("posd_request_seconds_count{\(label)} \(total)")
      return lines
    }
  }

  /// Microseconds as seconds with six decimals.
  private static func seconds(_ microseconds: Int64) -> String {
    let rest = String(microseconds % 1_000_000)
    return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - rest.count))\(rest)"
  }
}
