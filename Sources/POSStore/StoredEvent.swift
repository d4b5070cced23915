import FoundationEssentials
import GRDB
public import POS

/// A journal record of a till or day, as it stands; answers are made from it, so that a repeated
/// request is answered alike.
public struct StoredEvent: Equatable, Sendable {
  public let kind: JournalKind
  public let body: JSON
  public let atMs: Int64
  public let head: JournalHead

  /// The key that orders all records.
  public var key: Int64 { JournalKey(head).value }
}

extension Store {
  /// A record of a till, day or month of a station by its place in the journal; `nil` if there is
  /// none.
  public func event(
    epoch: Int64, sequence: Int64, at stationID: StationID
  ) async throws -> StoredEvent? {
    try await read { unit in
      try unit.events(
        "journalKey = ? AND stationID = ?", [epoch << 40 | sequence, stationID.data]
      ).first
    }
  }

  /// The signature of a record, which stands right behind it; `nil` if it is not signed.
  public func seal(of event: StoredEvent) async throws -> JournalSeal? {
    try await read { unit in
      let next = try unit.storedEvents(
        "SELECT * FROM journal WHERE key = ? AND kind = 'signature'", [event.key + 1])
      guard let seal = try next.first.map({ try JournalSeal(body: $0.body) }) else { return nil }
      guard seal.head == event.head else { throw StoreProblem.badRecord("signature") }
      return seal
    }
  }
}

/// A row of `tillEvent` to write.
struct TillEvent {
  let kind: JournalKind
  let request: ClientRequest
  let stationID: StationID
  var tillSessionID: TillSessionID?
  /// What it corrects: a sale or a movement.
  var subject: UUID?
  let businessDate: BusinessDate
  let atMs: Int64
}

extension UnitOfWork {
  /// Appends the record of an event with its postings, its row and its request.
  ///
  /// - Parameter body: without the day and the request, which are added here.
  func record(_ event: TillEvent, _ body: JSON, _ entry: Entry?) throws -> StoredEvent {
    var whole = body.adding(event.request.contentHash)
    if whole["businessDate"] == nil {
      whole = whole.adding("businessDate", .string(event.businessDate.description))
    }
    let head = try append(event.kind, whole, atMs: event.atMs)
    if let entry { try post(entry, head) }
    try insert(event, head)
    try note(event.request, head)
    // As it will be read again: an answer has its members in the same order ever after.
    let kept = try JSON(parsing: whole.canonicalBytes())
    return StoredEvent(kind: event.kind, body: kept, atMs: event.atMs, head: head)
  }

  func insert(_ event: TillEvent, _ head: JournalHead) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO tillEvent (journalKey, kind, id, stationID, tillSessionID, subjectID,
          businessDate) VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      JournalKey(head).value, event.kind.rawValue, event.request.idData, event.stationID.data,
      event.tillSessionID?.data, event.subject.map { Identifier<Store>($0).data },
      event.businessDate.description,
    ])
  }

  /// The record that did a request before; `nil` if it is new.
  ///
  /// - Throws: `StoreRefusal.idReused` if its id was used with other content, for another kind of
  ///   act or elsewhere.
  func replay(
    of request: ClientRequest, _ kind: JournalKind, at stationID: StationID
  ) throws -> StoredEvent? {
    guard try !isNew(request) else { return nil }
    let found = try events(
      """
      tillEvent.id = ? AND tillEvent.kind = ? AND tillEvent.stationID = ?
      """, [request.idData, kind.rawValue, stationID.data])
    guard let event = found.first else { throw StoreRefusal.idReused }
    return event
  }

  /// The records of the rows of `tillEvent` that fit.
  func events(_ condition: String, _ arguments: StatementArguments) throws -> [StoredEvent] {
    try storedEvents(
      """
      SELECT journal.* FROM tillEvent JOIN journal ON key = journalKey WHERE \(condition)
      """, arguments)
  }

  /// The records of rows with the columns of `journal`.
  func storedEvents(_ sql: String, _ arguments: StatementArguments) throws -> [StoredEvent] {
    try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { row in
      let record = try JSON(parsing: Array(row["content"] as Data))
      guard let body = record["body"], let atMs = record["at"]?.integerValue,
        let kind = JournalKind(rawValue: row["kind"])
      else { throw StoreProblem.badRecord(row["kind"]) }
      return StoredEvent(
        kind: kind, body: body, atMs: atMs, head: head(row["key"], hash: row["hash"]))
    }
  }
}
