import FoundationEssentials
import GRDB
import POS

extension RowsOfRecord {
  /// The rows of a batch: as many as the record says, in order, with its hashes.
  func checkTerminalBatch() throws {
    let terminalID = try Data.fetchOne(
      db.cachedStatement(sql: "SELECT terminalID FROM terminalBatch WHERE journalKey = ?"),
      arguments: [key.value])
    guard let terminalID else { throw wrong("its terminalBatch is missing") }
    guard terminalID == blob("terminalID") else {
      throw wrong("terminalID of its terminalBatch differs from the journal")
    }
    let passes = try rows("terminalPass")
    guard try count("passCount") == passes.count,
      passes.isEmpty || TerminalPass.hash(of: passes.map(TerminalPass.init)) == text("passHash")
    else { throw wrong("its passes differ from the journal") }
    let evidence = try rows("terminalEvidence")
    guard try count("evidenceCount") == evidence.count,
      evidence.isEmpty
        || EvidenceRow.hash(of: evidence.map(EvidenceRow.init)) == text("evidenceHash")
    else { throw wrong("its evidence differs from the journal") }
  }

  /// The numbers of people that a replaced terminal's successor was given.
  func checkTerminalNumbers() throws {
    let found = try rows("terminalNumber")
    let pairs = found.map { TerminalNumber(wireNumber: $0["wireNumber"], number: $0["number"]) }
    let isSame =
      found.allSatisfy { $0["terminalID"] as Data == blob("terminalID") }
      && (body["numberHash"] == nil || TerminalNumber.hash(of: pairs) == text("numberHash"))
    guard try count("numberCount") == found.count, isSame else {
      throw wrong("its terminalNumber rows differ from the journal")
    }
  }

  /// How many rows of each table a batch has.
  var terminalBatchCounts: [String: Int64] {
    [
      "terminalBatch": 1, "terminalPass": rowCount("passCount"),
      "terminalEvidence": rowCount("evidenceCount"),
    ]
  }

  /// How many rows of a table a batch or replacement has, as the record says and the check found.
  func rowCount(_ member: String) -> Int64 { body[member]?.integerValue ?? 0 }

  private func count(_ member: String) throws -> Int {
    guard let value = body[member] else { return 0 }
    guard let count = value.integerValue, (0...1_000_000).contains(count) else {
      throw RecordProblem.missing(member)
    }
    return Int(count)
  }

  private func text(_ member: String) -> String? { body[member]?.stringValue }

  /// The rows of the record in order; their places must be without a gap.
  private func rows(_ table: String) throws -> [Row] {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM \(table) WHERE journalKey = ? ORDER BY place"),
      arguments: [key.value])
    for (place, row) in rows.enumerated() where row["place"] as Int != place {
      throw wrong("its \(table) rows differ from the journal")
    }
    return rows
  }
}

extension ToldRows {
  /// Notes what a record tells of terminals, and checks the rows that are its own.
  mutating func noteTerminal(_ record: RowsOfRecord) throws {
    switch record.record.kind {
    case .terminalBatch: try record.checkTerminalBatch()
    case .terminalRetired:
      tell("terminal", record.blob("terminalID"), ["closedKey": record.key.value], by: record.key)
    default:
      try record.checkTerminalNumbers()
      noteEnrolment(record)
    }
  }

  private mutating func noteEnrolment(_ record: RowsOfRecord) {
    let body = record.body
    tell(
      "terminal", record.blob("terminalID"),
      [
        "serial": body["serial"]?.stringValue, "family": body["family"]?.stringValue,
        "centreID": record.blob("centreID"), "model": body["model"]?.stringValue,
        "zoneMinutes": body["zoneMinutes"]?.integerValue, "journalKey": record.key.value,
        "closedKey": Int64?.none,
      ], by: record.key)
    if record.record.kind == .terminalReplaced {
      tell("terminal", record.blob("replaces"), ["closedKey": record.key.value], by: record.key)
    }
  }
}
