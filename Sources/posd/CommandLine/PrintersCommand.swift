import ArgumentParser
import Printing

/// `posd printers`: what is plugged in.
struct PrintersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "printers", abstract: "List the USB receipt printers that are plugged in.",
    discussion: """
      Claims none of them, so that a running slip is not broken into. The first column is what the \
      setting "printer" takes.
      """)

  func run() async throws {
    let printers = PrinterFinder.printers()
    if printers.isEmpty { Console.output("no USB receipt printer found") }
    for printer in printers { Console.output(Self.line(printer)) }
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
}
