import FoundationEssentials
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
        answers: [.json(Schema.page(of: Schema.ref("PrintJob")))], handler: listPrintJobs),
      Operation(
        id: "decidePrintJob", method: .post, path: "/api/v1/print-jobs/{id}/decisions",
        summary: "say what became of a slip, print it again or give it up",
        access: .roles(.sellers),
        body: .json(
          Schema.object(
            ["id": Schema.id, "decision": Schema.choice(of: PrintDecision.self)],
            optional: ["tillID": Schema.id])),
        answers: [
          .json(
            Schema.object([
              "id": Schema.integer(), "decision": Schema.choice(of: PrintDecision.self),
              "copy": Schema.nullable(Schema.integer()),
            ]), status: 201)
        ],
        errors: [.notFound, .idReused, .notDecidable, .diskFull], handler: decide),
      Operation(
        id: "listPrinters", method: .get, path: "/api/v1/printers",
        summary: "what each printer of the station does now", access: .roles(.readers),
        answers: [
          .json(Schema.object(["items": Schema.array(of: Schema.ref("Printer"))]))
        ], handler: listPrinters),
    ]
  }

  private func listPrintJobs(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let filter = PrintJobFilter(
      tillID: try request.query.id("tillID"), state: try request.query.choice("state"),
      beforeKey: try request.query.cursor())
    let stationID = try user(request).stationID
    let jobs = try await store.printJobs(at: stationID, filter, limit: limit)
    let tills = try await store.tillSettings(of: stationID)
    let addresses = Dictionary(uniqueKeysWithValues: tills.map { ($0.till.id, $0.printer) })
    let views = jobs.map { job in
      (job.key, job.view(waitingFor: waiting(at: addresses[job.tillID] ?? nil)))
    }
    return .json(page(views, limit: limit))
  }

  /// What the printer at an address waits for.
  private func waiting(at address: String?) -> PrintReason? {
    switch printers.board.entry(printers.name(of: address)).state {
    case .waiting(let reason): reason
    case .unknown, .ready, .printing: nil
    }
  }

  private func decide(_ request: APIRequest) async throws -> APIResponse {
    guard let key = Int64(request.pathText("id")) else { throw Problem(.notFound) }
    let (id, decision, tillID) = try request.body { fields in
      (
        try fields.id("id", of: SaleID.self).uuid,
        try fields.choice("decision", of: PrintDecision.self),
        try fields.optionalID("tillID", of: TillID.self)
      )
    }
    let content = JSON.members([
      "printJob": .integer(key), "decision": .string(decision.rawValue),
      "tillID": tillID.map { .string($0.text) },
    ])
    let (copy, isReplay) = try await store.decide(
      decision, about: key, at: tillID, by: try user(request),
      request: ClientRequest(id: id, contentHash: content.contentHash), atMs: clock.nowMs)
    let answer = APIResponse.json(
      .members([
        "id": .integer(key), "decision": .string(decision.rawValue),
        "copy": copy.map { .integer(Int64($0)) } ?? .null,
      ]), status: .created)
    return answer.replayed(if: isReplay)
  }

  private func listPrinters(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let tills = try await store.tillSettings(of: stationID)
    let counts = try await store.printCounts(at: stationID)
    let byName = Dictionary(grouping: tills) { printers.name(of: $0.printer) }
    let names = byName.keys.sorted { ($0 ?? "") < ($1 ?? "") }
    let views = names.map { name in
      let tills = byName[name, default: []].map(\.till)
      return PrinterView(
        address: name ?? printers.usualAddress, entry: printers.board.entry(name),
        isSetUp: name != nil || printers.usual != nil, tills: tills,
        counts: tills.compactMap { counts[$0.id] }
      ).json
    }
    return .json(.members(["items": .array(views)]))
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
