import Attendance
import Dispatch
import Logging
import POS
import ServiceLifecycle
import Synchronization

/// A face terminal of the demonstration, which speaks to the listener through a socket as a real one
/// does: so meals appear by themselves, and nothing but the program is needed.
///
/// It has kept the rows of two people of half an hour ago and sends them first; then one after the
/// other looks into it.
struct DemoTerminal: Service {
  /// The serial number under which it is enrolled.
  static let serial = "DEMO000001"
  /// Between two people at the counter.
  private static let pause = Duration.seconds(6)
  private static let pollPause = Duration.seconds(30)
  /// Who has eaten came so long ago: longer than what counts as the same meal.
  private static let earlyMs: Int64 = 30 * 60_000

  /// The port of the listener, once it is known.
  final class Port: Sendable {
    private let value = Mutex<UInt16?>(nil)

    func set(_ port: Int?) { value.withLock { $0 = port.flatMap { UInt16(exactly: $0) } } }

    var number: UInt16? { value.withLock { $0 } }
  }

  let port: Port
  /// Who came before, and who comes now, in this order.
  let early: [String]
  let live: [String]
  let clock: Clock
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      try? await Task.sleep(for: Self.pause)
      await greet()
      let earlyMs = clock.nowMs - Self.earlyMs
      for number in early { await send(row(number, atMs: earlyMs)) }
      for number in live {
        if Task.isCancelled { return }
        await send(row(number, atMs: clock.nowMs))
        try? await Task.sleep(for: Self.pause)
      }
      // As a real one it asks for work from then on, and is not taken for silent.
      while !Task.isCancelled {
        await ask("GET", "/iclock/getrequest?SN=\(Self.serial)")
        try? await Task.sleep(for: Self.pollPause)
      }
    }
  }

  private func row(_ number: String, atMs: Int64) -> String {
    let localMs = atMs + BusinessDate.offsetMs
    let second = localMs % 86_400_000 / 1000
    let parts = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return
      "\(number)\t\(BusinessDate(atMs: atMs)) \(parts.joined(separator: ":"))\t0\t15\t0\t0\t0\n"
  }

  private func greet() async {
    await ask("GET", "/iclock/cdata?SN=\(Self.serial)&options=all&pushver=2.4.1&language=83")
  }

  private func send(_ row: String) async {
    await ask("POST", "/iclock/cdata?SN=\(Self.serial)&table=ATTLOG&Stamp=9999", body: row)
  }

  private func ask(_ method: String, _ path: String, body: String? = nil) async {
    guard let port = port.number else { return }
    let logger = logger
    await withCheckedContinuation { done in
      // A blocking client, on a thread that may block.
      DispatchQueue.global().async {
        do {
          let client = AdminClient(port: port)
          if let body {
            _ = try client.request(method, path, mediaType: "text/plain", body: Array(body.utf8))
          } else {
            _ = try client.request(method, path)
          }
        } catch {
          logger.warning("demo terminal not heard", metadata: ["error": "\(error)"])
        }
        done.resume()
      }
    }
  }
}
