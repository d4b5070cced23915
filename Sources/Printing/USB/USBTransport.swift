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
  ///
  /// `abilities` tells what the printer can do that is found then.
  public init(
    _ choice: USBPrinterChoice = USBPrinterChoice(),
    abilities: @escaping @Sendable (PrinterIdentity) -> PrinterAbilities = { _ in .init() },
    limits: PrintingLimits = PrintingLimits()
  ) {
    let mailbox = mailbox
    thread = BlockingThread.start { USBOwner(choice, abilities, limits, mailbox).run() }
  }

  deinit {
    mailbox.close()
    pthread_join(thread, nil)
  }

  /// Connected, it speaks by itself.
  public var isWatched: Bool { true }

  public var warning: PrinterCondition? { mailbox.lastStatus?.warning }

  /// Connects if need be, and asks; blocks for a few seconds at most.
  public func look() throws {
    let answer = Answer<Void>()
    mailbox.post(.look(finish: answer.give))
    try answer.wait().get()
  }

  /// By the printer's own thread, before waiting slips or at the end of a running one.
  public func kick(_ pin: DrawerPin, withinMs: Int64) -> DrawerOutcome {
    guard let wish = DrawerWish(pin, withinMs: withinMs) else { return .notSetUp }
    mailbox.wishes.add(wish)
    mailbox.post(.drawer)
    return wish.outcome() ?? .late
  }

  /// Sends one slip; blocks for as long as it takes, a minute or two at most if paper is missing.
  public func send(_ slip: Slip) throws -> Delivery {
    let answer = Answer<Delivery>()
    mailbox.post(.deliver(slip, finish: answer.give))
    return try answer.wait().get()
  }

  /// Connects if need be and says which printer it is; throws as `send` does.
  public func identify() throws -> PrinterIdentity? {
    let answer = Answer<PrinterIdentity>()
    mailbox.post(.identify(finish: answer.give))
    return try answer.wait().get()
  }

  /// Connects if need be and asks what `DLE EOT` can be asked.
  public func examine() throws -> [StatusAnswer] {
    let answer = Answer<[StatusAnswer]>()
    mailbox.post(.examine(finish: answer.give))
    return try answer.wait().get()
  }

  /// Ends the printer's thread soon: a slip being waited for is broken off, later ones refused.
  public func close() { mailbox.close() }

  /// Ends the printer's thread and waits until it has given the printer back.
  public func shutDown() {
    mailbox.close()
    mailbox.waitForEnd()
  }

  /// What the printer said last; `nil` while it is not connected.
  public var lastStatus: PrinterStatus? { mailbox.lastStatus }

  /// Unchecked because its variable is used only while the lock is held.
  private final class Answer<Value: Sendable>: @unchecked Sendable {
    private let lock = ThreadLock()
    private var result: Result<Value, TransportProblem>?

    @Sendable func give(_ newResult: Result<Value, TransportProblem>) {
      lock.held {
        result = newResult
        lock.signal()
      }
    }

    func wait() -> Result<Value, TransportProblem> {
      lock.held {
        while true {
          if let result { return result }
          lock.wait()
        }
      }
    }
  }
}
