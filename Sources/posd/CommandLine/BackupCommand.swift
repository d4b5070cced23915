import ArgumentParser
import FoundationEssentials
import POS
import POSStore

/// `posd backup`: an encrypted copy of everything.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Write an encrypted backup, also while the daemon serves.",
    discussion: """
      While a daemon runs, it does the work, and must be able to write in the folder. With --to \
      nothing older is removed; without it the settings backupFolder and backupKeep are used. The \
      file opens only with the station's key file or recovery sheet.
      """)

  @OptionGroup(title: "Data") var folder: FolderOptions

  @Option(help: ArgumentHelp("The folder to write to; it must be there.", valueName: "folder"))
  var to: String?

  func run() async throws {
    let config = try await folder.load()
    guard let target = to ?? config.backupFolder else { throw BackupProblem.noTarget }
    let path =
      target.hasPrefix("/") ? target : FileManager.default.currentDirectoryPath + "/" + target
    guard FileManager.default.fileExists(atPath: config.data + "/" + Store.fileName) else {
      throw CommandFailure("\(config.data) has no station")
    }
    let request = JSON.members(["folder": .string(path), "isPruned": .bool(to == nil)])
    let answer = try await StationAccess.open(config).perform(
      daemon: { client in try client.post(AdminOperations.backupsPath, body: request.bytes()) },
      direct: { desk in
        let room = BackupRoom(
          store: desk.store, keys: try KeyFile.read(config.keyFile), dataFolder: config.data,
          clock: desk.clock)
        return await Backups(room: room, keep: config.backupKeep).make(request)
      })
    if let failure = answer["failure"]?.stringValue { throw CommandFailure(failure) }
    Console.output("wrote \(answer["file"]?.stringValue ?? "")")
    Console.output("\(answer["bytes"]?.integerValue ?? 0) bytes, decrypted again and compared")
    for name in answer["removed"]?.arrayValue ?? [] {
      Console.output("removed \(name.stringValue ?? "")")
    }
  }
}

/// Makes a backup that a command line asks for.
struct Backups: Sendable {
  let room: BackupRoom
  let keep: BackupKeep

  /// The answer: `file`, `bytes` and `removed`, or `failure`.
  func make(_ request: JSON) async -> JSON {
    guard let folder = request["folder"]?.stringValue, folder.hasPrefix("/") else {
      return .members(["failure": "the folder must be a whole path"])
    }
    do {
      let made = try await room.backUp(
        to: folder, keep: request["isPruned"] == .bool(true) ? keep : nil)
      return .members([
        "file": .string(made.path), "bytes": .integer(made.bytes),
        "removed": .array(made.removed.map(JSON.string)),
      ])
    } catch {
      return .members(["failure": .string("no backup was made: \(error)")])
    }
  }
}
