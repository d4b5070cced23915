import FoundationEssentials
import PrinterProfiles
import Printing
import Receipt

/// One printer of the station: the way to it, and what is known of it.
struct StationPrinter: Sendable {
  /// What the next slip is drawn for.
  struct Target: Sendable {
    let choice: ProfileChoice
    /// The printer found; `nil` where it cannot be asked, or its profile is forced.
    let printer: PrinterIdentity?

    var profile: PrinterProfile { choice.profile }

    /// A document drawn for this printer, with a font for what it lacks.
    func slip(
      _ document: ReceiptDocument, name: String, glyphs: (any GlyphSource)?
    ) -> Slip {
      let layout = ReceiptLayout(document, paper: profile.paper)
      return Slip(
        name: name, bytes: layout.escPosBytes(profile: profile, glyphs: glyphs),
        text: layout.text, svg: layout.svg(), printer: printer)
    }
  }

  let transport: any Transport
  let profiles: ProfileChooser

  /// A real printer; nothing is opened before the first slip. `nil` if its address names a profile
  /// that there is not.
  init?(
    _ address: PrinterAddress, _ profiles: ProfileChooser,
    limits: PrintingLimits = PrintingLimits()
  ) {
    guard let profiles = profiles.named(address.profile) else { return nil }
    self.profiles = profiles
    switch address.place {
    case .usb(var choice):
      choice.vendorClass.formUnion(profiles.catalogue.usbIDs)
      transport = USBTransport(
        choice, abilities: { printer in profiles.choice(for: printer).profile.abilities },
        limits: limits)
    case .network(let host, let port):
      transport = RawTCPTransport(
        host: host, port: port, abilities: profiles.choice(for: nil).profile.abilities,
        limits: limits)
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
    let choice = profiles.choice(for: printer)
    if let refusal = choice.profile.refusal {
      let detail = "\(choice.profile.id): \(refusal.english)"
      throw TransportProblem.notStarted(PrinterTrouble(.unsupported, detail: detail))
    }
    return Target(choice: choice, printer: printer)
  }
}

extension StationPrinter {
  /// The printer of the settings, real or a folder, and its name there; `nil` if they have none.
  ///
  /// Throws `ConfigProblem`, and what making the folder throws.
  static func configured(_ config: Config) throws -> (StationPrinter, address: String)? {
    let profiles = try ProfileChooser(config)
    if let address = config.printer,
      let printer = StationPrinter(address, profiles, limits: config.printingLimits)
    {
      return (printer, address.description)
    }
    guard let folder = config.printFolder else { return nil }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return (StationPrinter(files: FileTransport(folder: folder), profiles), folder)
  }
}

extension Config {
  /// How long printers are waited for.
  var printingLimits: PrintingLimits { PrintingLimits(patienceMs: Int64(printerPatience) * 1_000) }
}
