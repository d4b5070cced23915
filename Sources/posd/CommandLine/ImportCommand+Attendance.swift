import ArgumentParser
import FoundationEssentials
import POS

extension ImportCommand {
  /// `posd import attendance FILE --terminal SERIAL`.
  struct Attendance: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "attendance", abstract: "Take in the rows of a meal terminal from a file.",
      discussion: """
        The file is attlog.dat from a USB stick, or a table exported by attendance software (CSV, \
        GBK or UTF-8). Rows that the terminal sent already are passed over. While a daemon runs, \
        it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Option(help: "The serial number of the terminal whose rows they are.")
    var terminal: String

    @Option(
      help: """
        The order of columns in attlog.dat where it cannot be guessed: deviceFirst, verifyFirst or \
        statusFirst.
        """)
    var columns: String?

    func validate() throws {
      guard columns.map({ AttendanceColumns.words.contains($0) }) ?? true else {
        throw ValidationError("--columns is one of \(AttendanceColumns.words)")
      }
      guard terminal.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x23 }) else {
        throw ValidationError("--terminal is a serial number")
      }
    }

    func run() async throws {
      let bytes = try CommandFile.bytes(file)
      let query = "?terminal=\(terminal)" + (columns.map { "&columns=\($0)" } ?? "")
      let report = try await StationAccess.open(try await folder.load()).perform(
        daemon: { client in
          try client.post(
            AdminOperations.importAttendancePath + query,
            mediaType: "application/octet-stream", body: bytes)
        },
        direct: { desk in
          try await desk.importAttendance(bytes, serial: terminal, columns: columns)
        })
      let counts = ["new", "known", "bad"].map { report[$0]?.integerValue ?? 0 }
      Console.output("\(counts[0]) new, \(counts[1]) known, \(counts[2]) bad")
    }
  }
}
