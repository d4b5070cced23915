import CUSB

/// Errands for the thread that owns a printer, and its status on the way back.
///
/// Unchecked because every stored variable is used only while the lock is held.
final class USBMailbox: @unchecked Sendable {
  /// Something to do at the printer, and whom to tell.
  enum Errand: Sendable {
    case deliver(Slip, finish: @Sendable (Result<Delivery, TransportProblem>) -> Void)
    case identify(finish: @Sendable (Result<PrinterIdentity, TransportProblem>) -> Void)
    case examine(finish: @Sendable (Result<[StatusAnswer], TransportProblem>) -> Void)
    /// Only looks whether a slip could begin.
    case look(finish: @Sendable (Result<Void, TransportProblem>) -> Void)
    /// Somebody wishes the drawer open: see `wishes`.
    case drawer
  }

  /// More errands than this waiting at one printer means that something is badly wrong.
  static let capacity = 64

  /// Taken by whoever can speak to the printer first: between slips, or at the end of one.
  let wishes = DrawerWishes()

  private let lock = ThreadLock()
  private var errands: [Errand] = []
  private var closed = false
  private var hasEnded = false
  private var status: PrinterStatus?
  private var wake: OpaquePointer?

  var isClosed: Bool { lock.held { closed } }
  var lastStatus: PrinterStatus? { lock.held { status } }

  /// Puts an errand in, a drawer before all others; told at once if the mailbox is closed or full.
  func post(_ errand: Errand) {
    let isIn = lock.held {
      guard !closed, errands.count < Self.capacity else { return false }
      if case .drawer = errand { errands.insert(errand, at: 0) } else { errands.append(errand) }
      wakeOwner()
      return true
    }
    if !isIn { refuse(errand) }
  }

  /// The owner ends after what it does now; waiting errands are not started.
  func close() {
    lock.held {
      closed = true
      wakeOwner()
    }
  }

  /// The next errand; waits for one only if told to.
  func next(waits: Bool) -> Errand? {
    lock.held {
      while waits, errands.isEmpty, !closed { lock.wait() }
      return errands.isEmpty || closed ? nil : errands.removeFirst()
    }
  }

  func refuseWaiting() {
    let waiting = lock.held {
      defer { errands = [] }
      return errands
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

  /// The libusb session whose event handling a new errand interrupts.
  func setWake(_ context: OpaquePointer?) { lock.held { wake = context } }

  private func wakeOwner() {
    lock.signal()
    if let wake { libusb_interrupt_event_handler(wake) }
  }

  private func refuse(_ errand: Errand) {
    let detail = isClosed ? "the printer's thread has ended" : "too many slips wait"
    let trouble = PrinterTrouble(.stopped, detail: detail)
    let problem = TransportProblem.notStarted(trouble)
    switch errand {
    case .deliver(_, let finish): finish(.failure(problem))
    case .identify(let finish): finish(.failure(problem))
    case .examine(let finish): finish(.failure(problem))
    case .look(let finish): finish(.failure(problem))
    case .drawer: wishes.take()?.finish(.refused(trouble))
    }
  }
}
