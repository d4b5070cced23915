/// What became of opening a drawer of money.
public enum DrawerOutcome: Equatable, Sendable {
  /// The printer took the pulse.
  case sent
  /// No drawer, or no printer that could open it.
  case notSetUp
  /// Not in time: the printer was busy with a slip. It is not tried again.
  case late
  /// The printer is not there, or in no state to.
  case refused(PrinterTrouble)
}
