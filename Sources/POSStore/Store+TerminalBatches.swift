import FoundationEssentials
import GRDB
public import POS

/// What became of a batch.
public struct BatchOutcome: Equatable, Sendable {
  /// Passes and events that were not on record before.
  public var newPassCount = 0
  public var newEvidenceCount = 0

  /// Nothing new.
  public init() {}
}

/// Something that happened to a terminal, where it stands.
public struct StoredEvidence: Equatable, Sendable {
  /// Where a list goes on.
  public let key: Int64
  public let row: EvidenceRow
  public let receivedAtMs: Int64
}

extension Store {
  /// Stores what a terminal sent: what is on record already is passed over, the rest is one
  /// journal record with its rows, judged, all in one unit. So a batch may come as often as the
  /// terminal likes, and in any order.
  ///
  /// The batch must be of a terminal that is enrolled, and no larger than `TerminalBatch.largest`.
  public func take(
    _ batch: TerminalBatch, from terminal: EnrolledTerminal, atMs: Int64
  ) async throws -> BatchOutcome {
    // A few rows are somebody at the counter now, whose meal the board is to show.
    let turn: GroupWriter.Turn = batch.passes.count > 4 ? .machine : .person
    return try await write(turn: turn) { unit in try unit.take(batch, from: terminal, atMs: atMs) }
  }

  /// What happened to a terminal, by batch, the newest first; `limit` batches.
  ///
  /// - Parameter key: only what was stored before this place of a list; `nil` for the newest.
  public func evidence(
    of id: TerminalID, before key: Int64?, limit: Int
  ) async throws -> [StoredEvidence] {
    try await read { unit in
      try unit.evidence(of: id, before: key, limit: limit)
    }
  }
}

extension UnitOfWork {
  fileprivate func take(
    _ batch: TerminalBatch, from terminal: EnrolledTerminal, atMs: Int64
  ) throws -> BatchOutcome {
    precondition(
      max(batch.passes.count, batch.evidence.count) <= TerminalBatch.largest,
      "a batch is stored in parts that fit a unit")
    // Rows go in first, under the key the record is going to have: a row that is known is told
    // apart by the unique index itself, without asking for it first.
    let key = try nextKey
    let passes = try newPasses(batch.passes, key)
    let evidence = try newEvidence(batch.evidence, key)
    try quarantine(batch.quarantined, of: batch.terminalID, atMs: atMs)
    var outcome = BatchOutcome()
    guard !passes.isEmpty || !evidence.isEmpty else { return outcome }
    outcome.newPassCount = passes.count
    outcome.newEvidenceCount = evidence.count
    let head = try append(
      .terminalBatch, batch.body(passes: passes, evidence: evidence), atMs: atMs)
    precondition(JournalKey(head).value == key, "the record has the key its rows were given")
    try db.cachedStatement(
      sql: "INSERT INTO terminalBatch (journalKey, terminalID) VALUES (?, ?)"
    ).execute(arguments: [key, batch.terminalID.data])
    try countDays(of: passes, terminal.terminal)
    try judge(passes.map { MealPass($0, from: terminal, receivedAtMs: atMs) })
    return outcome
  }

