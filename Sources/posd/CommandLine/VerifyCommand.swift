import ArgumentParser
import FoundationEssentials
import POS
import POSStore

/// `posd verify`: proves the books.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every record of a data folder.",
    discussion: """
      Reads only; may run while the daemon serves, or on a copy. Exit status 0: all is well; 1: the \
      first bad record is named. With --receipt it also proves that the record of that receipt is \
      still there, so that the journal was not cut off before it. With --key it holds every \
      signature against the fingerprint on paper; otherwise it trusts the keys of the journal.
      """)

  @OptionGroup(title: "Data") var folder: FolderOptions

  @Option(
    help: ArgumentHelp("The journal code on a receipt: 1-42-909192939495.", valueName: "code"))
  var receipt: String?

  @Option(
    help: ArgumentHelp(
      "The fingerprint on paper, or the file of posd keys public; may be repeated.",
      valueName: "fingerprint|file"))
  var key: [String] = []

  func run() async throws {
    let config = try await folder.load()
    let progress = ProgressLine(of: "records")
    do {
      let summary = try Verifier(folder: config.data).verify(
        receiptCode: receipt, trusted: Set(try key.map(Self.fingerprint)),
        workers: ProcessInfo.processInfo.activeProcessorCount
      ) { done, total in progress.show(done, of: total) }
      progress.end()
      Console.output(
        "ok: \(summary.records) records, \(summary.sales) sales and returns, "
          + "journal ends at \(summary.checkCode ?? "nothing")")
      for fingerprint in summary.fingerprints {
        let source = key.isEmpty ? "by the journal itself; hold it against the paper" : "as given"
        Console.output("key \(fingerprint): \(source)")
      }
      Console.output("\(summary.signatures) signatures")
    } catch StoreProblem.olderThanProgram {
      throw CommandFailure(
        "\(config.data) was written by an older posd: bring a copy up to date with posd serve, then "
          + "verify that")
    } catch let finding as Finding {
      progress.end()
      Console.output("BAD \(finding.place): \(finding.problem)")
      throw ExitCode(1)
    }
  }

  /// The fingerprint that a person gives: typed in groups or not, or in a file with the public key.
  private static func fingerprint(_ given: String) throws -> String {
    let typed = given.lowercased().filter { !$0.isWhitespace && $0 != "-" }
    if typed.count == 32, hexBytes(typed) != nil { return typed }
    let text = String(decoding: try CommandFile.bytes(given), as: UTF8.self)
    guard let key = PublicKeyText.key(in: text) else {
      throw CommandFailure("\(given) is neither a fingerprint nor a public key file")
    }
    return key.fingerprint
  }
}
