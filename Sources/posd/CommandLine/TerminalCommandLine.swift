import ArgumentParser
import FoundationEssentials
import POS
import POSStore

/// `posd terminal`: the face terminals of meal centres.
struct TerminalCommandLine: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "terminal", abstract: "Enrol, list and replace meal terminals.",
    subcommands: [Add.self, List.self, Replace.self])

  /// What a terminal is.
  struct Device: ParsableArguments {
    @Option(help: "Its serial number; of a Hikvision terminal, its hardware address.")
    var serial: String

    @Option(help: "zktecoAttendance, zktecoIdentityCard, zktecoSecurity or hikvision.")
    var family: String = Terminal.Family.zktecoAttendance.rawValue

    @Option(help: "Maker and model, for people.")
    var model: String?

    @Option(
      name: .customLong("zone-minutes"),
      help: "By how many minutes its clock is ahead of UTC. (default: 480)")
    var zoneMinutes: Int64?

    @Flag(help: "Ask for the secret that is set on the terminal.")
    var secret = false

    /// As the daemon takes it.
    func json(_ more: KeyValuePairs<String, JSON?>) throws -> JSON {
      let secret = secret ? try SecretPrompt.ask("secret of \(serial)") : nil
      return JSON.members([
        "serial": .string(serial), "family": .string(family),
        "model": model.map(JSON.string), "zoneMinutes": zoneMinutes.map { .integer($0) },
        "secret": secret.map(JSON.string),
      ]).adding(contentsOf: .members(more))
    }
  }

  /// `posd terminal add --serial SERIAL --centre NAME`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Enrol a terminal at a centre.",
      discussion: "While a daemon runs, it does the work, and hears the terminal from now on.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup(title: "Terminal") var device: Device

    @Option(help: "The centre's name.")
    var centre: String

    func run() async throws {
      let request = try device.json(["centre": .string(centre)])
      _ = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in
          try client.post(AdminOperations.terminalsPath, body: request.bytes())
        },
        direct: { desk in try await desk.addTerminal(request) })
      Console.output("enrolled \(device.serial)")
    }
  }

  /// `posd terminal replace OLD --serial NEW --numbers FILE`.
  struct Replace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "replace", abstract: "Put another terminal in the place of one.",
      discussion: "What the old one sent stays; the new one belongs to the same centre.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup(title: "New terminal") var device: Device

    @Argument(help: "The serial number of the old terminal.")
    var old: String

    @Option(
      help: ArgumentHelp(
        "Lines NUMBER-ON-THE-NEW,NUMBER-AT-THE-CENTRE, where they differ.", valueName: "file"))
    var numbers: String?

    func run() async throws {
      let pairs = try numbers.map { try Self.pairs(in: try CommandFile.bytes($0)) }
      let request = try device.json([
        "replaces": .string(old), "numbers": pairs.map(JSON.array),
      ])
      _ = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in
          try client.post(AdminOperations.replaceTerminalPath, body: request.bytes())
        },
        direct: { desk in try await desk.replaceTerminal(request) })
      Console.output("\(device.serial) takes the place of \(old)")
    }

    private static func pairs(in bytes: [UInt8]) throws -> [JSON] {
      let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      return try lines.enumerated().map { number, line in
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
          throw CommandFailure("line \(number + 1) of the numbers is not NUMBER,NUMBER")
        }
        return .members([
          "wireNumber": .string(String(parts[0])), "number": .string(String(parts[1])),
        ])
      }
    }
  }

  /// `posd terminal list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the terminals in use.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      let answer = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in try client.get(AdminOperations.terminalsPath) },
        direct: { desk in try await desk.listTerminals() })
      for one in answer["items"]?.arrayValue ?? [] {
        let words = ["serial", "family", "centreID", "model"].map { one[$0]?.stringValue ?? "" }
        Console.output(words.joined(separator: "  "))
      }
    }
  }
}
