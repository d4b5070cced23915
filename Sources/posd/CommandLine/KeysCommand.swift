import ArgumentParser
import Glibc
import POS
import POSStore

/// `posd keys`: the station's keys on paper and back.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The station's keys: recovery sheet, public key.",
    subcommands: [Sheet.self, Restore.self, Public.self, Renew.self])

  /// `posd keys sheet`.
  struct Sheet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sheet", abstract: "Write the recovery sheet, to be printed and sealed.",
      discussion: """
        It holds the secret keys. On a terminal it asks before it shows them; to a pipe (| lp) it \
        writes at once.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      let config = try await folder.load()
      let keys = try KeyFile.read(config.keyFile)
      if isatty(STDOUT_FILENO) == 1 {
        Console.error("This shows secret keys. Is nobody looking? Type yes:")
        guard readLine() == "yes" else { throw CommandFailure("nothing was shown") }
      }
      Console.output(RecoverySheet.text(of: keys, station: config.stationName))
    }
  }

  /// `posd keys restore`.
  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Make the key file again from the recovery sheet.",
      discussion: """
        Asks for the nine lines one after the other; without a terminal, or with a file, it reads \
        them all. A key file that is there already is not touched.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Argument(help: "A file with the lines of the sheet; - is standard input.")
    var sheet: String?

    func run() async throws {
      ProcessSetup.apply()
      let config = try await folder.load()
      let keys = try sheet == nil && isatty(STDIN_FILENO) == 1 ? asked() : read(sheet ?? "-")
      try keys.write(to: config.keyFile)
      Console.output("wrote \(config.keyFile)")
      Console.output("fingerprint \(keys.publicKey.groupedFingerprint)")
      Console.error("Compare the fingerprint with the one on the sheet.")
    }

    private func read(_ path: String) throws -> KeyFile {
      let text = String(decoding: try CommandFile.bytes(path), as: UTF8.self)
      do throws(RecoverySheet.Problem) {
        return try RecoverySheet.keys(from: text.split(whereSeparator: \.isNewline))
      } catch {
        throw CommandFailure("\(error)")
      }
    }

    /// Asks until each line is right.
    private func asked() throws -> KeyFile {
      var lines: [String] = []
      for label in RecoverySheet.labels {
        lines.append(try asked(label))
      }
      return try RecoverySheet.keys(from: lines)
    }

    private func asked(_ label: String) throws -> String {
      while true {
        Console.error("Line \(label):")
        guard let typed = readLine() else {
          throw CommandFailure("broken off: nothing was written")
        }
        let text = typed.uppercased().hasPrefix(label) ? typed : "\(label) \(typed)"
        do throws(RecoverySheet.Problem) {
          _ = try RecoverySheet.line(text)
          return "\(label) \(text.dropFirst(label.count))"
        } catch {
          Console.error("\(error)")
        }
      }
    }
  }

  /// `posd keys public`.
  struct Public: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "public", abstract: "Write the public key and its fingerprint.",
      discussion: "Nothing secret: for the auditor, and for posd verify --key.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      let config = try await folder.load()
      Console.output(PublicKeyText.text(of: try KeyFile.read(config.keyFile).publicKey))
    }
  }

  /// `posd keys renew`.
  struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "renew", abstract: "Make new keys when key file and recovery sheet are lost.",
      discussion: """
        Only while the daemon is stopped. The journal notes that the key changed, and an auditor \
        will ask why. Older backups need the old key and stay closed. A key file that is there \
        already is taken, if its keys are not those in force.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    func run() async throws {
      ProcessSetup.apply()
      let config = try await folder.load()
      let lock = try FolderLock(folder: config.data)
      defer { withExtendedLifetime(lock) {} }
      let store = try Store(folder: config.data)
      guard store.isSetUp else { throw CommandFailure("\(config.data) has no station yet") }
      let keys = try renewed(config.keyFile, known: try store.verifyingKey)
      try await store.renew(keys.signer, atMs: Clock().nowMs)
      try store.close()
      Console.output("new key, fingerprint \(keys.publicKey.groupedFingerprint)")
      Console.error("Print the recovery sheet now: posd keys sheet")
    }

    /// The keys of the file, if they are not those in force; new ones where there is no file.
    private func renewed(_ path: String, known: VerifyingKey?) throws -> KeyFile {
      let keys: KeyFile
      do throws(KeyFileProblem) {
        keys = try KeyFile.read(path)
      } catch {
        guard case .missing = error else { throw error }
        keys = KeyFile()
        try keys.write(to: path)
      }
      guard keys.publicKey != known else {
        throw CommandFailure("\(path) has the key in force: nothing is lost")
      }
      return keys
    }
  }
}
