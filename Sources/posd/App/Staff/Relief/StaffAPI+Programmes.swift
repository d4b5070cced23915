import HTTPTypes
import POS
import POSStore

// Programmes of relief and the vouchers issued under them.
extension StaffAPI {
  var programmeOperations: [Operation] {
    [
      Operation(
        id: "listProgrammes", method: .get, path: "/api/v1/programmes",
        summary: "programmes of relief, newest first", access: .roles(.supervisors),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Programme"))]))],
        handler: listProgrammes),
      Operation(
        id: "addProgramme", method: .post, path: "/api/v1/programmes",
        summary: "add a programme", access: .roles(.managers),
        body: .json(ReliefSchemas.programmeRequest),
        answers: [.json(Schema.ref("Programme"), status: 201)],
        errors: [.idReused, .diskFull], handler: addProgramme),
      Operation(
        id: "changeProgramme", method: .post, path: "/api/v1/programmes/{id}/changes",
        summary: "new rules, for what is issued from now on", access: .roles(.managers),
        body: .json(ReliefSchemas.programmeRequest),
        answers: [.json(Schema.ref("Programme"), status: 201)],
        errors: [.notFound, .idReused, .diskFull], handler: changeProgramme),
      Operation(
        id: "issueVouchers", method: .post, path: "/api/v1/programmes/{id}/issues",
        summary: "issue vouchers to people, or to bearers", access: .roles(.managers),
        body: .json(ReliefSchemas.issueRequest),
        answers: [.json(Schema.ref("VoucherIssue"), status: 201)],
        errors: [
          .notFound, .idReused, .programmeEnded, .validityPast, .personNotEligible, .diskFull,
        ], handler: issueVouchers),
      Operation(
        id: "listVoucherIssues", method: .get, path: "/api/v1/programmes/{id}/issues",
        summary: "what was issued, newest first", access: .roles(.supervisors),
        query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("VoucherIssue")))],
        handler: listIssues),
      Operation(
        id: "endVoucherRepeat", method: .post, path: "/api/v1/voucher-issues/{id}/end",
        summary: "end a monthly repeat", access: .roles(.managers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Components.anything, status: 201)],
        errors: [.notFound, .idReused, .diskFull], handler: endRepeat),
    ]
  }

  private func listProgrammes(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let today = try await store.openDay(at: stationID, atMs: clock.nowMs)
    let programmes = try await store.programmes(at: stationID, today: today)
    return .json(
      .members([
        "items": .array(
          programmes.map {
            $0.programme.view.adding("voucherCount", .integer(Int64($0.voucherCount)))
              .adding("openFen", .integer($0.open.fen))
          })
      ]))
  }

  private func addProgramme(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let programme = try request.body { fields in
      try fields.programme(try fields.id("id"))
    }
    let (event, isReplay) = try await store.add(
      programme, by: user,
      TillRequest(
        request: ClientRequest(id: programme.id.uuid, contentHash: request.contentHash),
        atMs: clock.nowMs))
    return try programmeAnswer(event, isReplay)
  }

  private func changeProgramme(_ request: APIRequest) async throws -> APIResponse {
    let id: ProgrammeID = try request.id("id")
    let (changeID, programme) = try request.body { fields in
      (try fields.id("id", of: ProgrammeID.self), try fields.programme(id))
    }
    let (event, isReplay) = try await store.change(
      programme, by: try user(request), request.asked(changeID, of: id, clock))
    return try programmeAnswer(event, isReplay)
  }

  private func programmeAnswer(_ event: StoredEvent, _ isReplay: Bool) throws -> APIResponse {
    guard let version = event.body["version"]?.integerValue else { throw Problem(.internalError) }
    let programme = try Programme(version: version, json: event.body["programme"])
    return .json(
      programme.view.adding("atMs", .integer(event.atMs)).adding("journal", event.head.view),
      status: .created
    ).replayed(if: isReplay)
  }

  private func issueVouchers(_ request: APIRequest) async throws -> APIResponse {
    let programmeID: ProgrammeID = try request.id("id")
    let issue = try request.body { fields in try fields.issue(of: programmeID) }
    let (event, isReplay) = try await store.issue(
      issue, by: try user(request), request.asked(issue.id, of: programmeID, clock))
    return .json(try await issueView(event, .withVouchers), status: .created)
      .replayed(if: isReplay)
  }

  private func listIssues(_ request: APIRequest) async throws -> APIResponse {
    let limit = try request.query.limit()
    let stationID = try user(request).stationID
    let events = try await store.voucherIssues(
      of: try request.id("id"), at: stationID, beforeKey: try request.query.cursor(), limit: limit)
    let repeats = try await store.voucherRepeats(at: stationID)
    var rows: [(key: Int64, json: JSON)] = []
    for event in events {
      let id = event.body["id"]?.stringValue.flatMap { VoucherIssueID($0) }
      let state = id.flatMap { repeats[$0] }
      let view = try await issueView(event, .summary).adding(
        "repeatsNow",
        state.map {
          .members([
            "lastMonth": .string($0.last.description), "untilMonth": .string($0.until.description),
          ])
        } ?? .null)
      rows.append((event.key, view))
    }
    return .json(page(rows, limit: limit))
  }

  private enum IssueDetail {
    case summary
    case withVouchers
  }

  private func issueView(_ event: StoredEvent, _ detail: IssueDetail) async throws -> JSON {
    let body = event.body
    let vouchers = try VoucherIssue.vouchers(of: body)
    let by = body["userID"] == nil ? JSON.null : try await person(body["userID"])
    let view = JSON.members([
      "id": body["id"], "programmeID": body["programmeID"], "version": body["version"],
      "worthFen": body["worthFen"], "validFrom": body["validFrom"],
      "validUntil": body["validUntil"], "month": body["month"],
      "repeatUntil": body["repeatUntil"] ?? .null, "repeats": body["repeats"] ?? .null,
      "isForPeople": .bool(vouchers.contains { $0.personID != nil }),
      "voucherCount": .integer(Int64(vouchers.count)), "by": by, "atMs": .integer(event.atMs),
      "journal": event.head.view,
    ])
    switch detail {
    case .summary: return view
    case .withVouchers:
      return view.adding(
        "vouchers",
        .array(
          vouchers.map {
            .members([
              "id": .string($0.id.text), "personID": $0.personID.map { .string($0.text) } ?? .null,
            ])
          }))
    }
  }

  private func endRepeat(_ request: APIRequest) async throws -> APIResponse {
    let issueID: VoucherIssueID = try request.id("id")
    let id = try request.body { fields in try fields.id("id", of: VoucherIssueID.self) }
    let (event, isReplay) = try await store.endRepeat(
      of: issueID, by: try user(request), request.asked(id, of: issueID, clock))
    return .json(eventView(event), status: .created).replayed(if: isReplay)
  }

  /// What a record of relief says, without who and by what request.
  func eventView(_ event: StoredEvent) -> JSON {
    guard case .object(let members) = event.body else { return event.body }
    let hidden = ["userID", "request", "stationID", "codesHash"]
    return JSON.object(members.filter { !hidden.contains($0.name) })
      .adding("atMs", .integer(event.atMs)).adding("journal", event.head.view)
  }
}

