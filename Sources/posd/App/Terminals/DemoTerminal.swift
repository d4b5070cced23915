import Attendance
import Dispatch
import Logging
import POS
import ServiceLifecycle
import Synchronization

/// A face terminal of the demonstration, which speaks to the listener through a socket as a real one
/// does: so meals appear by themselves, and nothing but the program is needed.
///
/// It has kept the rows of the last lunch and sends them one after the other, greeting anew each
/// time, so that they are taken as kept rows and not as those of a wrong clock.
struct DemoTerminal: Service {
  /// The serial number under which it is enrolled.
  static let serial = "DEMO000001"
  /// Between two people at the counter.
  private static let pause = Duration.seconds(4)
  /// Between two people by the clock of the rows.
  private static let stepMs: Int64 = 25_000
  /// When lunch begins, after midnight.
  private static let lunchMs: Int64 = (11 * 60 + 30) * 60_000
  private static let dayMs: Int64 = 86_400_000

  /// The port of the listener, once it is known.
  final class Port: Sendable {
    private let value = Mutex<UInt16?>(nil)

    func set(_ port: Int?) { value.withLock { $0 = port.flatMap { UInt16(exactly: $0) } } }

    var number: UInt16? { value.withLock { $0 } }
  }

  let port: Port
  /// Who comes, in this order.
  let numbers: [String]
  let clock: Clock
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      let startMs = lunchStartMs(clock.nowMs)
      for (place, number) in numbers.enumerated() {
        try? await Task.sleep(for: Self.pause)
        if Task.isCancelled { return }
        await send(row(number, atMs: startMs + Int64(place) * Self.stepMs))
      }
    }
    // What has nothing more to do waits, so that the daemon goes on.
    try await gracefulShutdown()
  }

  /// The beginning of the last lunch that is over or under way.
  private func lunchStartMs(_ nowMs: Int64) -> Int64 {
    let localMs = nowMs + BusinessDate.offsetMs
    let todayMs = localMs - localMs % Self.dayMs + Self.lunchMs - BusinessDate.offsetMs
    return todayMs + Int64(numbers.count) * Self.stepMs <= nowMs ? todayMs : todayMs - Self.dayMs
  }

  private func row(_ number: String, atMs: Int64) -> String {
    let localMs = atMs + BusinessDate.offsetMs
    let second = localMs % Self.dayMs / 1000
    let parts = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return
      "\(number)\t\(BusinessDate(atMs: atMs)) \(parts.joined(separator: ":"))\t0\t15\t0\t0\t0\n"
  }

  private func send(_ row: String) async {
    guard let port = port.number else { return }
    let logger = logger
    await withCheckedContinuation { done in
      // A blocking client, on a thread that may block.
      DispatchQueue.global().async {
        do {
          let client = AdminClient(port: port)
          let query = "SN=\(Self.serial)&options=all&pushver=2.4.1&language=83"
          _ = try client.request("GET", "/iclock/cdata?\(query)")
          _ = try client.request(
            "POST", "/iclock/cdata?SN=\(Self.serial)&table=ATTLOG&Stamp=9999",
            mediaType: "text/plain", body: Array(row.utf8))
        } catch {
          logger.warning("demo terminal not heard", metadata: ["error": "\(error)"])
        }
        done.resume()
      }
    }
  }
}
