import ArgumentParser
import Configuration
import FoundationEssentials
import PrinterProfiles
import Printing
import Receipt

/// `posd printers`: what is plugged in, and what is known of it.
struct PrintersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "printers", abstract: "List the USB receipt printers that are plugged in.",
    discussion: """
      Claims none of them, so that a running slip is not broken into. The first column is what the \
      setting "printer" takes. Below each stands the profile it gets, and why.
      """)

  @OptionGroup var settings: ProfileOptions

  @Option(help: ArgumentHelp("A JSON file of settings. [POSD_CONFIG]", valueName: "file"))
  var config: String?

  @Flag(help: "List the profiles instead.")
  var profiles = false

  func run() async throws {
    // No data folder is opened, but settings have to name one.
    let arguments = settings.values.merging([.data: "."]) { $1 }
    let chooser = try ProfileChooser(
      try await Config.load(
        arguments: arguments, file: config, environment: ProcessInfo.processInfo.environment))
    if profiles {
      for known in chooser.catalogue.printers { list(known) }
      return
    }
    let printers = PrinterFinder.printers(
      vendorClass: chooser.catalogue.usbIDs.union([USBPrinterChoice.epsonVendorClass]))
    if printers.isEmpty { Console.output("no USB receipt printer found") }
    for printer in printers {
      Console.output(Self.line(printer))
      list(chooser.choice(for: printer.identity))
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
