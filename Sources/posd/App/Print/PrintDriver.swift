import Logging
import POS
import POSStore
import Printing
import Receipt

/// Drives the queue of one printer: draws waiting slips, sends them in order, writes down what
/// came of it.
///
/// 1. A job is marked as being sent before its first byte, so that a crash leaves it in doubt,
///    never printed twice unasked.
/// 2. While the printer is in no state to begin, jobs stay in the queue and nothing is written.
/// 3. Once a byte was taken, only the printer's word, or a person's, ends the doubt.
struct PrintDriver {
  /// A slip that nobody waits for any more: its shopper has left long ago.
  private static let longestWaitMs: Int64 = 4 * 3_600_000
  /// How often a printer that has nothing to do is looked at.
  private static let idlePause = Duration.seconds(2)
  /// A broken printer is asked again after this times two, four, …
  private static let firstPause = Duration.milliseconds(400)
  private static let longestDoubling = 3

  let store: Store
  let receipts: ReceiptRoom
  let printers: Printers
  /// `nil` is the printer of the settings.
  let name: String?
  let printer: StationPrinter
  let clock: Clock
  /// Shows a slip to the person at the terminal, in the demo.
  var show: @Sendable (Slip) -> Void = { _ in }
  let logger: Logger

  /// Works until it is cancelled, or no till has this printer any more.
  func run() async {
    let wake = PrintWake()
    store.printSignal.onChange { wake.set() }
    var failures = 0
    while !Task.isCancelled, printers.isOpen(name, printer) {
      switch await attempt() {
      case .printed: failures = 0
      case .nothingToDo:
        failures = 0
        await wake.sleep(atMost: Self.idlePause)
      case .waits:
        await wake.sleep(atMost: Self.firstPause * (1 << min(failures, Self.longestDoubling)))
        failures += 1
      }
    }
  }

  private enum Step {
    case printed
    case nothingToDo
    case waits
  }

  /// Deals with the next slip; a store that cannot work now (a full disk) is tried again later.
  private func attempt() async -> Step {
    do {
      let next = try await store.waitingPrintJobs(at: printers.addresses(of: name), limit: 1)
      guard let job = next.first else {
        await lookWhileIdle()
        return .nothingToDo
      }
      return try await deal(with: job)
    } catch is CancellationError {
      return .waits
    } catch {
      logger.error("print queue waits", metadata: ["error": "\(error)"])
      return .waits
    }
  }

  private func deal(with job: PrintJob) async throws -> Step {
    guard !job.isTooLate(atMs: clock.nowMs, after: Self.longestWaitMs) else {
      try await store.mark([job.key], as: .failed, reason: PrintReason.tooLate.code)
      return .printed
    }
    let slip: Slip
    do {
      slip = try await prepared(job)
    } catch let problem as TransportProblem {
      waits(PrintReason(problem.trouble), problem, job)
      // Another printer is needed, not a hand at this one.
      guard problem.trouble.condition == .unsupported else { return .waits }
      let reason = PrintReason(problem.trouble).code
      try await store.mark([job.key], as: .failed, reason: reason)
      return .printed
    } catch let reason as NotDrawn {
      logger.error(
        "slip not drawn", metadata: ["slip": "\(job.slipName)", "error": "\(reason.error)"])
      try await store.mark([job.key], as: .failed, reason: reason.reason.code)
      return .printed
    }
    guard try await store.beginSending(job.key) else { return .printed }
    return await send(slip, job)
  }

  private func send(_ slip: Slip, _ job: PrintJob) async -> Step {
    printers.board.set(.printing, of: name)
    do {
      let delivery = try await printer.transport.deliver(slip)
      printers.board.set(.ready, warning: printer.transport.warning, of: name)
      await mark(job, as: delivery == .printed ? .printed : .accepted, nil)
      show(slip)
      return .printed
    } catch {
      let problem = error as? TransportProblem ?? .notStarted("\(error)")
      let reason = PrintReason(problem.trouble)
      waits(reason, problem, job)
      switch problem {
      case .notStarted:
        await mark(job, as: .queued, nil)
        return .waits
      case .brokenOff:
        await mark(job, as: .possiblyPrinted, reason)
        return .printed
      }
    }
  }

  /// What is known of a slip is not given up because the disk is full for a while.
  private func mark(_ job: PrintJob, as state: PrintJob.State, _ reason: PrintReason?) async {
    while true {
      do {
        return try await store.mark([job.key], as: state, reason: reason?.code)
      } catch {
        logger.error(
          "print queue waits", metadata: ["slip": "\(job.slipName)", "error": "\(error)"])
        guard !Task.isCancelled else { return }
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }
}

// MARK: - Before a slip

extension PrintDriver {
  /// A document that cannot be drawn.
  private struct NotDrawn: Error {
    let reason: PrintReason
    let error: String
  }

  /// Draws a slip for the printer as it is found now.
  ///
  /// Throws `TransportProblem` if the printer is in no state to begin; `NotDrawn`.
  private func prepared(_ job: PrintJob) async throws -> Slip {
    let target = try await printer.target()
    printers.board.set(target.profile, of: name)
    // What stood in the way before is asked for without touching the job.
    if case .waiting = printers.board.entry(name).state { try await printer.transport.looked() }
    do {
      guard let document = try await receipts.document(of: job) else {
        throw NotDrawn(reason: .noDocument, error: "no such document")
      }
      return target.slip(document, name: job.slipName, glyphs: receipts.looks.glyphs)
    } catch let notDrawn as NotDrawn {
      throw notDrawn
    } catch {
      throw NotDrawn(reason: .notDrawn, error: "\(error)")
    }
  }

  private func lookWhileIdle() async {
    guard printer.transport.isWatched else { return }
    do {
      printers.board.set(try await printer.target().profile, of: name)
      try await printer.transport.looked()
      printers.board.set(.ready, warning: printer.transport.warning, of: name)
    } catch let problem as TransportProblem {
      waits(PrintReason(problem.trouble), problem, nil)
    } catch {
      logger.error("printer not looked at", metadata: ["error": "\(error)"])
    }
  }

  /// Notes what stands in the way; the log has it once.
  private func waits(_ reason: PrintReason, _ problem: TransportProblem, _ job: PrintJob?) {
    let isNew = printers.board.set(.waiting(reason), of: name)
    switch problem {
    case .notStarted:
      guard isNew else { return }
      logger.warning(
        "printer waits", metadata: ["printer": "\(name ?? "")", "trouble": "\(problem.trouble)"])
    case .brokenOff:
      logger.error(
        "slip broken off",
        metadata: ["slip": "\(job?.slipName ?? "")", "trouble": "\(problem.trouble)"])
    }
  }
}

extension PrintJob {
  /// A name for files and logs: the record, what of it, and the copy.
  var slipName: String {
    let record = "\(subject.epoch)-\(subject.sequence)"
    return switch subject.document {
    case .sale, .saleReturn, .xReport, .zReport, .dayClose, .monthClose, .voucher,
      .voucherBalance, .handOut, .mealMoney, .mealMoneyUndone:
      "\(record)-\(copy)"
    }
  }

  /// Whether it has waited for so long that nobody wants it: a receipt is for a shopper at the till.
  func isTooLate(atMs nowMs: Int64, after limitMs: Int64) -> Bool {
    switch subject.document {
    case .sale, .saleReturn, .mealMoney, .mealMoneyUndone:
      copy == 0 && decision == nil && nowMs - createdAtMs > limitMs
    case .xReport, .zReport, .dayClose, .monthClose, .voucher, .voucherBalance, .handOut: false
    }
  }
}