  /// Inserts passes and gives back those that were not there.
  private func newPasses(_ passes: [TerminalPass], _ key: Int64) throws -> [TerminalPass] {
    guard !passes.isEmpty else { return [] }
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO terminalPass (journalKey, place, id, number, wireTime, atMs, method,
          recordNumber, isLive) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
        """)
    var new: [TerminalPass] = []
    new.reserveCapacity(passes.count)
    for pass in passes {
      try insert.execute(arguments: [
        key, new.count, pass.id.data, pass.number, pass.wireTime, pass.atMs, pass.method,
        pass.recordNumber, pass.isLive,
      ])
      if db.changesCount > 0 { new.append(pass) }
    }
    return new
  }

  private func newEvidence(_ rows: [EvidenceRow], _ key: Int64) throws -> [EvidenceRow] {
    guard !rows.isEmpty else { return [] }
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO terminalEvidence (journalKey, place, id, meaning, detail, operatorNumber,
          subjectNumber, wireTime, atMs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """)
    var new: [EvidenceRow] = []
    for row in rows {
      try insert.execute(arguments: [
        key, new.count, row.id.data, row.meaning, row.detail, row.operatorNumber,
        row.subjectNumber, row.wireTime, row.atMs,
      ])
      if db.changesCount > 0 { new.append(row) }
    }
    return new
  }

  /// Adds to the totals by day of the terminal's clock.
  private func countDays(of passes: [TerminalPass], _ terminal: Terminal) throws {
    var counts: [BusinessDate: Int64] = [:]
    for pass in passes { counts[terminal.localDate(atMs: pass.atMs), default: 0] += 1 }
    let upsert = try db.cachedStatement(
      sql: """
        INSERT INTO terminalDay (terminalID, date, passCount) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET passCount = passCount + excluded.passCount
        """)
    for (date, count) in counts {
      try upsert.execute(arguments: [terminal.id.data, date.description, count])
    }
  }

  fileprivate func evidence(
    of id: TerminalID, before key: Int64?, limit: Int
  ) throws -> [StoredEvidence] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT terminalEvidence.*, content FROM terminalBatch
        JOIN terminalEvidence USING (journalKey) JOIN journal ON key = terminalBatch.journalKey
        WHERE terminalBatch.journalKey IN (
          SELECT journalKey FROM terminalBatch AS one
          WHERE terminalID = ? AND journalKey < ? AND EXISTS (
            SELECT 1 FROM terminalEvidence WHERE journalKey = one.journalKey)
          ORDER BY journalKey DESC LIMIT ?)
        ORDER BY terminalBatch.journalKey DESC, place
        """, arguments: [id.data, key ?? Int64.max, limit])
    return try rows.map { row in
      let record = try JSON(parsing: Array(row["content"] as Data))
      return StoredEvidence(
        key: row["journalKey"], row: EvidenceRow(row),
        receivedAtMs: record["at"]?.integerValue ?? 0)
    }
  }
}

extension TerminalBatch {
  /// What the journal says of a batch: how many rows, and their hash.
  fileprivate func body(passes: [TerminalPass], evidence: [EvidenceRow]) -> JSON {
    .members([
      "terminalID": .string(terminalID.text), "way": .string(way.rawValue),
      "passCount": passes.isEmpty ? nil : .integer(Int64(passes.count)),
      "passHash": passes.isEmpty ? nil : .string(TerminalPass.hash(of: passes)),
      "evidenceCount": evidence.isEmpty ? nil : .integer(Int64(evidence.count)),
      "evidenceHash": evidence.isEmpty ? nil : .string(EvidenceRow.hash(of: evidence)),
    ])
  }
}

extension TerminalPass {
  init(_ row: Row) {
    self.init(
      id: Identifier(row["id"] as Data), number: row["number"], wireTime: row["wireTime"],
      atMs: row["atMs"], method: row["method"], recordNumber: row["recordNumber"],
      isLive: row["isLive"])
  }
}

extension EvidenceRow {
  init(_ row: Row) {
    self.init(
      id: Identifier(row["id"] as Data), meaning: row["meaning"], detail: row["detail"],
      operatorNumber: row["operatorNumber"], subjectNumber: row["subjectNumber"],
      wireTime: row["wireTime"], atMs: row["atMs"])
  }
}

extension MealPass {
  /// Before this a clock has lost its time: batteries die, and it begins again at 2000.
  private static let earliestMs: Int64 = 1_577_836_800_000

  /// A pass as meals know it: by the number that its centre knows.
  fileprivate init(
    _ pass: TerminalPass, from enrolled: EnrolledTerminal, receivedAtMs: Int64
  ) {
    self.init(
      id: pass.id, key: pass.id.text, centreID: enrolled.terminal.centreID,
      terminalID: enrolled.terminal.id, number: enrolled.numbers[pass.number] ?? pass.number,
      atMs: pass.atMs, receivedAtMs: receivedAtMs, isLive: pass.isLive,
      way: MealWay(method: pass.method), isClockDoubtful: pass.atMs < Self.earliestMs)
  }
}

extension MealWay {
  /// The way of a method's word.
  fileprivate init(method: String) {
    switch method {
    case "face", "faceAndMore", "identityCard": self = .face
    case "card": self = .card
    default: self = .code
    }
  }
}
