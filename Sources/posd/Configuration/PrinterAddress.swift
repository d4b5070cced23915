import Printing

/// Which printer takes the receipts, as the setting `printer` writes it.
enum PrinterAddress: Equatable, Sendable {
  /// `usb`: the one that is plugged in; `usb:04b8:0e28`: of this maker and model;
  /// `usb@1-2.4`: at this bus and port.
  case usb(USBPrinterChoice)
  /// `tcp:HOST` or `tcp:HOST:PORT`.
  case network(host: String, port: UInt16)

  /// `nil` for any other text.
  init?(_ text: String) {
    if text == "usb" {
      self = .usb(USBPrinterChoice())
    } else if text.hasPrefix("usb:"), let id = USBID(String(text.dropFirst(4))) {
      self = .usb(USBPrinterChoice(id: id))
    } else if text.hasPrefix("usb@"), text.utf8.count > 4 {
      self = .usb(USBPrinterChoice(path: String(text.dropFirst(4))))
    } else if let match = text.wholeMatch(of: /tcp:([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?/) {
      guard let port = match.2.map({ UInt16($0) }) ?? 9100 else { return nil }
      self = .network(host: String(match.1), port: port)
    } else {
      return nil
    }
  }
}

extension PrinterAddress: CustomStringConvertible {
  var description: String {
    switch self {
    case .usb(let choice):
      choice.path.map { "usb@\($0)" } ?? choice.id.map { "usb:\($0)" } ?? "usb"
    case .network(let host, let port): "tcp:\(host):\(port)"
    }
  }
}
