import ArgumentParser
import POS
import PrinterProfiles

/// `posd till`: the tills, their printers and drawers.
struct TillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "till", abstract: "Add tills, and give them printers and drawers.",
    subcommands: [Add.self, SetSettings.self, List.self])

  /// What stands at a till.
  struct Equipment: ParsableArguments {
    @Option(help: "The till's name.")
    var name: String

    @Option(
      help: """
        Its printer: usb, usb:04b8:0e28, usb@1-2.4 or tcp:192.0.2.7:9100, with its profile behind \
        a # if it cannot say what it is; "default" is the one of the setting "printer".
        """)
    var printer: String?

    @Option(
      help: """
        Where its drawer is plugged into that printer: none, pin2 or pin5; "default" is what the \
        printer's profile says.
        """)
    var drawer: String?

    @Option(help: "The station's name. (default: the only station)")
    var station: String?

    /// As the daemon takes it.
    var json: JSON {
      .members([
        "name": .string(name), "printer": printer.map(JSON.string),
        "drawer": drawer.map(JSON.string), "station": station.map(JSON.string),
      ])
    }
  }

  /// `posd till add --name NAME`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a till to a station.",
      discussion: "While a daemon runs, it does the work.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup(title: "Till") var till: Equipment

    func run() async throws {
      let request = till.json
      let config = try await folder.load()
      _ = try await StationAccess.open(config).perform(
        daemon: { client in try client.post(AdminOperations.tillsPath, body: request.bytes()) },
        direct: { desk in try await desk.knowing(config).addTill(request) })
      Console.output("added \(till.name)")
    }
  }

  /// `posd till set --name NAME --printer ADDRESS --drawer PIN`.
  struct SetSettings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Give a till a printer or a drawer; what is left out stays.",
      discussion: "While a daemon runs, it does the work, and prints there from now on.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup(title: "Till") var till: Equipment

    func run() async throws {
      let request = till.json
      let config = try await folder.load()
      let answer = try await StationAccess.open(config).perform(
        daemon: { client in
          try client.post(AdminOperations.tillSettingsPath, body: request.bytes())
        },
        direct: { desk in try await desk.knowing(config).setTill(request) })
      Console.output(TillCommand.line(answer))
    }
  }

  /// `posd till list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the tills with their printers and drawers.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      let answer = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in try client.get(AdminOperations.tillsPath) },
        direct: { desk in try await desk.listTills() })
      for till in answer["items"]?.arrayValue ?? [] {
        Console.output("\(till["station"]?.stringValue ?? "")  \(TillCommand.line(till))")
      }
    }
  }

  private static func line(_ till: JSON) -> String {
    let name = till["name"]?.stringValue ?? ""
    let printer = till["printer"]?.stringValue ?? "default"
    return "\(name)  printer \(printer)  drawer \(till["drawer"]?.stringValue ?? "default")"
  }
}

extension StationDesk {
  /// The same with the printer profiles of the settings.
  fileprivate func knowing(_ config: Config) throws -> StationDesk {
    var desk = self
    desk.profiles = try ProfileChooser(config).catalogue
    return desk
  }
}
