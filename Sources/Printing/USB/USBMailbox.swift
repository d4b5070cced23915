import CUSB

/// Slips on their way to the thread that owns a printer, and its status on the way back.
///
/// Unchecked because every stored variable is used only while the lock is held.
final class USBMailbox: @unchecked Sendable {
  /// What is to be done, and whom to tell.
  enum Job: Sendable {
    case deliver(Slip, finish: @Sendable (Result<Delivery, TransportProblem>) -> Void)
    case identify(finish: @Sendable (Result<PrinterIdentity, TransportProblem>) -> Void)
    case examine(finish: @Sendable (Result<[StatusAnswer], TransportProblem>) -> Void)
  }

  /// More slips than this waiting at one printer means that something is badly wrong.
  static let capacity = 64

  private let lock = ThreadLock()
  private var jobs: [Job] = []
  private var closed = false
  private var hasEnded = false
  private var status: PrinterStatus?
  private var wake: OpaquePointer?

  var isClosed: Bool { lock.held { closed } }
  var lastStatus: PrinterStatus? { lock.held { status } }

  /// Puts a slip in; told at once if the mailbox is closed or full.
  func post(_ job: Job) {
    let isIn = lock.held {
      guard !closed, jobs.count < Self.capacity else { return false }
      jobs.append(job)
      wakeOwner()
      return true
    }
    if !isIn { refuse(job) }
  }

  /// The owner ends after what it does now; waiting slips are not started.
  func close() {
    lock.held {
      closed = true
      wakeOwner()
    }
  }

  /// The next slip; waits for one only if told to.
  func next(waits: Bool) -> Job? {
    lock.held {
      while waits, jobs.isEmpty, !closed { lock.wait() }
      return jobs.isEmpty || closed ? nil : jobs.removeFirst()
    }
  }

  func refuseWaiting() {
    let waiting = lock.held {
      defer { jobs = [] }
      return jobs
    }
    waiting.forEach(refuse)
  }

  /// The owner has given the printer back and reads no more.
  func end() {
    lock.held {
      hasEnded = true
      lock.signal()
    }
  }

  func waitForEnd() {
    lock.held { while !hasEnded { lock.wait() } }
  }

  func publish(_ newStatus: PrinterStatus?) { lock.held { status = newStatus } }

  /// The libusb session whose event handling a new slip interrupts.
  func setWake(_ context: OpaquePointer?) { lock.held { wake = context } }

  private func wakeOwner() {
    lock.signal()
    if let wake { libusb_interrupt_event_handler(wake) }
  }

  private func refuse(_ job: Job) {
    let detail = isClosed ? "the printer's thread has ended" : "too many slips wait"
    let problem = TransportProblem.notStarted(PrinterTrouble(.stopped, detail: detail))
    switch job {
    case .deliver(_, let finish): finish(.failure(problem))
    case .identify(let finish): finish(.failure(problem))
    case .examine(let finish): finish(.failure(problem))
    }
  }
}
