import ArgumentParser
import POS

extension UserCommand {
  /// `posd user list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Show who may log in, with role and station.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      let config = try await folder.load()
      let answer = try await StationAccess.open(config).perform(
        daemon: { client in try client.get(AdminOperations.usersPath) },
        direct: { desk in try await desk.listUsers() })
      for person in answer["items"]?.arrayValue ?? [] {
        let texts = ["name", "role", "displayName", "station"].map {
          person[$0]?.stringValue ?? ""
        }
        let state = person["isActive"] == .bool(true) ? [] : ["may not log in"]
        Console.output((texts + state).joined(separator: "  "))
      }
    }
  }

  /// `posd user disable --name NAME`.
  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable",
      abstract: "Let a person not log in any more; what they did stays on record.",
      discussion: """
        Ends their log-ins at once. The last manager of a station cannot be disabled. While a \
        daemon runs, it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup var person: Person

    func run() async throws {
      try await person.change(["isActive": false], in: folder)
      Console.output("\(person.name) may not log in any more")
    }
  }

  /// `posd user enable --name NAME`.
  struct Enable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable", abstract: "Let a person log in again.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup var person: Person

    func run() async throws {
      try await person.change(["isActive": true], in: folder)
      Console.output("\(person.name) may log in")
    }
  }

  /// `posd user secrets --name NAME`.
  struct Secrets: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "secrets", abstract: "Give a person a new password and PIN.",
      discussion: """
        Asks for both, as "user add" does, and ends the person's log-ins. While a daemon runs, it \
        does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup var person: Person

    func run() async throws {
      try await person.change(
        [
          "password": .string(try SecretPrompt.ask("New password")),
          "pin": .string(try SecretPrompt.ask("New PIN")),
        ], in: folder)
      Console.output("\(person.name) has a new password and PIN")
    }
  }

  /// Who is changed.
  struct Person: ParsableArguments {
    @Option(help: "The log-in name.")
    var name: String

    func change(_ members: KeyValuePairs<String, JSON?>, in folder: FolderOptions) async throws {
      let change = JSON.members(members).adding("name", .string(name))
      _ = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in
          try client.post(AdminOperations.userChangesPath, body: change.bytes())
        },
        direct: { desk in
          _ = try await desk.changeUser(change)
          return .null
        })
    }
  }
}
