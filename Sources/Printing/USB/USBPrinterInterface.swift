import CUSB

/// An interface that bytes for paper can be written to.
struct USBPrinterInterface: Comparable {
  static let printerClass: UInt8 = 7
  /// IEEE 1284.4 packets: not a plain stream of bytes.
  private static let packetProtocol: UInt8 = 3

  let number: UInt8
  let alternate: UInt8
  let hasAlternates: Bool
  let interfaceClass: UInt8
  let protocolNumber: UInt8
  let output: UInt8
  /// `nil` for a one-way printer.
  let input: UInt8?

  var isPrinterClass: Bool { interfaceClass == Self.printerClass }

  /// Two-way before one-way, the printer class before others.
  static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { (isPrinterClass ? 2 : 0) + (input == nil ? 0 : 1) }

  func isUsable(_ isListed: Bool) -> Bool {
    isPrinterClass ? protocolNumber != Self.packetProtocol : isListed && interfaceClass == 0xFF
  }

  static func all(in configuration: libusb_config_descriptor) -> [Self] {
    (0..<Int(configuration.bNumInterfaces)).flatMap { index in
      let interface = configuration.interface[index]
      return (0..<Int(interface.num_altsetting)).compactMap { alternate in
        Self(interface.altsetting[alternate], of: Int(interface.num_altsetting))
      }
    }
  }

  private init?(_ descriptor: libusb_interface_descriptor, of alternates: Int) {
    var output: UInt8?
    var input: UInt8?
    for index in 0..<Int(descriptor.bNumEndpoints) {
      let endpoint = descriptor.endpoint[index]
      guard endpoint.bmAttributes & 0x03 == 2 else { continue }
      if endpoint.bEndpointAddress & 0x80 != 0 {
        input = input ?? endpoint.bEndpointAddress
      } else {
        output = output ?? endpoint.bEndpointAddress
      }
    }
    guard let output else { return nil }
    self.output = output
    self.input = input
    number = descriptor.bInterfaceNumber
    alternate = descriptor.bAlternateSetting
    hasAlternates = alternates > 1
    interfaceClass = descriptor.bInterfaceClass
    protocolNumber = descriptor.bInterfaceProtocol
  }
}
