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
}

/// One slip for a printer: its bytes, and the same as text and picture for printers that are
/// files.
public struct Slip: Equatable, Sendable {
  /// A name for files: letters, digits, `-`.
  public let name: String
  public let bytes: [UInt8]
  public let text: String
  public let svg: String
  /// The printer it was drawn for: on another it is not printed.
  public let printer: PrinterIdentity?

  public init(
    name: String, bytes: [UInt8], text: String, svg: String, printer: PrinterIdentity? = nil
  ) {
    self.name = name
    self.bytes = bytes
    self.text = text
    self.svg = svg
    self.printer = printer
  }
}

/// How sure a transport is that a slip came out.
public enum Delivery: Equatable, Sendable {
  /// The printer said so.
  case printed
  /// All bytes were taken and nothing speaks against it.
  case accepted
}

/// Why a slip was not delivered.
public enum TransportProblem: Error, Equatable, Sendable {
  /// Nothing was sent.
  case notStarted(PrinterTrouble)
  /// Broken off in the middle, or not known to be finished: some of it may be on paper.
  case brokenOff(PrinterTrouble)

  /// Nothing was sent, for a reason that is no condition of a printer.
  public static func notStarted(_ reason: String) -> Self {
    .notStarted(PrinterTrouble(nil, detail: reason))
  }

  /// What stood in the way.
  public var trouble: PrinterTrouble {
    switch self {
    case .notStarted(let trouble), .brokenOff(let trouble): trouble
    }
  }
}
