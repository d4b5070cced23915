import ArgumentParser
import FoundationEssentials
import POSStore

/// `posd verify`: proves the books.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every record of a data folder.",
    discussion: """
      Reads only; may run while the daemon serves, or on a copy. Exit status 0: all is well; 1: the \
      first bad record is named. With --receipt it also proves that the record of that receipt is \
      still there, so that the journal was not cut off before it.
      """)

  @OptionGroup(title: "Data") var folder: FolderOptions

  @Option(
    help: ArgumentHelp("The journal code on a receipt: 1-42-909192939495.", valueName: "code"))
  var receipt: String?

  func run() async throws {
    let config = try await folder.load()
    do {
      let summary = try Verifier(folder: config.data).verify(
        receiptCode: receipt, workers: ProcessInfo.processInfo.activeProcessorCount
      ) { done, total in
        if done == total || done.isMultiple(of: 50_000) {
          Console.error("verified \(done) of \(total) records")
        }
      }
      Console.output(
        "ok: \(summary.records) records, \(summary.sales) sales and returns, "
          + "journal ends at \(summary.checkCode ?? "nothing")")
    } catch let finding as Finding {
      Console.output("BAD \(finding.place): \(finding.problem)")
      throw ExitCode(1)
    }
  }
}
