import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// Days of a station: what they came to, and their close.
extension StaffAPI {
  var dayOperations: [Operation] {
    [
      Operation(
        id: "getDay", method: .get, path: "/api/v1/days/{date}",
        summary: "a business day so far, and what keeps it from being closed",
        access: .roles(.supervisors), answers: [.json(Schema.ref("Day"))], errors: [.notFound],
        handler: getDay),
      Operation(
        id: "closeDay", method: .post, path: "/api/v1/days/{date}/close",
        summary: "close a business day over all tills", access: .roles(.managers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.ref("DayClose"), status: 201)],
        errors: [
          .notFound, .idReused, .dayPast, .dayNotBegun, .earlierDayOpen, .tillsNotClosed,
          .diskFull,
        ], handler: closeDay),
      Operation(
        id: "listDayCloses", method: .get, path: "/api/v1/day-closes",
        summary: "day closes, newest first", access: .roles(.supervisors),
        query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("DayClose")))], handler: listDayCloses),
      Operation(
        id: "getDayClose", method: .get, path: "/api/v1/day-closes/{date}",
        summary: "the close of a business day", access: .roles(.supervisors),
        answers: [.json(Schema.ref("DayClose"))], errors: [.notFound], handler: getDayClose),
      Operation(
        id: "trialBalance", method: .get, path: "/api/v1/ledger/trial-balance",
        summary: "the balance of every account after a day", access: .roles(.supervisors),
        query: [QueryParameter(name: "date", schema: Schema.date)],
        answers: [.json(Schema.ref("TrialBalance"))], handler: trialBalance),
    ]
  }

  private func getDay(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let date = try request.date()
    let reading = try await store.day(date, at: user.stationID, atMs: clock.nowMs)
    let closed = try await store.closing(.day, of: date.description, at: user.stationID)
    return .json(
      JSON.members([
        "isClosed": .bool(closed != nil),
        "blockedBy": closed == nil ? reading.blockedBy.map(view) ?? .null : .null,
      ]).adding(contentsOf: Self.withoutLedger(reading.close.members)))
  }

  private func view(_ refusal: DayRefusal) -> JSON {
    let problem = StoreProblems.problem(refusal)
    return JSON.members(["code": .string(problem.code.rawValue)])
      .adding(contentsOf: .object(problem.values))
  }

  static func withoutLedger(_ json: JSON) -> JSON {
    guard case .object(let members) = json else { return json }
    return .object(members.filter { !["entry", "balances"].contains($0.name) })
  }

  private func closeDay(_ request: APIRequest) async throws -> APIResponse {
    let id: UUID = try request.body { fields in try fields.id("id", of: ZReportID.self).uuid }
    let date = try request.date()
    let content = request.json.adding("of", .string(date.description))
    let asked = TillRequest(
      request: ClientRequest(id: id, contentHash: content.contentHash), atMs: clock.nowMs)
    let (event, isReplay) = try await store.closeDay(date, by: try user(request), asked)
    return .json(try await dayView(event), status: .created).replayed(if: isReplay)
  }

  private func listDayCloses(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let events = try await store.closings(
      .day, at: try user(request).stationID, beforeKey: try request.query.cursor(), limit: limit)
    var views: [(key: Int64, json: JSON)] = []
    for event in events { views.append((event.key, try await dayView(event))) }
    return .json(page(views, limit: limit))
  }

  private func getDayClose(_ request: APIRequest) async throws -> APIResponse {
    let event = try await store.closing(
      .day, of: try request.date().description, at: try user(request).stationID)
    guard let event else { throw Problem(.notFound) }
    return .json(try await dayView(event))
  }

  /// A day close as an answer: the same whenever it is asked for.
  func dayView(_ event: StoredEvent) async throws -> JSON {
    guard case .object(let members) = event.body else { throw Problem(.internalError) }
    let hidden = ["userID", "request", "balances"]
    return JSON.object(members.filter { !hidden.contains($0.name) })
      .adding("closedBy", try await person(event.body["userID"]))
      .adding("atMs", .integer(event.atMs)).adding("journal", event.head.view)
  }

  private func trialBalance(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let today = try await store.openDay(at: user.stationID, atMs: clock.nowMs)
    let date = try request.query.date("date") ?? today
    let sums = try await store.trialBalance(on: date, at: user.stationID)
    return .json(
      .members([
        "date": .string(date.description),
        "accounts": .array(
          sums.rows.map {
            .members([
              "account": .string($0.account), "amountMicroYuan": .integer($0.amount.value),
            ])
          }),
        "totalMicroYuan": .integer(sums.rows.lazy.map(\.amount).total.value),
      ]))
  }
}

extension APIRequest {
  /// The date of the path.
  func date() throws -> BusinessDate {
    guard let date = BusinessDate(pathText("date")) else { throw Problem(.notFound) }
    return date
  }
}
