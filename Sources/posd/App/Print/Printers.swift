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
  /// The address of the printer of the settings, as the settings have it.
  let usualAddress: String?
  let board = PrinterBoard()

  private let open: Open
  private let opened = Mutex<[String: StationPrinter]>([:])

  init(
    usual: StationPrinter?, usualAddress: String? = nil, open: @escaping Open = { _ in nil }
  ) {
    self.usual = usual
    self.usualAddress = usualAddress
    self.open = open
  }

  /// The same printer has the same name, however tills write it.
  func name(of address: String?) -> String? { address == usualAddress ? nil : address }

  /// What tills may have as address of the printer of this name.
  func addresses(of name: String?) -> [String?] {
    guard name == nil, let usualAddress else { return [name] }
    return [nil, usualAddress]
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

  /// Closes the printers whose names are not among these; the names that are new.
  func keepOnly(_ names: Set<String>) -> [String] {
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

  /// Whether tills still have the printer of this name.
  func isOpen(_ name: String?) -> Bool {
    guard let name else { return true }
    return opened.withLock { $0[name] != nil }
  }

  /// Ends all: a slip that waits for its printer is broken off.
  func close() {
    usual?.transport.close()
    for printer in opened.withLock({ $0.values.map(\.transport) }) { printer.close() }
  }
}
