import ArgumentParser
import POS
import POSStore

extension ExportCommand {
  /// The days that rows are wanted of.
  struct DayOptions: ParsableArguments {
    @Option(help: "The first day that rows count for.", transform: Self.date)
    var from: BusinessDate?

    @Option(help: "The last day.", transform: Self.date)
    var until: BusinessDate?

    var range: ClosedRange<BusinessDate>? {
      get throws {
        guard from != nil || until != nil else { return nil }
        guard let from, let until, from <= until else {
          throw ValidationError("--from and --until go together, in order")
        }
        return from...until
      }
    }

    private static func date(_ text: String) throws -> BusinessDate {
      guard let date = BusinessDate(text) else {
        throw ValidationError("a date is written 2026-11-21")
      }
      return date
    }
  }

  /// `posd export meals --format csv|json`.
  struct MealRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "meals", abstract: "Meals: what was charged and taken back.",
      discussion: "csv: one row a charge, people by their ids, as Excel reads it.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup(title: "Days") var days: DayOptions

    @Option(help: "csv or json.")
    var format: TableFormat = .csv

    func run() async throws {
      let reading = try JournalReading(folder: try await folder.load().data)
      guard format == .csv else {
        return try ExportCommand.list(reading) {
          $0["kind"]?.stringValue == JournalKind.mealsJudged.rawValue
        }
      }
      try ExportCommand.write(MealsTable(.meals, days: try days.range), of: reading)
    }
  }

  /// `posd export meal-claims --from … --until …`.
  struct ClaimRows: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "meal-claims", abstract: "Claims for the subsidy of meals, line by line.",
      discussion: "csv: each subsidy that was charged or taken back, with its record.")

    @OptionGroup(title: "Data") var folder: FolderOptions
    @OptionGroup(title: "Days") var days: DayOptions

    func run() async throws {
      let reading = try JournalReading(folder: try await folder.load().data)
      try ExportCommand.write(MealsTable(.claims, days: try days.range), of: reading)
    }
  }

  private static func write(_ table: MealsTable, of reading: JournalReading) throws {
    var table = table
    let output = ExportOutput()
    try output.write(table.head)
    try reading.readEach { line in
      let rows = try read(line) { try table.rows(of: $0) }
      if let rows { try output.write(rows) }
    }
    try output.finish()
  }
}
