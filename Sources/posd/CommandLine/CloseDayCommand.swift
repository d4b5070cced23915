import ArgumentParser
import POS

/// `posd close-day --user NAME`: the day close, from a terminal.
struct CloseDayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close-day", abstract: "Close a business day over all tills.",
    discussion: """
      Asks for the password of a manager, in whose name the day is closed. Without a terminal it is \
      read from standard input. Prints the close; a day that is closed already is shown again. \
      While a daemon runs, it does the work.
      """)

  @OptionGroup(title: "Data") var folder: FolderOptions

  @Option(help: "The log-in name of a manager.")
  var user: String

  @Option(help: ArgumentHelp("The business day, as 2026-11-21. (default: today)", valueName: "day"))
  var date: String?

  func run() async throws {
    let config = try await folder.load()
    let request = JSON.members([
      "user": .string(user), "password": .string(try SecretPrompt.ask("Password")),
      "date": date.map(JSON.string),
    ])
    let answer = try await StationAccess.open(config).perform(
      daemon: { client in try client.post(AdminOperations.closeDayPath, body: request.bytes()) },
      direct: { desk in
        let receipts = ReceiptRoom(
          store: desk.store, publicBaseURL: config.publicBaseURL, looks: SlipLooks())
        return try await desk.closeDay(request, drawnBy: receipts)
      })
    Console.output(answer["slip"]?.stringValue ?? "")
  }
}
