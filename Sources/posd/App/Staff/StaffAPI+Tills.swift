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
          Schema.object(
            ["id": Schema.id, "tillID": Schema.id, "floatFen": Schema.fen],
            optional: ["approvalID": Schema.id])),
        answers: [.json(Schema.ref("TillSession"), status: 201)],
        errors: [
          .idReused, .notFound, .tillSessionOpen, .clockBehind, .clockAhead, .approvalNotValid,
          .diskFull,
        ], handler: openTill),
      Operation(
        id: "listTillSessions", method: .get, path: "/api/v1/till-sessions",
        summary: "till sessions, newest first", access: .roles(.readers),
        query: QueryValues.page + [
          QueryParameter(name: "state", schema: Schema.choice(of: TillState.self)),
          QueryParameter(name: "businessDate", schema: Schema.date),
        ],
        answers: [.json(Schema.page(of: Schema.ref("TillSession")))], handler: listTillSessions),
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
    let (session, approvalID) = try request.body { fields in
      let session = TillSession(
        id: try fields.id("id"), tillID: try fields.id("tillID"), stationID: user.stationID,
        openedBy: user.id, openedAtMs: nowMs,
        float: Money(fen: try fields.integer("floatFen", in: 0...Limits.tenderFen)))
      return (session, try fields.optionalID("approvalID", of: ApprovalID.self))
    }
    let (reading, isReplay) = try await store.open(
      session,
      request: ClientRequest(id: session.id.uuid, contentHash: request.contentHash),
      approvalID: approvalID)
    let answer = APIResponse.json(try await view(reading, for: user), status: .created)
    return answer.replayed(if: isReplay)
  }

  private func listTillSessions(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let limit = try request.query.limit()
    let state = try request.query.text("state", count: 1...10).map { text in
      guard let state = TillState(rawValue: text) else {
        throw QueryValues.refusal(of: "state", expected: "open, ended or closed")
      }
      return state
    }
    let readings = try await store.tillReadings(
      at: user.stationID, state: state, date: try request.query.date("businessDate"),
      beforeKey: try request.query.cursor(), limit: limit)
    var views: [(key: Int64, json: JSON)] = []
    for reading in readings { views.append((reading.key, try await view(reading, for: user))) }
    return .json(page(views, limit: limit))
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
  func view(_ reading: TillReading, for user: User) async throws -> JSON {
    let session = reading.session
    let isBlind = user.role == .cashier && !reading.isCounted
    return .members([
      "id": .string(session.id.text), "tillID": .string(session.tillID.text),
      "stationID": .string(session.stationID.text),
      "openedBy": try await person(session.openedBy, askedBy: user),
      "responsible": try await person(reading.responsible, askedBy: user),
      "openedAtMs": .integer(session.openedAtMs), "floatFen": .integer(session.float.fen),
      "businessDate": .string(reading.businessDate.description),
      "state": .string(reading.state.rawValue),
      "endedAtMs": reading.endedAtMs.map(JSON.integer) ?? .null,
      "zNumber": reading.zNumber.map(JSON.integer) ?? .null,
      "expectedCashFen": isBlind ? .null : .integer(reading.expectedCash.fen),
      "saleCount": .integer(reading.saleCount),
    ])
  }

  /// A colleague by id and name.
  func person(_ id: UserID, askedBy user: User) async throws -> JSON {
    personView(id, try await displayName(of: id, askedBy: user))
  }
}

extension QueryValues {
  /// A parameter as a date; `nil` if absent.
  func date(_ name: String) throws -> BusinessDate? {
    try text(name, count: 10...10).map { text in
      guard let date = BusinessDate(text) else {
        throw Self.refusal(of: name, expected: "a date: 2026-11-21")
      }
      return date
    }
  }
}
