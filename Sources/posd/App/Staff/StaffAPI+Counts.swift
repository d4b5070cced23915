import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// From the last sale of a session to its Z report.
extension StaffAPI {
  var countOperations: [Operation] {
    [
      Operation(
        id: "endTillSession", method: .post, path: "/api/v1/till-sessions/{id}/end",
        summary: "sell no more in it; it waits for its count", access: .roles(.sellers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.ref("TillSession"), status: 201)],
        errors: [.idReused, .notFound, .tillSessionClosed, .diskFull], handler: endTillSession),
      Operation(
        id: "countTill", method: .post, path: "/api/v1/till-sessions/{id}/counts",
        summary: "count the drawer blind, by denomination", access: .roles(.sellers),
        body: .json(Schema.object(["id": Schema.id, "counts": Components.counts])),
        answers: [.json(Schema.ref("TillCount"), status: 201)],
        errors: [.idReused, .notFound, .tillSessionClosed, .diskFull], handler: countTill),
      Operation(
        id: "closeTillSession", method: .post, path: "/api/v1/till-sessions/{id}/close",
        summary: "close a counted session by its Z report", access: .roles(.sellers),
        body: .json(
          Schema.object(
            ["id": Schema.id, "countID": Schema.id],
            optional: [
              "reason": Schema.choice(of: OverShortReason.self), "approvalID": Schema.id,
            ])),
        answers: [.json(Schema.ref("ZReport"), status: 201)],
        errors: [
          .idReused, .notFound, .countStale, .reasonNeeded, .approvalNeeded, .approvalNotValid,
          .diskFull,
        ], handler: closeTillSession),
    ]
  }

  private func endTillSession(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let id: UUID = try request.body { fields in try fields.id("id", of: ZReportID.self).uuid }
    let (reading, isReplay) = try await store.end(
      try request.id("id"), by: user, asked(request, id))
    return .json(try await view(reading, for: user), status: .created).replayed(if: isReplay)
  }

  private func countTill(_ request: APIRequest) async throws -> APIResponse {
    let (id, count) = try request.body { fields in
      (try fields.id("id", of: TillCountID.self).uuid, try fields.cashCount("counts"))
    }
    let (event, isReplay) = try await store.count(
      try request.id("id"), count, by: try user(request), asked(request, id))
    let made = try TillCount(body: event.body)
    let view = try await view(event, ["counts", "countedFen", "expectedFen", "toleranceFen"])
      .adding("differenceFen", .integer(made.difference.fen))
      .adding("isOverTolerance", .bool(made.isOverTolerance))
    return .json(view, status: .created).replayed(if: isReplay)
  }

  private func closeTillSession(_ request: APIRequest) async throws -> APIResponse {
    let (id, countID, reason, approvalID) = try request.body { fields in
      (
        try fields.id("id", of: ZReportID.self).uuid,
        try fields.id("countID", of: TillCountID.self),
        fields.has("reason") ? try fields.choice("reason", of: OverShortReason.self) : nil,
        try fields.optionalID("approvalID", of: ApprovalID.self)
      )
    }
    let (event, isReplay) = try await store.close(
      try request.id("id"), counted: countID, reason: reason, by: try user(request),
      asked(request, id, approvalID))
    return .json(try await zView(event), status: .created).replayed(if: isReplay)
  }
}

// Readings: the X report, which changes nothing, and the Z reports.
extension StaffAPI {
  private static let figures = [
    "tillID", "openedAtMs", "floatFen", "sales", "returns", "voids", "tenders", "movements",
    "drawerOpenings", "expectedFen", "ledger",
  ]

  var zReportOperations: [Operation] {
    [
      Operation(
        id: "xReport", method: .get, path: "/api/v1/till-sessions/{id}/x-report",
        summary: "a reading that changes nothing", access: .roles(.supervisors),
        answers: [.json(Schema.ref("XReport"))], errors: [.notFound], handler: xReport),
      Operation(
        id: "printXReport", method: .post, path: "/api/v1/till-sessions/{id}/x-reports",
        summary: "print a reading, on record", access: .roles(.managers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.ref("XReport"), status: 201)],
        errors: [.idReused, .notFound, .tillSessionClosed, .diskFull], handler: printXReport),
      Operation(
        id: "listZReports", method: .get, path: "/api/v1/z-reports",
        summary: "Z reports, newest first", access: .roles(.readers), query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("ZReport")))], handler: listZReports),
      Operation(
        id: "getZReport", method: .get, path: "/api/v1/z-reports/{number}",
        summary: "the Z report with this number: 17, or 1-17", access: .roles(.readers),
        answers: [.json(Schema.ref("ZReport"))], errors: [.notFound], handler: getZReport),
    ]
  }

  private func xReport(_ request: APIRequest) async throws -> APIResponse {
    let found = try await store.figures(
      of: try request.id("id"), at: try user(request).stationID)
    guard let (reading, figures) = found else { throw Problem(.notFound) }
    let session = reading.session
    return .json(
      JSON.members([
        "tillSessionID": .string(session.id.text), "tillID": .string(session.tillID.text),
        "businessDate": .string(reading.businessDate.description),
        "atMs": .integer(clock.nowMs), "openedAtMs": .integer(session.openedAtMs),
        "floatFen": .integer(session.float.fen), "state": .string(reading.state.rawValue),
      ]).adding(contentsOf: figures.members))
  }

  private func printXReport(_ request: APIRequest) async throws -> APIResponse {
    let id: UUID = try request.body { fields in try fields.id("id", of: ZReportID.self).uuid }
    let (event, isReplay) = try await store.takeXReport(
      of: try request.id("id"), by: try user(request), asked(request, id))
    return try await answer(event, Self.figures, isReplay)
  }

  private func listZReports(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let events = try await store.closings(
      .till, at: try user(request).stationID, beforeKey: try request.query.cursor(),
      limit: limit)
    var views: [(key: Int64, json: JSON)] = []
    for event in events { views.append((event.key, try await zView(event))) }
    return .json(page(views, limit: limit))
  }

  private func getZReport(_ request: APIRequest) async throws -> APIResponse {
    let (epoch, number) = try request.seriesNumber()
    let event = try await store.closing(
      .till, number: number, epoch: epoch, at: try user(request).stationID)
    guard let event else { throw Problem(.notFound) }
    return .json(try await zView(event))
  }

  /// A Z report as an answer: the same whenever it is asked for.
  func zView(_ event: StoredEvent) async throws -> JSON {
    try await view(
      event,
      ["number"] + Self.figures + [
        "countID", "counts", "countedFen", "differenceFen", "toleranceFen", "reason", "perpetual",
      ])
  }
}

extension APIRequest {
  /// `17` or `1-17` of the path, the series first if it is named.
  func seriesNumber() throws -> (epoch: Int64?, number: Int64) {
    let match = pathText("number").wholeMatch(of: /(?:([0-9]{1,9})-)?([0-9]{1,12})/)
    guard let match, let number = Int64(match.2) else { throw Problem(.notFound) }
    return (match.1.flatMap { Int64($0) }, number)
  }
}
