import ArgumentParser
import POS
import POSStore

/// `posd import`: takes in files.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in files of products, people or meal terminals.",
    subcommands: [Products.self, Attendance.self, Beneficiaries.self, Vouchers.self])

  /// `posd import products FILE`.
  struct Products: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "products", abstract: "Take in a CSV file of products.",
      discussion: """
        Good rows are loaded, every bad row is named with its line and reason. Columns: barcode, \
        name, category, unit, list_price_yuan; also origin, item_code, pricing. While a daemon \
        runs, it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Argument(help: "The CSV file, UTF-8; - is standard input.")
    var file: String

    func run() async throws {
      let config = try await folder.load()
      let csv = try CommandFile.bytes(file)
      let report = try await StationAccess.open(config).perform(
        daemon: { client in
          try client.post(AdminOperations.importProductsPath, mediaType: "text/csv", body: csv)
        },
        direct: { desk in try await desk.importProducts(csv) })
      try write(report)
    }

    private func write(_ report: JSON) throws {
      let problems = report["problems"]?.arrayValue ?? []
      for problem in problems {
        let line = problem["line"]?.integerValue ?? 0
        Console.output("line \(line): \(problem["reason"]?.stringValue ?? "")")
      }
      let counts = ["added", "updated", "unchanged"].map { report[$0]?.integerValue ?? 0 }
      Console.output(
        "\(counts[0]) added, \(counts[1]) updated, \(counts[2]) unchanged, "
          + "\(problems.count) left out")
      if counts.reduce(0, +) == 0 { throw CommandFailure("no row could be loaded") }
    }
  }
}
