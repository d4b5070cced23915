import Printing

/// Which printer takes the slips, and maybe the profile it has: `tcp:192.0.2.7#generic-58`.
struct PrinterAddress: Equatable, Sendable {
  /// The way to a printer.
  enum Place: Equatable, Sendable {
    /// `usb`: the one that is plugged in; `usb:04b8:0e28`: of this maker and model;
    /// `usb@1-2.4`: at this bus and port.
    case usb(USBPrinterChoice)
    /// `tcp:HOST` or `tcp:HOST:PORT`.
    case network(host: String, port: UInt16)
  }

  let place: Place
  /// The id of its profile; `nil` lets the setting, or the printer, say.
  let profile: String?

  /// `nil` for any other text.
  init?(_ text: String) {
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let place = parts.first.flatMap({ Place(String($0)) }) else { return nil }
    self.place = place
    profile = parts.count > 1 ? String(parts[1]) : nil
    if let profile, profile.wholeMatch(of: /[a-z0-9-]+/) == nil { return nil }
  }
}

extension PrinterAddress.Place {
  fileprivate init?(_ text: String) {
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

extension PrinterAddress.Place: CustomStringConvertible {
  var description: String {
    switch self {
    case .usb(let choice):
      choice.path.map { "usb@\($0)" } ?? choice.id.map { "usb:\($0)" } ?? "usb"
    case .network(let host, let port): "tcp:\(host):\(port)"
    }
  }
}

extension PrinterAddress: CustomStringConvertible {
  var description: String { profile.map { "\(place)#\($0)" } ?? "\(place)" }
}
