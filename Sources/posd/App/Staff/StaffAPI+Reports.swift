import HTTPTypes
import POS
import POSStore
import Receipt

// Reports as slips: to look at before, or instead of, paper.
extension StaffAPI {
  var reportOperations: [Operation] {
    documentOperations(
      "xReport", at: "/api/v1/till-sessions/{id}/x-report", "a reading", for: .supervisors,
      document: xReport)
      + documentOperations(
        "zReport", at: "/api/v1/z-reports/{number}/report", "a Z report", for: .readers
      ) { request in
        let (epoch, number) = try request.seriesNumber()
        return try await report(
          try await store.closing(
            .till, number: number, epoch: epoch, at: try user(request).stationID))
      }
      + documentOperations(
        "dayClose", at: "/api/v1/day-closes/{date}/report", "a day close", for: .supervisors
      ) { request in
        try await report(
          try await store.closing(
            .day, of: try request.date().description, at: try user(request).stationID))
      }
      + documentOperations(
        "monthClose", at: "/api/v1/months/{month}/report", "a month close", for: .supervisors
      ) { request in
        try await report(
          try await store.closing(
            .month, of: request.pathText("month"), at: try user(request).stationID))
      }
  }

  private func report(_ event: StoredEvent?) async throws -> ReceiptDocument {
    guard let event, let document = try await receipts.document(of: event, copy: 0) else {
      throw Problem(.notFound)
    }
    return document
  }

  private func xReport(_ request: APIRequest) async throws -> ReceiptDocument {
    let user = try user(request)
    let found = try await store.figures(of: try request.id("id"), at: user.stationID)
    guard let (reading, figures) = found else { throw Problem(.notFound) }
    let session = reading.session
    let body = JSON.members([
      "tillSessionID": .string(session.id.text), "tillID": .string(session.tillID.text),
      "floatFen": .integer(session.float.fen),
    ]).adding(contentsOf: figures.members)
    let heading = try await receipts.heading(at: user.stationID, atMs: clock.nowMs, copy: 0)
    return try await receipts.xReport(body, heading, readBy: user.displayName)
  }
}
