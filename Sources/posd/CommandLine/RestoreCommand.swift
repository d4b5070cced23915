import ArgumentParser
import POS
import POSStore

/// `posd restore`: a data folder from a backup.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make a new data folder from a backup file.",
    discussion: """
      Decrypts, verifies everything, and opens a new series of numbers, so that no number that is \
      on paper comes again. The folder of --data must be new or empty. The keys are those of \
      DIR.keys (posd keys restore makes it from the recovery sheet) or of --keys, which are then \
      copied there.
      """)

  @OptionGroup(title: "Data") var folder: FolderOptions

  @Argument(help: "The backup file.")
  var file: String

  @Option(help: ArgumentHelp("The key file of the station.", valueName: "file"))
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "The journal code of the newest receipt at hand: 1-42-909192939495.", valueName: "code"))
  var receipt: String?

  @Option(
    help: ArgumentHelp("The series to open, above all used ones.", valueName: "number"))
  var series: Int64?

  func run() async throws {
    ProcessSetup.apply()
    let config = try await folder.load()
    let code = try receipt.map { text in
      guard let code = CheckCode(text) else {
        throw CommandFailure("\(text) is no journal code, as 1-42-909192939495")
      }
      return code
    }
    guard (2...JournalHead.latestEpoch).contains(series ?? 2) else {
      throw CommandFailure("a series opened by a restore is 2 or more")
    }
    let given = try KeyFile.read(keys ?? config.keyFile)
    if keys != nil { try Self.install(given, at: config.keyFile) }
    let restore = Restore(
      backup: file, folder: config.data, keys: given, clock: Clock(), receipt: code,
      keyFile: config.keyFile, series: series)
    do {
      report(try await restore.run { Console.error($0) })
    } catch let finding as Finding {
      Console.output("BAD \(finding.place): \(finding.problem)")
      throw CommandFailure("the books in this backup do not verify: use another one")
    }
  }

  /// Puts the keys where the daemon looks for them; the same are left alone.
  private static func install(_ keys: KeyFile, at path: String) throws {
    do throws(KeyFileProblem) {
      let there = try KeyFile.read(path)
      guard there == keys else {
        throw .otherStation(
          path: path, recorded: keys.publicKey.fingerprint, found: there.publicKey.fingerprint)
      }
    } catch {
      guard case .missing = error else { throw error }
      try keys.write(to: path)
    }
  }

  private func report(_ done: Restore.Done) {
    Console.output(
      "ok: \(done.summary.records) records verified, the backup ends at \(done.head.checkCode)")
    for line in done.news { Console.output(line) }
    Console.output(
      "series \(done.opened.epoch) is open, its first record is \(done.opened.checkCode)")
    if done.forgottenCount > 0 {
      Console.output(
        "\(done.forgottenCount) who were forgotten since the backup are forgotten again")
    }
    Console.output("everybody logs in anew; slips that waited are marked possibly printed")
  }
}