extension APIRequest {
  /// What is asked of the thing in the path: its id is part of the content.
  func asked<Subject, Target>(
    _ id: Identifier<Subject>, of target: Identifier<Target>, _ clock: Clock
  ) -> TillRequest {
    TillRequest(
      request: ClientRequest(
        id: id.uuid, contentHash: json.adding("of", .string(target.text)).contentHash),
      atMs: clock.nowMs)
  }
}

extension Fields {
  /// An issue of vouchers.
  fileprivate mutating func issue(of programmeID: ProgrammeID) throws -> VoucherIssue {
    let id: VoucherIssueID = try id("id")
    let most = VoucherIssue.mostVouchers
    let people = try optionalIDs("people", 1...most, of: PersonID.self)
    let bearers = try optionalInteger("bearerCount", in: 1...Int64(most))
    let recipients: VoucherIssue.Recipients
    switch (people, bearers) {
    case (let people?, nil): recipients = .people(people)
    case (nil, let count?): recipients = .bearers(Int(count))
    default: throw refusal(of: "people", expected: "people or bearerCount")
    }
    let worth = Money(fen: try integer("amountFen", in: 1...Limits.tenderFen))
    let from = try date("validFrom")
    let until = try date("validUntil")
    guard from <= until else { throw refusal(of: "validUntil", expected: "not before validFrom") }
    let repeatUntil = try optionalText("repeatMonthly", count: 7...7).map { text in
      guard let month = Month(text), month.firstDay >= Month(of: from).firstDay else {
        throw refusal(
          of: "repeatMonthly", expected: "the last month: 2027-06, not before the first")
      }
      return month
    }
    return VoucherIssue(
      id: id, programmeID: programmeID, recipients: recipients, worth: worth,
      validity: from...until, repeatUntil: repeatUntil)
  }
}
