import HTTPTypes
import POS
import POSStore

extension StaffAPI {
  private static let jobFilter = [
    QueryParameter(name: "tillID", schema: Schema.id),
    QueryParameter(name: "state", schema: Schema.choice(of: PrintJob.State.self)),
  ]

  var printOperations: [Operation] {
    [
      Operation(
        id: "listPrintJobs", method: .get, path: "/api/v1/print-jobs",
        summary: "the print queue, newest first", access: .roles(.readers),
        query: QueryValues.page + Self.jobFilter,
        answers: [.json(Schema.page(of: Schema.ref("PrintJob")))], handler: listPrintJobs)
    ]
  }

  private func listPrintJobs(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let filter = PrintJobFilter(
      tillID: try request.query.id("tillID"), state: try request.query.choice("state"),
      beforeKey: try request.query.cursor())
    let jobs = try await store.printJobs(
      at: try user(request).stationID, filter, limit: limit)
    return .json(page(jobs.map { ($0.key, $0.view) }, limit: limit))
  }
}

extension QueryValues {
  /// A parameter as an id; `nil` if absent.
  func id<Subject>(_ name: String) throws -> Identifier<Subject>? {
    guard let text = try text(name, count: 1...40) else { return nil }
    guard let id = Identifier<Subject>(text) else {
      throw Self.refusal(of: name, expected: "lower-case version 4 UUID")
    }
    return id
  }

  /// A parameter as one of the words of an enumeration; `nil` if absent.
  func choice<Choice>(_ name: String) throws -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let text = try text(name, count: 1...40) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Self.refusal(of: name, expected: "one of \(words)")
    }
    return choice
  }
}
