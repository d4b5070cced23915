import ArgumentParser
import POS
import POSStore

/// `posd export`: the books for other programs.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the books for other programs to standard output.",
    discussion: """
      Reads only; may run while the daemon serves, or on a copy. It ends with what was recorded \
      when it began, and does not verify: posd verify does.
      """,
    subcommands: [
      Ledger.self, Journal.self, Sales.self, Claims.self, Vouchers.self, MealRows.self,
      ClaimRows.self,
    ])

  /// `posd export ledger --format hledger|beancount`.
  struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ledger", abstract: "Double entry as plain-text accounting.",
      discussion: "One transaction a record, amounts in CNY with six decimals; see docs/LEDGER.md.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Option(help: "hledger or beancount.", transform: Self.format)
    var format: LedgerFormat

    func run() async throws {
      let reading = try JournalReading(folder: try await folder.load().data)
      let ledger = LedgerText(format, accounts: try reading.accounts())
      let output = ExportOutput()
      try output.write(ledger.head)
      try reading.readEach { line in
        let transaction = try ExportCommand.read(line) { try ledger.transaction(of: $0) }
        if let transaction { try output.write(transaction) }
      }
      try output.finish()
    }

    private static func format(_ text: String) throws -> LedgerFormat {
      guard let format = LedgerFormat(rawValue: text) else {
        throw ValidationError("--format is hledger or beancount")
      }
      return format
    }
  }

  /// `posd export journal --format json`.
  struct Journal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "journal", abstract: "Every record as it was hashed, one a line.",
      discussion:
        "A JSON list of {\"hash\":…,\"record\":…}; the record's bytes are those of docs/JOURNAL.md."
    )

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Option(help: "json.")
    var format: JSONFormat = .json

    func run() async throws {
      try ExportCommand.list(JournalReading(folder: try await folder.load().data)) { _ in true }
    }
  }

  /// `posd export sales --format csv|json`.
  struct Sales: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sales", abstract: "Sales and returns, as a table or as records.",
      discussion: "csv: one row a line, UTF-8 with byte-order mark, as Excel reads it.")

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Option(help: "csv or json.")
    var format: TableFormat

    func run() async throws {
      let reading = try JournalReading(folder: try await folder.load().data)
      guard format == .csv else {
        let kinds = [JournalKind.sale, .saleReturn].map(\.rawValue)
        return try ExportCommand.list(reading) { kinds.contains($0["kind"]?.stringValue ?? "") }
      }
      let table = SalesTable()
      let output = ExportOutput()
      try output.write(table.head)
      try reading.readEach { line in
        let rows = try ExportCommand.read(line) {
          try table.rows(of: $0, original: reading.saleBody)
        }
        if let rows { try output.write(rows) }
      }
      try output.finish()
    }
  }

  /// `posd export claims --format csv`.
  struct Claims: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "claims", abstract: "What funders and sponsors owe, line by line.",
      discussion: """
        One row for each line of a receipt that a voucher or a coupon of the fund or a sponsor \
        paid a part of; UTF-8 with byte-order mark, as Excel reads it. It names sales, never people.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Option(help: "csv.")
    var format: CSVFormat = .csv

    @Option(help: "Only this business day: 2026-11-21.", transform: Self.date)
    var date: BusinessDate?

    func run() async throws {
      let reading = try JournalReading(folder: try await folder.load().data)
      var table = ClaimsTable(date: date)
      let output = ExportOutput()
      try output.write(table.head)
      try reading.readEach { line in
        let rows = try ExportCommand.read(line) {
          try table.rows(of: $0, original: reading.saleBody)
        }
        if let rows { try output.write(rows) }
      }
      try output.finish()
    }

    private static func date(_ text: String) throws -> BusinessDate {
      guard let date = BusinessDate(text) else {
        throw ValidationError("--date is a day as 2026-11-21")
      }
      return date
    }
  }

  enum CSVFormat: String, ExpressibleByArgument, CaseIterable { case csv }

  enum JSONFormat: String, ExpressibleByArgument, CaseIterable { case json }

  enum TableFormat: String, ExpressibleByArgument, CaseIterable { case csv, json }

  /// Writes records that are wanted as a JSON list, each on its line, with its bytes unchanged.
  static func list(_ reading: JournalReading, where isWanted: (JSON) -> Bool) throws {
    let output = ExportOutput()
    var separator = "[\n"
    try reading.readEach { line in
      guard isWanted(line.record) else { return }
      try output.write("\(separator){\"hash\":\"\(line.head.hashText)\",\"record\":")
      try output.write(line.bytes)
      try output.write("}")
      separator = ",\n"
    }
    try output.write(separator == "[\n" ? "[]\n" : "\n]\n")
    try output.finish()
  }

  /// Reads a record, and says which could not be read.
  static func read<Value>(
    _ line: JournalLine, _ work: (JSON) throws -> Value
  ) throws -> Value {
    do {
      return try work(line.record)
    } catch let problem as RecordProblem {
      let place = "\(line.head.epoch)-\(line.head.sequence)"
      throw CommandFailure("record \(place) cannot be read (\(problem.member)): run posd verify")
    }
  }
}
