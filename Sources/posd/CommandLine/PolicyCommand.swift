import ArgumentParser
import POS

/// `posd policy`: rates, rounding, limits, meal prices and subsidies, by the day they begin on.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Show the policies, and take in one for days to come.",
    subcommands: [List.self, Show.self, Add.self])

  /// `posd policy list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the policies with the day each begins on.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      for policy in try await PolicyCommand.policies(in: folder) {
        let texts = ["id", "effectiveFrom"].map { policy[$0]?.stringValue ?? "" }
        let state = policy["isInForce"] == .bool(true) ? ["in force"] : []
        Console.output((texts + state).joined(separator: "  "))
      }
    }
  }

  /// `posd policy show [NAME]`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Write a policy as JSON, to be changed and taken in anew.",
      discussion: "Give what it writes another id and effectiveFrom, and it is a policy to add.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @Argument(help: "The policy's id. (default: the one in force)")
    var name: String?

    func run() async throws {
      let found = try await PolicyCommand.policies(in: folder).first { policy in
        name.map { policy["id"] == .string($0) } ?? (policy["isInForce"] == .bool(true))
      }
      guard case .object(let members)? = found else {
        throw CommandFailure("there is no policy \(name ?? "")")
      }
      Console.output(JSON.object(members.filter { $0.name != "isInForce" }).indentedText)
    }
  }

  /// `posd policy add FILE`.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Take in a policy from a file.",
      discussion: """
        The file is JSON with "id", "effectiveFrom" (a day after today) and what is to be other \
        than in the policy before it; posd policy show writes one. It never changes again: a \
        mistake is mended by another that begins a day later. While a daemon runs, it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions
    @Argument(help: "The policy, JSON; - is standard input.")
    var file: String

    func run() async throws {
      let request = try CommandFile.json(file)
      let policy = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in
          try client.post(AdminOperations.policiesPath, body: request.bytes())
        },
        direct: { desk in try await desk.addPolicy(request) })
      Console.output(policy.indentedText)
      Console.error("in force from \(policy["effectiveFrom"]?.stringValue ?? "")")
    }
  }

  private static func policies(in folder: FolderOptions) async throws -> [JSON] {
    let answer = try await StationAccess.open(try await folder.load()).perform(
      daemon: { client in try client.get(AdminOperations.policiesPath) },
      direct: { desk in desk.listPolicies() })
    return answer["items"]?.arrayValue ?? []
  }
}
