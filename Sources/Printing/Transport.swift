public import Receipt

/// A way to a printer; it knows bytes and what became of them, nothing of receipts.
public protocol Transport: Sendable {
  /// Sends one slip from its first byte to its last.
  ///
  /// - Returns: how sure it is that the slip came out.
  /// - Throws: `TransportProblem` if nothing, or not all of it, was taken.
  func send(_ slip: Slip) throws -> Delivery

  /// Which printer the next slip goes to, so that it can be drawn for it; `nil` where nobody can
  /// tell: a file, a network printer.
  ///
  /// Throws `TransportProblem.notStarted` if the printer cannot be reached; blocks as `send` does.
  func identify() throws -> PrinterIdentity?

  /// Asks the printer what it says of itself; nothing from a printer that does not speak.
  ///
  /// Throws `TransportProblem.notStarted` if the printer cannot be reached; blocks as `send` does.
  func examine() throws -> [StatusAnswer]

  /// Looks whether a slip could begin now; prints nothing.
  ///
  /// - Throws: `TransportProblem.notStarted`.
  func look() throws

  /// Opens the drawer at a pin, between slips and within the time, or not at all; blocks for a
  /// little more than that at most.
  func kick(_ pin: DrawerPin, withinMs: Int64) -> DrawerOutcome

  /// Whether looking costs nearly nothing, so that it may be done while nothing prints.
  var isWatched: Bool { get }

  /// What it can still print with, but not for long.
  var warning: PrinterCondition? { get }

  /// Ends soon: a slip that waits for the printer is broken off, later ones are refused.
  func close()

  /// Ends, and returns when nothing of the program speaks to the printer any more.
  func shutDown()
}

extension Transport {
  /// Nobody can tell.
  public func identify() throws -> PrinterIdentity? { nil }

  /// Does not speak.
  public func examine() throws -> [StatusAnswer] { [] }

  /// Nothing to end for transports that never wait.
  public func close() {}

  /// Nothing to wait for either.
  public func shutDown() { close() }

  /// Always ready.
  public func look() throws {}

  /// No drawer.
  public func kick(_ pin: DrawerPin, withinMs: Int64) -> DrawerOutcome { .notSetUp }

  public var isWatched: Bool { false }

  public var warning: PrinterCondition? { nil }
}
