import FoundationEssentials
import GRDB
public import POS

// Who is put on the terminals of a centre, and who is taken from them.
extension Store {
  /// Queues a command for each person who is enrolled at the terminal's centre on a day: number
  /// and id, the name comes when it is sent. The same request again is answered with its first.
  ///
  /// - Throws: `StoreRefusal.idReused`.
  public func queuePeople(
    on one: EnrolledTerminal, enrolledOn date: BusinessDate,
    request: Identifier<TerminalCommand>, atMs: Int64
  ) async throws -> (commands: [TerminalCommand], isReplay: Bool) {
    try await write { unit in
      let id = one.terminal.id
      if let known = try unit.commands(of: request) {
        guard known.terminalID == id, known.commands.first?.kind.word == "putPerson" else {
          throw StoreRefusal.idReused
        }
        return (known.commands, true)
      }
      var commands: [TerminalCommand] = []
      for kind in try unit.people(of: one, on: date) {
        let key = try unit.insert(
          kind, on: id, request: commands.isEmpty ? request : nil, atMs: atMs)
        commands += try unit.commands("key = ?", [key])
      }
      return (commands, false)
    }
  }

  /// Queues a command for each person who is not enrolled at the terminal's centre any more, so
  /// that number, name and face go from the terminal; once for each enrolment that ended, and again
  /// a day after the terminal failed. Who has the number by now is put on it anew.
  ///
  /// What ended before the terminal was enrolled is taken from it only if nobody has that number:
  /// it may have come with the faces of those who are there.
  public func queueRemovals(
    on one: EnrolledTerminal, endedBefore today: BusinessDate, atMs: Int64
  ) async throws {
    let due = try await read { unit in try unit.ended(on: one, before: today, atMs: atMs) }
    guard !due.isEmpty else { return }
    try await write { unit in
      for place in try unit.ended(on: one, before: today, atMs: atMs) {
        let number = one.wireNumber(of: place.number)
        _ = try unit.insert(
          .removePerson(number: number), on: one.terminal.id, ended: place.id, atMs: atMs)
        guard let heir = place.heir else { continue }
        _ = try unit.insert(.putPerson(number: number, heir), on: one.terminal.id, atMs: atMs)
      }
    }
  }
}

/// An enrolment that ended, and who has its number now.
private struct EndedPlace {
  let id: EnrolmentID
  let number: String
  let heir: PersonID?
}

extension UnitOfWork {
  /// After a failure it is tried again.
  private static let retryMs: Int64 = 86_400_000

  /// The people of a terminal's centre, each to be put on it by the number it has there.
  fileprivate func people(
    of one: EnrolledTerminal, on date: BusinessDate
  ) throws -> [TerminalCommand.Kind] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT number, personID FROM enrolment
        WHERE centreID = ? AND fromDate <= ? AND (untilDate IS NULL OR untilDate >= ?)
        ORDER BY number
        """, arguments: [one.terminal.centreID.data, date.description, date.description]
    ).map { row in
      let number: String = row["number"]
      return .putPerson(
        number: one.wireNumber(of: number), Identifier(row["personID"] as Data))
    }
  }

  fileprivate func ended(
    on one: EnrolledTerminal, before today: BusinessDate, atMs: Int64
  ) throws -> [EndedPlace] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT past.id, past.number, now.personID AS heir FROM enrolment AS past
          LEFT JOIN enrolment AS now ON now.centreID = past.centreID AND now.number = past.number
            AND now.fromDate <= ?2 AND (now.untilDate IS NULL OR now.untilDate >= ?2)
          WHERE past.centreID = ?1 AND past.untilDate < ?2
            AND now.personID IS NOT past.personID
            AND (now.id IS NULL OR past.untilDate >= ?3)
            AND NOT EXISTS (
              SELECT 1 FROM terminalCommand WHERE terminalID = ?4 AND endedID = past.id
              AND (state <> 'failed' OR createdAtMs > ?5))
          ORDER BY past.untilDate, past.number
          """),
      arguments: [
        one.terminal.centreID.data, today.description,
        one.terminal.localDate(atMs: one.addedAtMs).description, one.terminal.id.data,
        atMs - Self.retryMs,
      ]
    ).map { row in
      EndedPlace(
        id: Identifier(row["id"] as Data), number: row["number"],
        heir: (row["heir"] as Data?).map { Identifier($0) })
    }
  }
}

extension EnrolledTerminal {
  /// The number by which it knows a person of its centre.
  fileprivate func wireNumber(of number: String) -> String {
    numbers.first { $0.value == number }?.key ?? number
  }
}
