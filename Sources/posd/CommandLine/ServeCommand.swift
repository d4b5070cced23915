import ArgumentParser
import Logging

/// `posd serve`: the daemon, in the foreground.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the daemon in the foreground.",
    discussion: """
      Writes "ready http://ADDRESS:PORT" to standard error once it listens. SIGTERM and SIGINT \
      let requests under way finish, then end it.
      """)

  @OptionGroup(title: "Data") var folder: FolderOptions
  @OptionGroup(title: "Listeners") var listeners: ListenOptions

  func run() async throws {
    let config = try await folder.load(listeners.values)
    try await Daemon(config: config, purpose: .station).run()
  }
}
