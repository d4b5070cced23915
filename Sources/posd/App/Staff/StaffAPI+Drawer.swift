import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// What happens at a drawer beside sales.
extension StaffAPI {
  var drawerOperations: [Operation] {
    [
      Operation(
        id: "moveCash", method: .post, path: "/api/v1/till-sessions/{id}/movements",
        summary: "put cash in or take it out without a sale", access: .roles(.sellers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "kind": Schema.choice(of: CashMovement.Kind.self),
              "amountFen": Schema.integer(1...Limits.tenderFen),
              "reason": Schema.choice(of: CashReason.self),
            ], optional: ["corrects": Schema.id, "approvalID": Schema.id])),
        answers: [.json(Schema.ref("CashMovement"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionClosed, .approvalNeeded, .approvalNotValid,
          .correctionNotOpposite, .alreadyCorrected, .diskFull,
        ], handler: moveCash),
      Operation(
        id: "openDrawer", method: .post, path: "/api/v1/till-sessions/{id}/drawer-openings",
        summary: "open the drawer without a sale", access: .roles(.sellers),
        body: .json(
          Schema.object(
            ["id": Schema.id, "reason": Schema.choice(of: CashReason.self)],
            optional: ["approvalID": Schema.id])),
        answers: [.json(Schema.ref("DrawerOpening"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionClosed, .approvalNeeded, .approvalNotValid, .diskFull,
        ], handler: openDrawer),
      Operation(
        id: "handOver", method: .post, path: "/api/v1/till-sessions/{id}/handovers",
        summary: "another person answers for the drawer from now on", access: .roles(.sellers),
        body: .json(
          Schema.object(
            ["id": Schema.id, "toUser": Schema.text(count: 1...40), "pin": Schema.text],
            optional: ["counts": Components.counts])),
        answers: [.json(Schema.ref("Handover"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionClosed, .loginFailed, .tooManyAttempts, .diskFull,
        ], handler: handOver),
    ]
  }

  private func moveCash(_ request: APIRequest) async throws -> APIResponse {
    let sessionID: TillSessionID = try request.id("id")
    let (movement, corrects, approvalID) = try request.body { fields in
      let movement = CashMovement(
        id: try fields.id("id"), tillSessionID: sessionID, kind: try fields.choice("kind"),
        amount: Money(fen: try fields.integer("amountFen", in: 1...Limits.tenderFen)),
        reason: try fields.choice("reason"))
      // A correction names what it corrects, and nothing else does.
      let corrects =
        movement.reason == .correction
        ? try fields.id("corrects", of: CashMovementID.self) : nil
      return (movement, corrects, try fields.optionalID("approvalID", of: ApprovalID.self))
    }
    let asked = asked(request, movement.id.uuid, approvalID)
    let (event, isReplay) = try await store.move(
      movement, corrects: corrects, by: try user(request), asked)
    return try await answer(event, ["kind", "amountFen", "reason", "corrects"], isReplay)
  }

  private func openDrawer(_ request: APIRequest) async throws -> APIResponse {
    let sessionID: TillSessionID = try request.id("id")
    let (id, reason, approvalID) = try request.body { fields in
      (
        try fields.id("id", of: ApprovalID.self).uuid,
        try fields.choice("reason", of: CashReason.self),
        try fields.optionalID("approvalID", of: ApprovalID.self)
      )
    }
    let (event, isReplay) = try await store.openDrawer(
      of: sessionID, reason: reason, by: try user(request), asked(request, id, approvalID))
    if !isReplay { drawers.kick(of: sessionID) }
    return try await answer(event, ["reason"], isReplay)
  }

  private func handOver(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let sessionID: TillSessionID = try request.id("id")
    let (id, name, pin, count) = try request.body { fields in
      (
        try fields.id("id", of: ApprovalID.self).uuid, try fields.text("toUser", count: 1...40),
        try fields.secret("pin"), fields.has("counts") ? try fields.cashCount("counts") : nil
      )
    }
    guard try await store.tillReading(id: sessionID, at: user.stationID) != nil else {
      throw Problem(.notFound)
    }
    let credentials = try await store.credentials(name: name)
    let sellsHere =
      credentials.map {
        Set.sellers.contains($0.user.role) && $0.user.stationID == user.stationID
      } ?? false
    try await check(
      name, pin, sellsHere ? credentials?.pinHash : nil, credentials?.user,
      request.remoteAddress)
    guard let colleague = credentials?.user else { throw Problem(.loginFailed) }
    // The PIN stays out of the hash: it is no content, and a hash of it could be guessed.
    let content = JSON.members([
      "tillSessionID": .string(sessionID.text), "toUser": .string(name),
      "counts": count?.json,
    ])
    let asked = TillRequest(
      request: ClientRequest(id: id, contentHash: content.contentHash), atMs: clock.nowMs)
    let (event, isReplay) = try await store.handOver(
      sessionID, to: colleague, count: count, by: user, asked)
    let view = try await view(event, ["counts", "countedFen", "expectedFen"])
      .adding("from", try await person(event.body["fromUserID"]))
      .adding("to", try await person(event.body["toUserID"]))
    return .json(view, status: .created).replayed(if: isReplay)
  }
}

// Answers made from records, so that a repeated request is answered alike.
extension StaffAPI {
  /// A request of a till, with the hash of its body.
  func asked(
    _ request: APIRequest, _ id: UUID, _ approvalID: ApprovalID? = nil
  ) -> TillRequest {
    // The path is a part of what is asked: the same body for another session is another request.
    let content = request.json.adding("of", .string(request.pathText("id")))
    return TillRequest(
      request: ClientRequest(id: id, contentHash: content.contentHash), approvalID: approvalID,
      atMs: clock.nowMs)
  }

  /// The members of a record that clients see, with who, when, where in the journal.
  func view(_ event: StoredEvent, _ members: [String]) async throws -> JSON {
    var view = JSON.members([
      "id": event.body["id"], "tillSessionID": event.body["tillSessionID"],
      "businessDate": event.body["businessDate"], "atMs": .integer(event.atMs),
      "by": try await person(event.body["userID"]),
    ])
    for name in members { view = view.adding(name, event.body[name]) }
    return view.adding("journal", event.head.view)
  }

  func answer(
    _ event: StoredEvent, _ members: [String], _ isReplay: Bool
  ) async throws -> APIResponse {
    APIResponse.json(try await view(event, members), status: .created).replayed(if: isReplay)
  }

  /// The person a record names.
  func person(_ id: JSON?) async throws -> JSON {
    guard let id = id?.stringValue.flatMap({ UserID($0) }) else { return .null }
    return personView(id, try await store.displayName(of: id))
  }
}

extension Fields {
  /// Notes and coins by denomination.
  mutating func cashCount(_ name: String) throws -> CashCount {
    let rows = try objects(name, count: 0...CashCount.denominationsFen.count) { fields in
      CashCount.Row(
        denominationFen: try fields.integer("denominationFen", in: 1...10_000),
        count: try fields.integer("count", in: 0...CashCount.mostPieces))
    }
    guard let count = CashCount(rows) else {
      let known = CashCount.denominationsFen.map(String.init).joined(separator: ", ")
      throw refusal(of: name, expected: "each denomination once, of \(known)")
    }
    return count
  }
}
