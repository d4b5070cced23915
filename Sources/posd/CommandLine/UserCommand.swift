import ArgumentParser
import POS

/// `posd user`: the people who may log in.
struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "The people who may log in.",
    subcommands: [Add.self, List.self, Disable.self, Enable.self, Secrets.self])

  /// The role of this name.
  @Sendable private static func role(_ name: String) throws -> Role {
    guard let role = Role(rawValue: name) else {
      throw ValidationError("there is no role \(name)")
    }
    return role
  }

  /// `posd user add --name NAME --role ROLE --display NAME`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add a person who may log in.",
      discussion: """
        Asks for a password (8 characters or more) and a PIN (6 to 12 digits). Without a terminal \
        it reads them from standard input, one line each. While a daemon runs, it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Option(help: "The log-in name: lower-case letters, digits, - and _.")
    var name: String

    @Option(help: "cashier, centre, manager or auditor.", transform: UserCommand.role)
    var role: Role

    @Option(help: "The name on screens and receipts.")
    var display: String

    @Option(help: "The station's name; a new one is made. (default: the first station)")
    var station: String?

    func run() async throws {
      let config = try await folder.load()
      let user = JSON.members([
        "name": .string(name), "displayName": .string(display), "role": .string(role.rawValue),
        "password": .string(try SecretPrompt.ask("Password")),
        "pin": .string(try SecretPrompt.ask("PIN")), "station": station.map(JSON.string),
      ])
      _ = try await StationAccess.open(config).perform(
        daemon: { client in try client.post(AdminOperations.usersPath, body: user.bytes()) },
        direct: { desk in try await desk.addUser(user) })
      Console.output("added \(name)")
    }
  }
}
