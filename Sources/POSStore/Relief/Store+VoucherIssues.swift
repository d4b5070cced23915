import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Issues vouchers; journalled. The same request again is answered from the record.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such programme here),
  ///   `ReliefRefusal`: `programmeEnded`, `validityPast`, `personNotEligible`.
  public func issue(
    _ issue: VoucherIssue, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(of: asked.request, .vouchersIssued, at: user.stationID) {
        return (done, true)
      }
      return (try unit.issue(issue, by: user, asked), false)
    }
  }

  /// Ends the monthly repeat of an issue; what was issued stays good.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound` (no such issue here, or it does not
  ///   repeat any more).
  public func endRepeat(
    of issueID: VoucherIssueID, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.reliefReplay(
        of: asked.request, .voucherRepeatEnded, at: user.stationID)
      {
        return (done, true)
      }
      let repeats = try Bool.fetchOne(
        unit.db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM voucherRepeat JOIN voucherIssue ON issueID = id
            WHERE issueID = ? AND stationID = ? AND endedKey IS NULL)
          """, arguments: [issueID.data, user.stationID.data])
      guard repeats == true else { throw StoreRefusal.notFound }
      let event = try unit.recordRelief(
        .voucherRepeatEnded,
        JSON.members(["id": .string(asked.subjectID), "issueID": .string(issueID.text)])
          .adding(by: user), asked)
      try unit.db.execute(
        sql: "UPDATE voucherRepeat SET endedKey = ? WHERE issueID = ?",
        arguments: [event.key, issueID.data])
      return (event, false)
    }
  }

  /// Issues what repeats and is due: each month once, in a unit of its own.
  ///
  /// - Returns: how many issues were made.
  public func issueDue(atMs: Int64) async throws -> Int {
    let today = policies.date(atMs: atMs)
    let waiting = try await read { unit in try unit.repeats(before: Month(of: today)) }
    var count = 0
    for issueID in waiting {
      count += try await write { unit in
        try unit.issueDue(of: issueID, on: today, atMs: atMs)
      }
    }
    return count
  }

  /// The issues of a programme, newest first.
  public func voucherIssues(
    of programmeID: ProgrammeID, at stationID: StationID, beforeKey: Int64?, limit: Int
  ) async throws -> [StoredEvent] {
    try await read { unit in
      try unit.storedEvents(
        """
        SELECT journal.* FROM voucherIssue JOIN journal ON key = journalKey
        WHERE programmeKey IN (SELECT journalKey FROM programme WHERE id = ? AND stationID = ?)
          AND journalKey < ? ORDER BY journalKey DESC LIMIT \(limit)
        """, [programmeID.data, stationID.data, beforeKey ?? Int64.max])
    }
  }

  /// The first issues that repeat still, with the last month issued.
  public func voucherRepeats(
    at stationID: StationID
  ) async throws -> [VoucherIssueID: (last: Month, until: Month)] {
    try await read { unit in
      let rows = try Row.fetchAll(
        unit.db,
        sql: """
          SELECT issueID, lastMonth, untilMonth FROM voucherRepeat
          JOIN voucherIssue ON issueID = id WHERE stationID = ? AND endedKey IS NULL
          """, arguments: [stationID.data])
      var found: [VoucherIssueID: (last: Month, until: Month)] = [:]
      for row in rows {
        guard let last = Month(row["lastMonth"] as String),
          let until = Month(row["untilMonth"] as String)
        else { throw StoreProblem.badRecord("voucherRepeat") }
        found[Identifier(row["issueID"] as Data)] = (last, until)
      }
      return found
    }
  }
}

extension UnitOfWork {
  fileprivate func issue(
    _ issue: VoucherIssue, by user: User, _ asked: TillRequest
  ) throws -> StoredEvent {
    let (programmeKey, programme) = try programme(issue.programmeID, at: user.stationID)
    guard !programme.isEnded else { throw ReliefRefusal.programmeEnded }
    let today = try openDay(at: user.stationID, atMs: asked.atMs)
    guard issue.validity.upperBound >= today else { throw ReliefRefusal.validityPast }
    if case .people(let people) = issue.recipients {
      for (index, personID) in people.enumerated() {
        if let refusal = try refusal(of: personID, programme, on: today) {
          throw ReliefRefusal.personNotEligible(index: index, refusal)
        }
      }
    }
    let made = MadeVouchers(
      issue: issue, programme: programme, programmeKey: programmeKey, stationID: user.stationID,
      people: issue.recipients.people, firstID: issue.id, validity: issue.validity)
    let event = try record(made) { body in
      try recordRelief(
        .vouchersIssued,
        JSON.members(["id": .string(asked.subjectID)]).adding(contentsOf: body).adding(by: user),
        asked)
    }
    if let until = issue.repeatUntil {
      try db.execute(
        sql: "INSERT INTO voucherRepeat (issueID, lastMonth, untilMonth) VALUES (?, ?, ?)",
        arguments: [issue.id.data, issue.month.description, until.description])
    }
    return event
  }

  /// Why a person cannot get anything of a programme.
  func refusal(
    of personID: PersonID, _ programme: Programme, on day: BusinessDate
  ) throws -> PersonRefusal? {
    guard let facts = try personFacts(personID) else { return .unknown }
    if let deceasedOn = facts.deceasedOn, deceasedOn <= day { return .deceased }
    if let people = programme.people, people.isDisjoint(with: facts.categories) {
      return .category
    }
    return nil
  }

  fileprivate func repeats(before month: Month) throws -> [VoucherIssueID] {
    try Data.fetchAll(
      db,
      sql: """
        SELECT issueID FROM voucherRepeat
        WHERE endedKey IS NULL AND lastMonth < ? AND lastMonth < untilMonth ORDER BY issueID
        """, arguments: [month.description]
    ).map { Identifier($0) }
  }

  /// Issues the months of a repeat that are due: decided on what is read here, so that nothing makes
  /// one twice.
  fileprivate func issueDue(
    of issueID: VoucherIssueID, on today: BusinessDate, atMs: Int64
  ) throws -> Int {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT lastMonth, stationID, content FROM voucherRepeat JOIN voucherIssue ON issueID = id
        JOIN journal ON key = voucherIssue.journalKey WHERE issueID = ? AND endedKey IS NULL
        """, arguments: [issueID.data])
    guard let row, let last = Month(row["lastMonth"] as String),
      let body = try JSON(parsing: Array(row["content"] as Data))["body"]
    else { return 0 }
    let stationID = StationID(row["stationID"] as Data)
    let issue = try VoucherIssue(body: body)
    let (programmeKey, programme) = try programme(issue.programmeID, at: stationID)
    guard !programme.isEnded else { return 0 }
    let due = issue.monthsDue(after: last, on: today)
    for month in due {
      let made = MadeVouchers(
        issue: issue, programme: programme, programmeKey: programmeKey, stationID: stationID,
        people: try issue.recipients.people?.filter {
          try refusal(of: $0, programme, on: today) == nil
        }, firstID: issueID, validity: issue.validity(in: month))
      _ = try record(made) { body in
        let whole = JSON.members([
          "id": .string(VoucherIssueID(UUID()).text), "stationID": .string(stationID.text),
        ]).adding(contentsOf: body)
        let head = try append(.vouchersIssued, whole, atMs: atMs)
        return StoredEvent(kind: .vouchersIssued, body: whole, atMs: atMs, head: head)
      }
      try db.execute(
        sql: "UPDATE voucherRepeat SET lastMonth = ? WHERE issueID = ?",
        arguments: [month.description, issueID.data])
    }
    return due.count
  }

  /// Makes the vouchers of an issue and its row; `append` writes the record of this body.
  private func record(
    _ made: MadeVouchers, _ append: (JSON) throws -> StoredEvent
  ) throws -> StoredEvent {
    let vouchers = (0..<made.count).map { index in
      (id: VoucherID(UUID()), personID: made.people?[index])
    }
    let hashes = vouchers.map { personalKeys.hash(of: personalKeys.code(of: $0.id)) }
    let event = try append(made.body(vouchers, codesHash: Self.hash(ofCodes: hashes)))
    guard let id = event.body["id"]?.stringValue.flatMap({ VoucherIssueID($0) }) else {
      throw StoreProblem.badRecord("vouchersIssued")
    }
    try db.execute(
      sql: """
        INSERT INTO voucherIssue (journalKey, id, stationID, programmeKey, firstID, month)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        event.key, id.data, made.stationID.data, made.programmeKey, made.firstID.data,
        made.month.description,
      ])
    for (place, voucher) in vouchers.enumerated() {
      try insert(
        VoucherRow(
          id: voucher.id, codeHash: hashes[place], place: place, of: event,
          programmeKey: made.programmeKey, stationID: made.stationID, personID: voucher.personID,
          worth: made.issue.worth, validity: made.validity))
    }
    return event
  }
}

/// The vouchers of one month of an issue.
private struct MadeVouchers {
  let issue: VoucherIssue
  let programme: Programme
  let programmeKey: Int64
  let stationID: StationID
  /// `nil` for bearers.
  let people: [PersonID]?
  let firstID: VoucherIssueID
  let validity: ClosedRange<BusinessDate>

  var month: Month { Month(of: validity.lowerBound) }

  var count: Int {
    switch issue.recipients {
    case .bearers(let count): count
    case .people: people?.count ?? 0
    }
  }

  /// The record, but for id, station and who asked.
  func body(_ vouchers: [(id: VoucherID, personID: PersonID?)], codesHash: String) -> JSON {
    .members([
      "programmeID": .string(programme.id.text), "version": .integer(programme.version),
      "worthFen": .integer(issue.worth.fen),
      "validFrom": .string(validity.lowerBound.description),
      "validUntil": .string(validity.upperBound.description),
      "month": .string(month.description),
      // Of the first issue of a repeat, and of those that it makes.
      "repeatUntil": firstID == issue.id && validity == issue.validity
        ? issue.repeatUntil.map { .string($0.description) } : nil,
      "repeats": firstID == issue.id && validity == issue.validity
        ? nil : .string(firstID.text),
      "vouchers": .array(
        vouchers.map {
          .members([
            "id": .string($0.id.text), "personID": $0.personID.map { .string($0.text) },
          ])
        }), "codesHash": .string(codesHash),
    ])
  }
}
