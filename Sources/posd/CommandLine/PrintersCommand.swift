import ArgumentParser
import Configuration
import FoundationEssentials
import POS
import PrinterProfiles
import Printing
import Receipt

/// `posd printers`: what is plugged in, and what is known of it.
struct PrintersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "printers", abstract: "List the USB receipt printers that are plugged in.",
    discussion: """
      Claims none of them, so that a running slip is not broken into. The first column is what the \
      setting "printer" takes. Below each stands the profile it gets, and why. With --data it also \
      lists what the tills of that station print on.
      """)

  @OptionGroup var settings: ProfileOptions

  @Option(help: ArgumentHelp("A JSON file of settings. [POSD_CONFIG]", valueName: "file"))
  var config: String?

  @Option(help: "The data folder of a station.")
  var data: String?

  @Flag(help: "List the profiles instead.")
  var profiles = false

  func run() async throws {
    // Without one no data folder is opened, but settings have to name it.
    let folder = ConfigValue(stringLiteral: data ?? ".")
    let loaded = try await Config.load(
      arguments: settings.values.merging([.data: folder]) { $1 }, file: config,
      environment: ProcessInfo.processInfo.environment)
    let chooser = try ProfileChooser(loaded)
    if profiles {
      for known in chooser.catalogue.printers { list(known) }
      return
    }
    let printers = PrinterFinder.printers(
      vendorClass: chooser.catalogue.usbIDs.union([USBPrinterChoice.epsonVendorClass]))
    let uses = try await uses(loaded)
    if printers.isEmpty { Console.output("no USB receipt printer found") }
    for printer in printers {
      Console.output(Self.line(printer))
      let named = uses.lazy.filter { $0.address.mayBe(printer) }.compactMap(\.address.profile).first
      list((chooser.named(named) ?? chooser).choice(for: printer.identity))
    }
    for use in uses { list(use, chooser) }
  }

  /// Who prints where, as the settings and the tills say.
  private struct Use {
    let name: String
    let address: PrinterAddress
  }

  private func uses(_ config: Config) async throws -> [Use] {
    let usual = config.printer.map { [Use(name: "setting printer", address: $0)] } ?? []
    guard data != nil else { return usual }
    guard FileManager.default.fileExists(atPath: config.data + "/posd.sqlite") else {
      throw CommandFailure("\(config.data) holds no station")
    }
    let answer = try await StationAccess.open(config).perform(
      daemon: { client in try client.get(AdminOperations.tillsPath) },
      direct: { desk in try await desk.listTills() })
    let tills = answer["items"]?.arrayValue ?? []
    return usual
      + tills.compactMap { till in
        guard let address = till["printer"]?.stringValue.flatMap({ PrinterAddress($0) }) else {
          return nil
        }
        return Use(name: "till \(till["name"]?.stringValue ?? "")", address: address)
      }
  }

  private func list(_ use: Use, _ chooser: ProfileChooser) {
    Console.output("\(use.name)  \(use.address)")
    guard let chosen = chooser.named(use.address.profile) else {
      return Console.output("  THERE IS NO SUCH PROFILE: its slips fail")
    }
    switch use.address.place {
    case .usb where chosen.forced == nil: Console.output("  profile by what it says it is")
    case .usb, .network: list(chosen.choice(for: nil))
    }
  }

  private static func line(_ printer: FoundPrinter) -> String {
    let name = [printer.maker, printer.model].compactMap { $0 }.joined(separator: " ")
    let kind =
      switch printer.kind {
      case .printerClass(let isTwoWay): isTwoWay ? "printer class" : "printer class, one-way"
      case .vendorClass: "vendor class"
      }
    var facts = ["usb@\(printer.path)", printer.id.description, kind]
    if !name.isEmpty { facts.append(name) }
    if let trouble = printer.trouble {
      facts.append("\(trouble)")
      if trouble.condition == .noPermission { facts.append(PrinterFinder.permissionHelp) }
    }
    return facts.joined(separator: "  ")
  }

  private func list(_ choice: ProfileChoice) {
    Console.output("  profile \(choice.profile.id): \(choice.profile.name) (\(choice.reason))")
    if let refusal = choice.profile.refusal {
      Console.output("  REFUSED: \(refusal.english)")
      Console.output("  不支持：\(refusal.chinese)")
    }
  }

  private func list(_ known: KnownPrinter) {
    let profile = known.profile
    let own = known.isOwn ? "  [own]" : ""
    Console.output("\(profile.id)  \(profile.name)\(own)")
    if let refusal = profile.refusal {
      Console.output("  REFUSED: \(refusal.english)")
    } else {
      Console.output("  " + profile.summary)
    }
    for match in known.matches { Console.output("  is \(match)") }
  }
}

extension PrinterAddress {
  /// Whether slips for this address could go to this printer.
  fileprivate func mayBe(_ printer: FoundPrinter) -> Bool {
    guard case .usb(let choice) = place else { return false }
    return (choice.id ?? printer.id) == printer.id && (choice.path ?? printer.path) == printer.path
  }
}

extension PrinterProfile {
  /// What it can do, on one line.
  var summary: String {
    let facts = [
      "\(columns) columns", "\(widthDots) dots", encoding.rawValue, "QR \(qr.rawValue)",
      "barcode \(barcode.rawValue)", "cutter \(cutter.rawValue)", "drawer \(drawer.rawValue)",
      abilities.confirmsPrinting ? "confirms printing" : "does not confirm printing",
    ]
    return facts.joined(separator: ", ")
  }
}
