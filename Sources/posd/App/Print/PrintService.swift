import Logging
import POSStore
import Printing
import ServiceLifecycle

/// Keeps one driver for each printer at work, so that a broken one holds up no other.
struct PrintService: Service {
  /// New printers are told of; this is only for a signal that got lost.
  private static let pause = Duration.seconds(30)

  let store: Store
  let receipts: ReceiptRoom
  let printers: Printers
  let clock: Clock
  /// Shows a slip to the person at the terminal, in the demo.
  var show: @Sendable (Slip) -> Void = { _ in }
  let logger: Logger

  func run() async throws {
    await withGracefulShutdownHandler {
      await cancelWhenGracefulShutdown { await work() }
    } onGracefulShutdown: {
      printers.close()
    }
  }

  private func work() async {
    let wake = PrintWake()
    store.tillSignal.onChange { wake.set() }
    await keepTrying("mark interrupted slips") { try await store.markInterruptedPrintJobs() }
    await withDiscardingTaskGroup { group in
      group.addTask { await drive(nil) }
      var running: Set<String> = []
      while !Task.isCancelled {
        await keepTrying("read printers") {
          let names = Set(try await store.printerAddresses().compactMap(printers.name))
          _ = printers.keepOnly(names)
          running.formIntersection(names)
          for name in names.subtracting(running).sorted() {
            running.insert(name)
            group.addTask { await drive(name) }
          }
        }
        await wake.sleep(atMost: Self.pause)
      }
    }
  }

  private func drive(_ name: String?) async {
    guard let printer = printers.printer(at: name) else {
      return await NoPrinterDriver(
        store: store, addresses: printers.addresses(of: name), logger: logger
      ).run()
    }
    await PrintDriver(
      store: store, receipts: receipts, printers: printers, name: name, printer: printer,
      clock: clock,
      show: show, logger: logger
    ).run()
  }

  /// A store that cannot work now (a full disk) is asked again later.
  private func keepTrying(_ act: String, _ work: () async throws -> Void) async {
    while !Task.isCancelled {
      do {
        return try await work()
      } catch {
        logger.error("print queue waits", metadata: ["act": "\(act)", "error": "\(error)"])
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }
}
