import Glibc
public import Receipt

/// A USB receipt printer.
///
/// A thread of its own holds the printer from the first slip on and is the only one that calls
/// libusb, so that no scan or second slip breaks into a running one. Between slips it hears the
/// printer, so that a pulled plug or missing paper is known before the next slip.
public final class USBTransport: Transport {
  private let mailbox = USBMailbox()
  private let thread: pthread_t

  /// Starts the printer's thread; the printer is looked for when the first slip comes.
  public init(
    _ choice: USBPrinterChoice = USBPrinterChoice(),
    abilities: PrinterAbilities = PrinterAbilities(), limits: PrintingLimits = PrintingLimits()
  ) {
    let mailbox = mailbox
    thread = BlockingThread.start { USBOwner(choice, abilities, limits, mailbox).run() }
  }

  deinit {
    mailbox.close()
    pthread_join(thread, nil)
  }

  /// Sends one slip; blocks for as long as it takes, a minute or two at most if paper is missing.
  public func send(_ slip: Slip) throws -> Delivery {
    let answer = Answer()
    mailbox.post(USBMailbox.Job(slip: slip, finish: answer.give))
    return try answer.wait().get()
  }

  /// Ends the printer's thread soon: a slip being waited for is broken off, later ones refused.
  public func close() { mailbox.close() }

  /// What the printer said last; `nil` while it is not connected.
  public var lastStatus: PrinterStatus? { mailbox.lastStatus }

  /// Unchecked because its variable is used only while the lock is held.
  private final class Answer: @unchecked Sendable {
    private let lock = ThreadLock()
    private var result: Result<Delivery, TransportProblem>?

    @Sendable func give(_ newResult: Result<Delivery, TransportProblem>) {
      lock.held {
        result = newResult
        lock.signal()
      }
    }

    func wait() -> Result<Delivery, TransportProblem> {
      lock.held {
        while true {
          if let result { return result }
          lock.wait()
        }
      }
    }
  }
}
