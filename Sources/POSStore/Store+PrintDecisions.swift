import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Does what a person decided about a slip; journalled. The same request again changes nothing.
  ///
  /// - Parameter tillID: where another copy shall print; `nil` is the slip's own till.
  /// - Returns: the number of the copy, if one was queued, and whether all that was done before.
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `PrintDecisionRefusal`.
  public func decide(
    _ decision: PrintDecision, about key: Int64, at tillID: TillID? = nil, by user: User,
    request: ClientRequest, atMs: Int64
  ) async throws -> (copy: Int?, isReplay: Bool) {
    try await write { unit in
      guard try unit.isNew(request) else { return (try unit.decidedCopy(request), true) }
      let found = try unit.printJobs(
        "printJob.key = ? AND printJob.stationID = ?", [key, user.stationID.data]
      ).first
      guard let job = found else { throw StoreRefusal.notFound }
      if let tillID { try unit.requireTill(tillID, at: user.stationID) }
      let effect = try job.effect(of: decision)
      let copy = effect == .queueCopy ? try unit.nextCopy(of: job) : nil
      let head = try unit.append(
        .printDecision,
        job.body(of: decision, copy: copy, at: tillID, by: user, id: request.id)
          .adding(request.contentHash), atMs: atMs)
      try unit.perform(effect, decision, on: job, head)
      if let copy {
        try unit.queuePrint(
          job.subject.document, job.recordKey, at: tillID ?? job.tillID, copy: copy, atMs: atMs)
      }
      try unit.note(request, head)
      return (copy, false)
    }
  }
}

extension PrintJob {
  fileprivate var recordKey: Int64 { subject.epoch << 40 | subject.sequence }

  fileprivate func body(
    of decision: PrintDecision, copy: Int?, at tillID: TillID?, by user: User, id: UUID
  ) -> JSON {
    .members([
      "id": .string(Identifier<Store>(id).text),
      "document": .string(subject.document.rawValue),
      "record": .string("\(subject.epoch)-\(subject.sequence)"),
      "slipCopy": .integer(Int64(self.copy)), "state": .string(state.rawValue),
      "decision": .string(decision.rawValue),
      "copy": copy.map { .integer(Int64($0)) },
      "stationID": .string(stationID.text), "tillID": .string((tillID ?? self.tillID).text),
      "userID": .string(user.id.text),
    ])
  }
}

extension UnitOfWork {
  fileprivate func nextCopy(of job: PrintJob) throws -> Int {
    try nextCopy(of: job.subject.document, job.recordKey)
  }

  fileprivate func perform(
    _ effect: PrintDecision.Effect, _ decision: PrintDecision, on job: PrintJob,
    _ head: JournalHead
  ) throws {
    var state = job.state
    var reason = job.reason
    switch effect {
    case .note, .queueCopy: break
    case .queueAgain:
      state = .queued
      reason = nil
    case .cancel:
      state = .failed
      reason = "given_up"
    }
    try db.execute(
      sql: """
        UPDATE printJob SET state = ?, reason = ?, decision = ?, decidedKey = ? WHERE key = ?
        """,
      arguments: [
        state.rawValue, reason, decision.rawValue, JournalKey(head).value, job.key,
      ])
    tellPrinters()
  }

  fileprivate func decidedCopy(_ request: ClientRequest) throws -> Int? {
    let content = try Data.fetchOne(
      db,
      sql: """
        SELECT content FROM journal
        JOIN clientRequest ON journalKey = key WHERE clientRequest.id = ?
        """, arguments: [request.idData])
    guard let content, let body = try JSON(parsing: Array(content))["body"] else {
      throw StoreProblem.badRecord("printDecision")
    }
    return body["copy"]?.integerValue.map { Int($0) }
  }
}
