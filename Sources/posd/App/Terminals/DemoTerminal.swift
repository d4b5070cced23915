import Attendance
import Dispatch
import Logging
import POS
import ServiceLifecycle
import Synchronization

/// A face terminal of the demonstration, which speaks to the listener through a socket as a real one
/// does: so meals appear by themselves, and nothing but the program is needed.
///
/// People look into it one after the other, now; the policy of the demonstration has meals at every
/// hour.
struct DemoTerminal: Service {
  /// The serial number under which it is enrolled.
  static let serial = "DEMO000001"
  /// Between two people at the counter.
  private static let pause = Duration.seconds(4)

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
      try? await Task.sleep(for: Self.pause)
      await greet()
      for number in numbers {
        try? await Task.sleep(for: Self.pause)
        if Task.isCancelled { return }
        await send(row(number, atMs: clock.nowMs))
      }
    }
    // What has nothing more to do waits, so that the daemon goes on.
    try await gracefulShutdown()
  }

  private func row(_ number: String, atMs: Int64) -> String {
    let localMs = atMs + BusinessDate.offsetMs
    let second = localMs % 86_400_000 / 1000
    let parts = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return
      "\(number)\t\(BusinessDate(atMs: atMs)) \(parts.joined(separator: ":"))\t0\t15\t0\t0\t0\n"
  }

  /// What a terminal asks first after it was switched on.
  private func greet() async {
    await ask("GET", "cdata?SN=\(Self.serial)&options=all&pushver=2.4.1&language=83", [])
  }

  private func send(_ row: String) async {
    await ask("POST", "cdata?SN=\(Self.serial)&table=ATTLOG&Stamp=9999", Array(row.utf8))
  }

  private func ask(_ method: String, _ path: String, _ body: [UInt8]) async {
    guard let port = port.number else { return }
    let logger = logger
    await withCheckedContinuation { done in
      // A blocking client, on a thread that may block.
      DispatchQueue.global().async {
        do {
          _ = try AdminClient(port: port).request(
            method, "/iclock/\(path)", mediaType: "text/plain", body: body)
        } catch {
          logger.warning("demo terminal not heard", metadata: ["error": "\(error)"])
        }
        done.resume()
      }
    }
  }
}
