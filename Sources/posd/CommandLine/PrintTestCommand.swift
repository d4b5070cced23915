import ArgumentParser
import Configuration
import FoundationEssentials
import POS
import PrinterProfiles
import Printing

/// `posd print-test`: a page that shows whether a printer works.
struct PrintTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print-test", abstract: "Print a page that shows whether everything works.",
    discussion: """
      Widths, Chinese in all sizes, rare characters, QR code, cutter, and what the printer says; \
      each part says what should be seen. With --data it prints on the printer of that station's \
      settings, through its daemon if one runs; else --printer or --print-folder names one.
      """)

  @Option(help: "The data folder. [POSD_DATA]")
  var data: String?

  @Option(
    help: ArgumentHelp("A JSON file of settings. [POSD_CONFIG]", valueName: "file"))
  var config: String?

  @Option(help: "The printer: usb, usb:VID:PID, usb@BUS-PORT or tcp:HOST:PORT.")
  var printer: String?

  @Option(help: "A folder that takes the page as files.")
  var printFolder: String?

  @OptionGroup var profiles: ProfileOptions

  @Flag(help: "Open the cash drawer too.")
  var drawer = false

  func run() async throws {
    let config = try await settings()
    if data != nil, printer == nil, printFolder == nil,
      case let client = try AdminClient(folder: config.data), client.isAnswered
    {
      let request = JSON.members(["drawer": .bool(drawer)])
      let answer = try client.post(AdminOperations.printTestPath, body: request.bytes())
      if let failure = answer["failure"]?.stringValue { throw CommandFailure(failure) }
      for line in answer["lines"]?.arrayValue ?? [] { Console.output(line.stringValue ?? "") }
      return
    }
    guard let (printer, address) = try StationPrinter.configured(config) else {
      throw CommandFailure("no printer: give --printer or --print-folder, or set one")
    }
    defer { printer.transport.shutDown() }
    do {
      let looks = try SlipLooks(config, profile: printer.profiles.forced)
      let test = TestPrint(
        printer: printer, address: address, opensDrawer: drawer, glyphs: looks.glyphs)
      for line in try await test.run() { Console.output(line) }
    } catch let problem as TransportProblem {
      throw CommandFailure(problem.sentences)
    }
  }

  private func settings() async throws -> Config {
    var values = profiles.values
    // Without a folder no station is meant, but settings have to name one.
    values[.data] = ConfigValue(stringLiteral: data ?? ".")
    if let printer { values[.printer] = ConfigValue(stringLiteral: printer) }
    if let printFolder { values[.printFolder] = ConfigValue(stringLiteral: printFolder) }
    // An argument takes the place of both settings.
    if printer != nil, printFolder == nil { values[.printFolder] = "" }
    if printFolder != nil, printer == nil { values[.printer] = "" }
    return try await Config.load(
      arguments: values, file: config, environment: ProcessInfo.processInfo.environment)
  }
}

extension TransportProblem {
  /// What went wrong, for the person at the terminal: in both languages, and in detail.
  var sentences: String {
    let words = trouble.condition.map { "\($0.chinese)\n\($0.english)\n" } ?? ""
    let state =
      switch self {
      case .notStarted: "nothing was printed"
      case .brokenOff: "possibly printed"
      }
    return "\(words)\(state): \(trouble)"
  }
}
