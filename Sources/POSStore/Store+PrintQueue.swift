import FoundationEssentials
import GRDB
public import POS

// What the print driver asks: the queue of one printer.
extension Store {
  /// The next jobs of the tills that print at one of these addresses, oldest first; `nil` is the
  /// address of tills without one of their own.
  public func waitingPrintJobs(at printers: [String?], limit: Int) async throws -> [PrintJob] {
    try await read { unit in
      let addresses = printers.compactMap(\.self)
      let marks = addresses.map { _ in "?" }.joined(separator: ", ")
      return try unit.printJobs(
        """
        printJob.state = 'queued' AND printJob.tillID IN (
          SELECT id FROM till WHERE printer IN (\(marks))
            \(printers.contains(nil) ? "OR printer IS NULL" : ""))
        ORDER BY printJob.key LIMIT \(limit)
        """, StatementArguments(addresses))
    }
  }

  /// The addresses that tills have of their own.
  public func printerAddresses() async throws -> Set<String> {
    try await read { unit in
      try String.fetchSet(
        unit.db, sql: "SELECT DISTINCT printer FROM till WHERE printer IS NOT NULL")
    }
  }

  /// Moves a job from the queue to the printer.
  ///
  /// - Returns: whether it still waited; if not, somebody gave it up.
  public func beginSending(_ key: Int64) async throws -> Bool {
    try await write { unit in
      try unit.db.cachedStatement(
        sql: """
          UPDATE printJob SET state = 'sending', reason = NULL WHERE key = ? AND state = 'queued'
          """
      ).execute(arguments: [key])
      return unit.db.changesCount == 1
    }
  }

  /// Moves jobs to their next state.
  public func mark(
    _ keys: [Int64], as state: PrintJob.State, reason: String?
  ) async throws {
    try await write { unit in
      let statement = try unit.db.cachedStatement(
        sql: "UPDATE printJob SET state = ?, reason = ? WHERE key = ?")
      for key in keys { try statement.execute(arguments: [state.rawValue, reason, key]) }
    }
  }

  /// After a crash: jobs that were being sent may or may not have come out.
  public func markInterruptedPrintJobs() async throws {
    try await write { unit in
      try unit.db.execute(
        sql: """
          UPDATE printJob SET state = 'possiblyPrinted', reason = 'interrupted'
          WHERE state = 'sending'
          """)
    }
  }

  /// How many slips of each till wait, and how many a person has to look for.
  public func printCounts(at stationID: StationID) async throws -> [TillID: PrintCounts] {
    try await read { unit in
      let rows = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT tillID, SUM(state IN ('queued', 'sending')) AS waiting,
            SUM(state = 'possiblyPrinted') AS doubtful
          FROM printJob WHERE stationID = ? AND (
            state IN ('queued', 'sending')
            OR (state = 'possiblyPrinted' AND decision IS NULL))
          GROUP BY tillID
          """, arguments: [stationID.data])
      let counts = rows.map { row in
        (
          TillID(row["tillID"] as Data),
          PrintCounts(waiting: row["waiting"], doubtful: row["doubtful"])
        )
      }
      return Dictionary(uniqueKeysWithValues: counts)
    }
  }
}

/// What is to be done at one till's printer.
public struct PrintCounts: Equatable, Sendable {
  /// Slips that wait or are being sent.
  public let waiting: Int
  /// Slips that may be on paper, and nobody has looked yet.
  public let doubtful: Int

  public init(waiting: Int = 0, doubtful: Int = 0) {
    self.waiting = waiting
    self.doubtful = doubtful
  }
}
