import CUSB

/// A printer on the bus, not opened: where it is and which of its endpoints to use.
final class USBPrinterDevice {
  let device: OpaquePointer
  let id: USBID
  /// Bus and ports: `1-2.4`; stays the same when it is plugged in again in the same place.
  let path: String
  let interface: USBPrinterInterface
  let productIndex: UInt8
  let makerIndex: UInt8
  let serialIndex: UInt8

  /// The device file, for messages.
  var node: String {
    func three(_ number: UInt8) -> String { String(String(1_000 + Int(number)).dropFirst()) }
    let bus = three(libusb_get_bus_number(device))
    return "/dev/bus/usb/\(bus)/\(three(libusb_get_device_address(device)))"
  }

  /// `nil` if it is no printer.
  init?(_ device: OpaquePointer, vendorClass: Set<USBID>) {
    var descriptor = libusb_device_descriptor()
    guard libusb_get_device_descriptor(device, &descriptor) == 0 else { return nil }
    let id = USBID(vendor: descriptor.idVendor, product: descriptor.idProduct)
    var configuration: UnsafeMutablePointer<libusb_config_descriptor>?
    guard libusb_get_active_config_descriptor(device, &configuration) == 0, let configuration
    else { return nil }
    defer { libusb_free_config_descriptor(configuration) }
    let interfaces = USBPrinterInterface.all(in: configuration.pointee)
    guard let best = interfaces.filter({ $0.isUsable(vendorClass.contains(id)) }).max(by: <) else {
      return nil
    }
    interface = best
    self.id = id
    path = Self.path(of: device)
    productIndex = descriptor.iProduct
    makerIndex = descriptor.iManufacturer
    serialIndex = descriptor.iSerialNumber
    self.device = libusb_ref_device(device)
  }

  deinit { libusb_unref_device(device) }

  private static func path(of device: OpaquePointer) -> String {
    var ports = [UInt8](repeating: 0, count: 8)
    let count = Int(max(0, libusb_get_port_numbers(device, &ports, Int32(ports.count))))
    let numbers = ports.prefix(count).map { String($0) }
    return "\(libusb_get_bus_number(device))-\(numbers.joined(separator: "."))"
  }
}
