import ArgumentParser
import POS

extension ImportCommand {
  /// `posd import beneficiaries FILE… --source NAME`.
  struct Beneficiaries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "beneficiaries", abstract: "Take in a department's list of people in need.",
      discussion: """
        CSV, UTF-8 or GB 18030. Columns are found by their header: 姓名 and 身份证号 are needed; \
        社区, 类别, 户籍, 电话, 出生日期, 死亡日期, 备注 may be there; others are not used. Good rows \
        are loaded; every bad row is named with its line and reason, never with what stands in it. \
        People are joined by identity number, of which only a keyed hash and the last four \
        characters are kept. The same file again changes nothing. While a daemon runs, it does \
        the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Argument(help: "The CSV files; - is standard input.")
    var files: [String]

    @Option(help: ArgumentHelp("The department the files come from: 民政局.", valueName: "name"))
    var source: String

    @Option(
      help: ArgumentHelp(
        "The district as addresses name it: who is registered there is a resident.",
        valueName: "name"))
    var district = "二七区"

    func validate() throws {
      for text in [source, district] {
        guard (1...20).contains(text.unicodeScalars.count), PlainText.isPlain(text) else {
          throw ValidationError("a name has 1 to 20 characters")
        }
      }
    }

    func run() async throws {
      let config = try await folder.load()
      var loaded: Int64 = 0
      for file in files {
        let csv = try CommandFile.bytes(file)
        let path = AdminOperations.importBeneficiariesPath
        let query =
          "?source=\(PercentCoding.encoded(source))"
          + "&district=\(PercentCoding.encoded(district))"
        let report = try await StationAccess.open(config).perform(
          daemon: { client in
            try client.post(path + query, mediaType: "text/csv", body: csv)
          },
          direct: { desk in
            try await desk.importBeneficiaries(csv, source: source, district: district)
          })
        loaded += write(report, of: file)
      }
      if loaded == 0 { throw CommandFailure("no row could be loaded") }
    }

    /// Tells of one file; how many rows were good.
    private func write(_ report: JSON, of file: String) -> Int64 {
      let name = files.count > 1 ? "\(file): " : ""
      let problems = report["problems"]?.arrayValue ?? []
      for problem in problems {
        let line = problem["line"]?.integerValue ?? 0
        Console.output("\(name)line \(line): \(problem["reason"]?.stringValue ?? "")")
      }
      for line in report["otherNames"]?.arrayValue ?? [] {
        Console.output(
          "\(name)line \(line.integerValue ?? 0): loaded, but other sources have another name")
      }
      let counts = ["added", "changed", "unchanged"].map { report[$0]?.integerValue ?? 0 }
      let joined = report["joined"]?.integerValue ?? 0
      Console.output(
        "\(name)\(counts[0]) added, \(counts[1]) changed, \(counts[2]) unchanged, "
          + "\(joined) joined with an earlier line, \(problems.count) left out")
      return counts.reduce(0, +)
    }
  }
}
