import CUSB

/// A session of libusb: the list of devices as this thread sees it.
final class USBContext {
  let pointer: OpaquePointer

  /// `nil` where the system has no USB at all.
  init?() {
    var pointer: OpaquePointer?
    guard libusb_init(&pointer) == LIBUSB_SUCCESS.rawValue, let pointer else { return nil }
    self.pointer = pointer
  }

  deinit { libusb_exit(pointer) }

  /// Every printer plugged in: of the printer class, or with one of these ids.
  func printers(vendorClass: Set<USBID>) -> [USBPrinterDevice] {
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let count = libusb_get_device_list(pointer, &list)
    guard count >= 0, let list else { return [] }
    defer { libusb_free_device_list(list, 1) }
    return (0..<count).compactMap { index in
      list[index].flatMap { USBPrinterDevice($0, vendorClass: vendorClass) }
    }
  }

  /// The name of an error code, for the log.
  static func name(_ code: Int32) -> String { String(cString: libusb_error_name(code)) }
}
