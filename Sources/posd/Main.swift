import ArgumentParser

/// The program: `posd COMMAND`.
@main
struct Posd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posd",
    abstract: "A point of sale for charity stations and a meal meter for day-care centres.",
    discussion: """
      Settings come from arguments, the environment (POSD_…), a JSON file (--config) and defaults, \
      in this order; unknown ones are refused.
      """,
    version: Version.text,
    subcommands: [
      ServeCommand.self, DemoCommand.self, ImportCommand.self, QuoteCommand.self,
      VerifyCommand.self, ExportCommand.self, UserCommand.self, TillCommand.self,
      PolicyCommand.self, TerminalCommandLine.self,
      CloseDayCommand.self,
      KeysCommand.self, BackupCommand.self, RestoreCommand.self, PrintersCommand.self,
      PrintTestCommand.self,
      BenchCommand.self,
    ])
}
