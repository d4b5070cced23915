import Printing
import Synchronization

/// The printers in use, one for each address, so that tills may share one.
///
/// A printer is opened when it is first asked for and closed when no till has it any more.
final class Printers: Sendable {
  /// Makes the way to the printer at an address; `nil` if that is none.
  typealias Open = @Sendable (String) -> StationPrinter?

  /// The printer of the settings; `nil` where there is none.
  let usual: StationPrinter?
  /// What tills may write for the printer of the settings: its address, with its profile or
  /// without.
  private let usualNames: Set<String>
  /// The address of the printer of the settings, as the settings have it.
  let usualAddress: String?
  let board = PrinterBoard()

  /// The names that tills have, once they are known.
  private let names = Mutex<Set<String>?>(nil)
  private let open: Open
  private let opened = Mutex<[String: StationPrinter]>([:])

  init(
    usual: StationPrinter?, usualAddress: PrinterAddress? = nil,
    open: @escaping Open = { _ in nil }
  ) {
    self.usual = usual
    self.usualAddress = usualAddress?.description
    usualNames = Set(usualAddress.map { ["\($0)", "\($0.place)"] } ?? [])
    self.open = open
  }

  /// The same printer has the same name, however tills write it.
  func name(of address: String?) -> String? {
    address.flatMap { usualNames.contains($0) ? nil : $0 }
  }

  /// What tills may have as address of the printer of this name.
  func addresses(of name: String?) -> [String?] {
    name.map { [$0] } ?? [nil] + usualNames.sorted()
  }

  /// The printer of a till with this address.
  func printer(at address: String?) -> StationPrinter? {
    guard let name = name(of: address) else { return usual }
    return opened.withLock { opened in
      if let printer = opened[name] { return printer }
      opened[name] = open(name)
      return opened[name]
    }
  }

  /// Whether it is known that no till has a printer.
  var areNone: Bool { usual == nil && names.withLock { $0?.isEmpty == true } }

  /// Closes the printers whose names are not among these; the names that are new.
  func keepOnly(_ names: Set<String>) -> [String] {
    self.names.withLock { $0 = names }
    let (gone, new) = opened.withLock { opened in
      let gone = opened.filter { !names.contains($0.key) }
      for name in gone.keys { opened[name] = nil }
      return (gone, names.subtracting(opened.keys))
    }
    for (name, printer) in gone {
      printer.transport.close()
      board.forget(name)
    }
    return new.sorted()
  }

  /// Whether tills still have the printer of this name, and it was not closed in between.
  func isOpen(_ name: String?, _ printer: StationPrinter) -> Bool {
    guard let name else { return true }
    let current = opened.withLock { $0[name] }
    return current.map { $0.transport as AnyObject === printer.transport as AnyObject } ?? false
  }

  /// Ends all: a slip that waits for its printer is broken off.
  func close() {
    usual?.transport.close()
    for printer in opened.withLock({ $0.values.map(\.transport) }) { printer.close() }
  }
}
