import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// Months of a station: the sums of their day closes.
extension StaffAPI {
  var monthOperations: [Operation] {
    [
      Operation(
        id: "getMonth", method: .get, path: "/api/v1/months/{month}",
        summary: "a month so far, or its close", access: .roles(.supervisors),
        answers: [.json(Schema.ref("Month"))], errors: [.notFound], handler: getMonth),
      Operation(
        id: "closeMonth", method: .post, path: "/api/v1/months/{month}/close",
        summary: "close a month: the sums of its day closes", access: .roles(.managers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.ref("MonthClose"), status: 201)],
        errors: [.notFound, .idReused, .monthNotOver, .earlierDayOpen, .diskFull],
        handler: closeMonth),
    ]
  }

  private func getMonth(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let month = try month(request)
    if let event = try await store.closing(.month, of: month.description, at: stationID) {
      return .json(JSON.members(["isClosed": true]).adding(contentsOf: try await dayView(event)))
    }
    let close = try await store.month(month, at: stationID)
    return .json(JSON.members(["isClosed": false]).adding(contentsOf: close.members))
  }

  private func closeMonth(_ request: APIRequest) async throws -> APIResponse {
    let id: UUID = try request.body { fields in try fields.id("id", of: ZReportID.self).uuid }
    let month = try month(request)
    let content = request.json.adding("of", .string(month.description))
    let asked = TillRequest(
      request: ClientRequest(id: id, contentHash: content.contentHash), atMs: clock.nowMs)
    let (event, isReplay) = try await store.closeMonth(month, by: try user(request), asked)
    return .json(try await dayView(event), status: .created).replayed(if: isReplay)
  }

  private func month(_ request: APIRequest) throws -> Month {
    guard let month = Month(request.pathText("month")) else { throw Problem(.notFound) }
    return month
  }
}
