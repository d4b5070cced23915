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
