import Logging
import POS
import POSStore

/// Deals with the slips of tills that have no printer: they fail a second later, many with one
/// write, and can be printed again once there is one.
struct NoPrinterDriver {
  private static let pause = Duration.seconds(1)
  private static let idlePause = Duration.seconds(10)
  private static let batch = 5000

  let store: Store
  let addresses: [String?]
  let logger: Logger

  /// Works until it is cancelled.
  func run() async {
    let wake = PrintWake()
    store.printSignal.onChange { wake.set() }
    while !Task.isCancelled {
      await refuseWaiting()
      await wake.sleep(atMost: Self.idlePause)
      try? await Task.sleep(for: Self.pause)
    }
  }

  private func refuseWaiting() async {
    do {
      let jobs = try await store.waitingPrintJobs(at: addresses, limit: Self.batch)
      guard !jobs.isEmpty else { return }
      try await store.mark(
        jobs.map(\.key), as: .failed, reason: PrintReason.noPrinter.code)
    } catch is CancellationError {
      return
    } catch {
      logger.error("print queue waits", metadata: ["error": "\(error)"])
    }
  }
}
