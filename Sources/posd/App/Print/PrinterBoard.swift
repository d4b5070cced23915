import Printing
import Receipt
import Synchronization

/// What each printer does now: its driver writes, the API reads.
final class PrinterBoard: Sendable {
  /// What a printer does.
  enum State: Equatable, Sendable {
    /// Nobody has asked it yet.
    case unknown
    case ready
    case printing
    /// It cannot print; slips stay in the queue.
    case waiting(PrintReason)
  }

  /// What is known of a printer.
  struct Entry: Equatable, Sendable {
    var state = State.unknown
    /// It prints, but not for long.
    var warning: PrinterCondition?
    /// The profile of the printer that was found last.
    var profile: PrinterProfile?
  }

  /// By address; `nil` is the printer of the settings.
  private let entries = Mutex<[String?: Entry]>([:])

  /// What is known of the printer at an address.
  func entry(_ address: String?) -> Entry { entries.withLock { $0[address] ?? Entry() } }

  /// How many printers keep slips waiting.
  var waitingCount: Int64 {
    entries.withLock { entries in
      Int64(entries.values.count { if case .waiting = $0.state { true } else { false } })
    }
  }

  /// Notes what a printer does; whether that is new.
  @discardableResult
  func set(_ state: State, warning: PrinterCondition? = nil, of address: String?) -> Bool {
    entries.withLock { entries in
      let isNew = entries[address, default: Entry()].state != state
      entries[address, default: Entry()].state = state
      entries[address, default: Entry()].warning = warning
      return isNew
    }
  }

  /// Notes which printer was found.
  func set(_ profile: PrinterProfile, of address: String?) {
    entries.withLock { $0[address, default: Entry()].profile = profile }
  }

  /// The printer is no more in use.
  func forget(_ address: String?) { _ = entries.withLock { $0.removeValue(forKey: address) } }
}
