import CUSB

/// A USB printer as `PrinterFinder` sees it.
public struct FoundPrinter: Equatable, Sendable {
  /// How it presents itself.
  public enum Kind: Equatable, Sendable {
    /// USB printer class; one-way printers tell nothing of themselves.
    case printerClass(isTwoWay: Bool)
    /// A maker's own class, known by its numbers.
    case vendorClass
  }

  public let id: USBID
  /// Bus and ports, as `USBPrinterChoice.path` takes it.
  public let path: String
  /// The device file.
  public let node: String
  public let kind: Kind
  public let maker: String?
  public let model: String?
  public let serial: String?
  /// From GET_DEVICE_ID: `ESC/POS`; empty if it does not say.
  public let commandSets: [String]
  /// A driver of the system (usblp) holds it; a transport sends that away by itself.
  public let isHeldBySystem: Bool
  /// Why it could not be opened, `nil` if it could.
  public let trouble: PrinterTrouble?
}

extension FoundPrinter {
  /// Enough of it to choose its profile by.
  public var identity: PrinterIdentity { PrinterIdentity(id: id, maker: maker, model: model) }

  fileprivate init(
    _ printer: USBPrinterDevice, _ words: USBWords?, isHeldBySystem: Bool = false,
    trouble: PrinterTrouble? = nil
  ) {
    let interface = printer.interface
    let isTwoWay = interface.input != nil
    id = printer.id
    path = printer.path
    node = printer.node
    kind = interface.isPrinterClass ? .printerClass(isTwoWay: isTwoWay) : .vendorClass
    maker = words?.maker
    model = words?.model
    serial = words?.serial
    commandSets = words?.commandSets ?? []
    self.isHeldBySystem = isHeldBySystem
    self.trouble = trouble
  }
}

/// Lists USB printers without claiming any, so that a running slip is not broken into.
public enum PrinterFinder {
  /// The file of rules that lets the printers' group use them.
  public static let ruleFile = "70-posd-printers.rules"
  /// The group of that rule.
  public static let group = "lp"

  /// What an administrator does about a missing permission.
  public static let permissionHelp =
    "no permission: put devices/udev/\(ruleFile) into /etc/udev/rules.d, add the account to "
    + "group \(group), then unplug the printer and plug it in again"

  /// The printers plugged in, by path.
  public static func printers(
    vendorClass: Set<USBID> = [USBPrinterChoice.epsonVendorClass]
  ) -> [FoundPrinter] {
    guard let context = USBContext() else { return [] }
    return context.printers(vendorClass: vendorClass).map { describe($0) }
      .sorted { $0.path < $1.path }
  }

  private static func describe(_ printer: USBPrinterDevice) -> FoundPrinter {
    var opened: OpaquePointer?
    let code = libusb_open(printer.device, &opened)
    let interface = printer.interface
    guard code == 0, let handle = opened else {
      let problem = USBConnection.problem(code, "open", printer)
      return FoundPrinter(printer, nil, trouble: problem.trouble)
    }
    defer { libusb_close(handle) }
    let isHeld = libusb_kernel_driver_active(handle, Int32(interface.number)) == 1
    return FoundPrinter(printer, USBWords(of: printer, handle), isHeldBySystem: isHeld)
  }
}
