import Logging
import POS
import POSStore
import Printing
import Receipt
import ServiceLifecycle

/// Drives the print queue: draws waiting slips, sends them in order, writes down what came of it.
///
/// A job is marked as being sent before its first byte, so that a crash leaves it in doubt, never
/// printed twice unasked.
struct PrintDriver: Service {
  /// The most slips read at once.
  private static let batch = 32
  /// How often an empty queue is looked at.
  private static let pause = Duration.milliseconds(200)

  let store: Store
  let receipts: ReceiptRoom
  /// `nil` where no printer is set up: slips fail with a reason, and can be printed again.
  let printer: StationPrinter?
  /// Shows a slip to the person at the terminal, in the demo.
  var show: @Sendable (Slip) -> Void = { _ in }
  let logger: Logger

  func run() async throws {
    await withGracefulShutdownHandler {
      await work()
    } onGracefulShutdown: {
      printer?.transport.close()
    }
  }

  private func work() async {
    await cancelWhenGracefulShutdown {
      await attempt { try await store.markInterruptedPrintJobs() }
      while !Task.isCancelled {
        let printed = await attempt { try await printWaiting() }
        if printed ?? 0 == 0 { try? await Task.sleep(for: Self.pause) }
      }
    }
  }

  /// Does some work; a store that cannot work now (a full disk) is tried again later.
  @discardableResult
  private func attempt<Value>(_ work: () async throws -> Value) async -> Value? {
    do {
      return try await work()
    } catch is CancellationError {
      return nil
    } catch {
      logger.error("print queue waits", metadata: ["error": "\(error)"])
      try? await Task.sleep(for: .seconds(1))
      return nil
    }
  }

  /// Prints what waits; the number of slips dealt with.
  private func printWaiting() async throws -> Int {
    guard let printer else {
      try await refuseWaiting()
      return 0
    }
    let jobs = try await store.waitingPrintJobs(limit: Self.batch)
    for job in jobs {
      // Only the slip at the printer is ever in doubt.
      try Task.checkCancellation()
      try await store.mark([job.key], as: .sending, reason: nil)
      let (state, reason) = await outcome(of: job, printer)
      try await store.mark([job.key], as: state, reason: reason)
    }
    return jobs.count
  }

  /// Where nothing prints, slips fail a second later, many with one write.
  private func refuseWaiting() async throws {
    try await Task.sleep(for: .seconds(1))
    let jobs = try await store.waitingPrintJobs(limit: 5000)
    guard !jobs.isEmpty else { return }
    try await store.mark(jobs.map(\.key), as: .failed, reason: "no_printer")
  }

  /// Draws and sends a slip; one that cannot be drawn has failed, and does not hold up the rest.
  private func outcome(
    of job: PrintJob, _ printer: StationPrinter
  ) async -> (PrintJob.State, String?) {
    do {
      return try await send(job, printer)
    } catch {
      logger.error(
        "slip not drawn", metadata: ["slip": "\(job.slipName)", "error": "\(error)"])
      return (.failed, "not_drawn")
    }
  }

  private func send(
    _ job: PrintJob, _ printer: StationPrinter
  ) async throws -> (PrintJob.State, String?) {
    guard let document = try await receipts.document(of: job) else {
      return (.failed, "no_document")
    }
    let name = job.slipName
    do {
      let slip = try await printer.target().slip(
        document, name: name, glyphs: receipts.looks.glyphs)
      let delivery = try await printer.transport.deliver(slip)
      show(slip)
      return (delivery == .printed ? .printed : .accepted, nil)
    } catch let problem as TransportProblem {
      logger.error(
        "slip not delivered", metadata: ["slip": "\(name)", "trouble": "\(problem.trouble)"])
      let reason = problem.trouble.condition?.rawValue ?? "printer_unreachable"
      switch problem {
      case .notStarted: return (.failed, reason)
      case .brokenOff: return (.possiblyPrinted, reason)
      }
    }
  }
}

extension PrintJob {
  /// A name for files and logs: the record, what of it, and the copy.
  var slipName: String {
    let record = "\(subject.epoch)-\(subject.sequence)"
    return switch subject.document {
    case .sale, .saleReturn: "\(record)-\(copy)"
    }
  }
}
