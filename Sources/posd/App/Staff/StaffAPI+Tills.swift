import FoundationEssentials
import HTTPTypes
import POS
import POSStore

extension StaffAPI {
  var tillOperations: [Operation] {
    [
      Operation(
        id: "openTill", method: .post, path: "/api/v1/till-sessions",
        summary: "open a till with its float", access: .roles(.sellers),
        body: .json(
          Schema.object(["id": Schema.id, "tillID": Schema.id, "floatFen": Schema.fen])),
        answers: [.json(Schema.ref("TillSession"), status: 201)],
        errors: [.idReused, .notFound, .tillSessionOpen, .diskFull], handler: openTill),
      Operation(
        id: "currentTillSession", method: .get, path: "/api/v1/till-sessions/current",
        summary: "the open session of a till", access: .roles(.readers),
        query: [QueryParameter(name: "tillID", schema: Schema.id, need: .required)],
        answers: [.json(Schema.ref("TillSession"))], errors: [.noOpenSession],
        handler: currentTillSession),
      Operation(
        id: "getTillSession", method: .get, path: "/api/v1/till-sessions/{id}",
        summary: "a till session with its expected cash", access: .roles(.readers),
        answers: [.json(Schema.ref("TillSession"))], errors: [.notFound],
        handler: getTillSession),
    ]
  }

  private func openTill(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let nowMs = clock.nowMs
    let session = try request.body { fields in
      TillSession(
        id: try fields.id("id"), tillID: try fields.id("tillID"), stationID: user.stationID,
        openedBy: user.id, openedAtMs: nowMs,
        float: Money(fen: try fields.integer("floatFen", in: 0...Limits.tenderFen)))
    }
    let (reading, isReplay) = try await store.open(
      session,
      request: ClientRequest(id: session.id.uuid, contentHash: request.contentHash))
    let answer = APIResponse.json(try await view(reading, for: user), status: .created)
    return answer.replayed(if: isReplay)
  }

  private func currentTillSession(_ request: APIRequest) async throws -> APIResponse {
    let text = try request.query.text("tillID", count: 36...36) ?? ""
    guard let tillID = TillID(text) else {
      throw QueryValues.refusal(of: "tillID", expected: "lower-case version 4 UUID")
    }
    let reading = try await store.openTillReading(
      tillID: tillID, at: try user(request).stationID)
    guard let reading else { throw Problem(.noOpenSession) }
    return .json(try await view(reading, for: try user(request)))
  }

  private func getTillSession(_ request: APIRequest) async throws -> APIResponse {
    let reading = try await store.tillReading(
      id: try request.id("id"), at: try user(request).stationID)
    guard let reading else { throw Problem(.notFound) }
    return .json(try await view(reading, for: try user(request)))
  }

  /// What the drawer should hold is not for who will count it: the count is blind (RULES 7).
  private func view(_ reading: TillReading, for user: User) async throws -> JSON {
    let session = reading.session
    let isCounter = user.role == .cashier
    return .members([
      "id": .string(session.id.text), "tillID": .string(session.tillID.text),
      "stationID": .string(session.stationID.text),
      "openedBy": personView(
        session.openedBy, try await store.displayName(of: session.openedBy)),
      "openedAtMs": .integer(session.openedAtMs), "floatFen": .integer(session.float.fen),
      "state": "open", "expectedCashFen": isCounter ? .null : .integer(reading.expectedCash.fen),
      "saleCount": .integer(reading.saleCount),
    ])
  }
}
