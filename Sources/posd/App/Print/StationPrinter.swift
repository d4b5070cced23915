import POS
import PrinterProfiles
import Printing
import Receipt

/// One printer of the station: the way to it, and what is known of it.
struct StationPrinter: Sendable {
  /// What the next slip is drawn for.
  struct Target: Sendable {
    let profile: PrinterProfile
    /// The printer found; `nil` where it cannot be asked, or its profile is forced.
    let printer: PrinterIdentity?
  }

  let transport: any Transport
  let profiles: ProfileChooser

  /// A real printer; nothing is opened before the first slip.
  init(_ address: PrinterAddress, _ profiles: ProfileChooser) {
    self.profiles = profiles
    switch address {
    case .usb(var choice):
      choice.vendorClass.formUnion(profiles.catalogue.usbIDs)
      transport = USBTransport(
        choice, abilities: { printer in profiles.choice(for: printer).profile.abilities })
    case .network(let host, let port):
      transport = RawTCPTransport(
        host: host, port: port, abilities: profiles.choice(for: nil).profile.abilities)
    }
  }

  /// A folder that takes slips as files.
  init(files: FileTransport, _ profiles: ProfileChooser) {
    self.profiles = profiles
    transport = files
  }

  /// Finds the printer and its profile.
  ///
  /// Throws `TransportProblem.notStarted` if it cannot be reached, or is of a kind that is not
  /// printed on.
  func target() async throws -> Target {
    let printer = profiles.forced == nil ? try await transport.identified() : nil
    let profile = profiles.choice(for: printer).profile
    if let refusal = profile.refusal {
      let detail = "\(profile.id): \(refusal.english)"
      throw TransportProblem.notStarted(PrinterTrouble(.unsupported, detail: detail))
    }
    return Target(profile: profile, printer: printer)
  }
}
