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
  fileprivate init(
    _ printer: USBPrinterDevice, _ deviceID: DeviceID?, isHeldBySystem: Bool = false,
    trouble: PrinterTrouble? = nil, text: (UInt8) -> String?
  ) {
    let interface = printer.interface
    let isTwoWay = interface.input != nil
    id = printer.id
    path = printer.path
    node = printer.node
    kind = interface.isPrinterClass ? .printerClass(isTwoWay: isTwoWay) : .vendorClass
    maker = deviceID?.maker ?? text(printer.makerIndex)
    model = deviceID?.model ?? text(printer.productIndex)
    serial = deviceID?.serial ?? text(printer.serialIndex)
    commandSets = deviceID?.commandSets ?? []
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
      return FoundPrinter(printer, nil, trouble: problem.trouble) { _ in nil }
    }
    defer { libusb_close(handle) }
    let isHeld = libusb_kernel_driver_active(handle, Int32(interface.number)) == 1
    return FoundPrinter(printer, deviceID(handle, interface), isHeldBySystem: isHeld) { index in
      text(handle, index)
    }
  }

  /// GET_DEVICE_ID; Linux answers it without a claim.
  private static func deviceID(_ handle: OpaquePointer, _ interface: USBPrinterInterface)
    -> DeviceID?
  {
    guard interface.isPrinterClass else { return nil }
    var answer = [UInt8](repeating: 0, count: 1_024)
    let place = UInt16(interface.number) << 8 | UInt16(interface.alternate)
    let count = libusb_control_transfer(
      handle, 0xA1, 0, 0, place, &answer, UInt16(answer.count), 1_000)
    return count > 2 ? DeviceID(answer: Array(answer.prefix(Int(count)))) : nil
  }

  private static func text(_ handle: OpaquePointer, _ index: UInt8) -> String? {
    guard index > 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = libusb_get_string_descriptor_ascii(handle, index, &bytes, Int32(bytes.count))
    return count > 0 ? String(decoding: bytes.prefix(Int(count)), as: UTF8.self) : nil
  }
}
