import FoundationEssentials
import GRDB
public import POS

// What happens at a drawer between opening and count; each is one unit, and the same request again
// changes nothing.
extension Store {
  /// Moves cash in or out without a sale.
  ///
  /// - Parameter corrects: the movement it takes back.
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `TillRefusal.sessionClosed`,
  ///   `StoreRefusal.approvalNotValid`, `TillRefusal`: `approvalNeeded`, `notOpposite`,
  ///   `alreadyCorrected`.
  public func move(
    _ movement: CashMovement, corrects: CashMovementID?, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .cashMoved, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.unclosedTill(movement.tillSessionID, at: user.stationID)
      if movement.kind.needsApproval {
        try unit.require(.cashMovement, over: movement.amount, of: user, asked)
      }
      var made = movement
      if let corrects { made = try unit.correction(movement, of: corrects) }
      let event = try unit.record(
        try unit.event(.cashMoved, in: till, asked, subject: corrects?.uuid),
        made.members.adding(by: user), made.entry)
      if movement.kind.needsApproval {
        try unit.use(asked.approvalID, of: user, by: event.head)
      }
      return (event, false)
    }
  }

  /// Puts on record that a drawer is opened without a sale.
  ///
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `TillRefusal.sessionClosed`,
  ///   `StoreRefusal.approvalNotValid`, `TillRefusal.approvalNeeded`.
  public func openDrawer(
    of id: TillSessionID, reason: CashReason, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .drawerOpened, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.unclosedTill(id, at: user.stationID)
      try unit.require(.openDrawer, of: user, asked)
      let event = try unit.record(
        try unit.event(.drawerOpened, in: till, asked),
        JSON.members([
          "id": .string(asked.subjectID), "tillSessionID": .string(id.text),
          "tillID": .string(till.session.tillID.text), "reason": .string(reason.rawValue),
        ]).adding(by: user), nil)
      try unit.use(asked.approvalID, of: user, by: event.head)
      return (event, false)
    }
  }

  /// Makes another person answer for an open drawer (交班).
  ///
  /// - Parameter count: what both have counted; it decides nothing.
  /// - Throws: in this order `StoreRefusal.idReused`, `.notFound`, `.noOpenTillSession`.
  public func handOver(
    _ id: TillSessionID, to colleague: User, count: CashCount?, by user: User, _ asked: TillRequest
  ) async throws -> (event: StoredEvent, isReplay: Bool) {
    try await write { unit in
      if let done = try unit.replay(of: asked.request, .tillHandedOver, at: user.stationID) {
        return (done, true)
      }
      let till = try unit.tillRow(id, at: user.stationID)
      guard till.state == .open else { throw StoreRefusal.noOpenTillSession }
      let expected = try count.map { _ in try unit.expectedCash(in: id) }
      let event = try unit.record(
        try unit.event(.tillHandedOver, in: till, asked),
        JSON.members([
          "id": .string(asked.subjectID), "tillSessionID": .string(id.text),
          "fromUserID": .string(till.responsible.text), "toUserID": .string(colleague.id.text),
          "counts": count?.json, "countedFen": count.map { .integer($0.total.fen) },
          "expectedFen": expected.map { .integer($0.fen) },
        ]).adding(by: user), nil)
      try unit.db.execute(
        sql: "UPDATE tillSession SET responsible = ? WHERE id = ?",
        arguments: [colleague.id.data, id.data])
      return (event, false)
    }
  }
}

extension UnitOfWork {
  /// The movement as the correction of another one of its session.
  fileprivate func correction(
    _ asked: CashMovement, of otherID: CashMovementID
  ) throws -> CashMovement {
    let found = try events(
      "tillEvent.id = ? AND tillEvent.kind = 'cashMoved' AND tillSessionID = ?",
      [otherID.data, asked.tillSessionID.data])
    guard let other = found.first else { throw StoreRefusal.notFound }
    let made = try CashMovement(
      id: asked.id, of: try CashMovement(body: other.body), kind: asked.kind,
      amount: asked.amount)
    let isCorrected = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM tillEvent WHERE subjectID = ?)",
      arguments: [otherID.data])
    guard isCorrected == false else { throw TillRefusal.alreadyCorrected }
    return made
  }
}

extension JSON {
  /// This record body with who did it and where.
  func adding(by user: User) -> JSON {
    adding("stationID", .string(user.stationID.text)).adding("userID", .string(user.id.text))
  }
}
