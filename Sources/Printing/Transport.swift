/// A way to a printer; it knows bytes and what became of them, nothing of receipts.
public protocol Transport: Sendable {
  /// Sends one slip from its first byte to its last.
  ///
  /// - Returns: how sure it is that the slip came out.
  /// - Throws: `TransportProblem` if nothing, or not all of it, was taken.
  func send(_ slip: Slip) throws -> Delivery

  /// Ends soon: a slip that waits for the printer is broken off, later ones are refused.
  func close()
}

extension Transport {
  /// Nothing to end for transports that never wait.
  public func close() {}
}

/// One slip for a printer: its bytes, and the same as text and picture for printers that are
/// files.
public struct Slip: Equatable, Sendable {
  /// A name for files: letters, digits, `-`.
  public let name: String
  public let bytes: [UInt8]
  public let text: String
  public let svg: String

  public init(name: String, bytes: [UInt8], text: String, svg: String) {
    self.name = name
    self.bytes = bytes
    self.text = text
    self.svg = svg
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
