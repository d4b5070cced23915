import HTTPTypes
import POS
import POSStore

// The life of a voucher after it was issued.
extension StaffAPI {
  /// What a code that was typed or scanned can be refused for.
  static let codeErrors: [ProblemCode] = [.badVoucherCode, .unknownVoucher, .tooManyAttempts]

  var voucherOperations: [Operation] {
    [
      Operation(
        id: "getVoucherByCode", method: .get, path: "/api/v1/vouchers/by-code/{code}",
        summary: "what is left on a voucher; wrong codes are slowed", access: .roles(.readers),
        answers: [.json(Schema.ref("Voucher"))], errors: Self.codeErrors,
        handler: getVoucherByCode),
      Operation(
        id: "listVouchers", method: .get, path: "/api/v1/programmes/{id}/vouchers",
        summary: "the vouchers of a programme", access: .roles(.supervisors),
        query: QueryValues.page + [QueryParameter(name: "issueID", schema: Schema.id)],
        answers: [.json(Schema.page(of: Schema.ref("Voucher")))], handler: listVouchers),
      Operation(
        id: "getVoucher", method: .get, path: "/api/v1/vouchers/{id}", summary: "one voucher",
        access: .roles(.supervisors), answers: [.json(Schema.ref("Voucher"))],
        errors: [.notFound], handler: getVoucher),
      act(
        "blockVoucher", "block", "stop a voucher",
        handler: { request in
          try await perform(.block, request)
        }),
      act(
        "unblockVoucher", "unblock", "let a voucher go on",
        handler: { request in
          try await perform(.unblock, request)
        }),
      act(
        "replaceVoucher", "replace", "a new code for a lost voucher; the old one is dead",
        errors: [.nothingLeft], handler: replaceVoucher),
      act(
        "printVoucher", "print", "print the voucher, or its balance, at a till",
        body: Schema.object(
          ["id": Schema.id, "tillID": Schema.id],
          optional: ["slip": Schema.choice(["voucher", "balance"])]),
        handler: printVoucher),
      Operation(
        id: "printVoucherIssue", method: .post, path: "/api/v1/vouchers/{id}/issue/print",
        summary: "print all vouchers of the issue that one is of, each once; so many at a time",
        access: .roles(.managers), body: .json(Schema.object(["tillID": Schema.id])),
        answers: [
          .json(
            Schema.object([
              "queued": Schema.integer(), "before": Schema.integer(), "left": Schema.integer(),
            ]))
        ], errors: [.notFound, .diskFull], handler: printVoucherIssue),
      act(
        "showVoucherCode", "e-code", "the code, to be sent; on record",
        handler: showVoucherCode),
    ]
  }

  private func act(
    _ id: String, _ path: String, _ summary: String,
    body: JSON = Schema.object(["id": Schema.id]), errors: [ProblemCode] = [],
    handler: @escaping Operation.Handler
  ) -> Operation {
    Operation(
      id: id, method: .post, path: "/api/v1/vouchers/{id}/\(path)", summary: summary,
      access: .roles(.managers), body: .json(body),
      answers: [.json(Components.anything, status: 201)],
      errors: [.notFound, .idReused, .voucherState, .diskFull] + errors, handler: handler)
  }

  private func getVoucherByCode(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let text = request.pathText("code")
    let (voucher, code) = try await guardingCodes(request, isCoded: true) {
      guard let code = VoucherCode(text) else { throw Problem(.badVoucherCode, ["index": 0]) }
      guard let voucher = try await store.voucher(code: code) else {
        throw ReliefRefusal.unknownVoucher(index: 0)
      }
      return (voucher, code)
    }
    let today = try await store.openDay(at: user.stationID, atMs: clock.nowMs)
    return .json(voucher.view(code: code, on: today))
  }

  /// Does what needs codes that nobody shall guess: wrong ones are counted, slowed and put on
  /// record.
  func guardingCodes<Value>(
    _ request: APIRequest, isCoded: Bool, _ work: () async throws -> Value
  ) async throws -> Value {
    guard isCoded else { return try await work() }
    let user = try user(request)
    do {
      try guesses.begin(
        user, address: request.remoteAddress, atMs: clock.nowMs, now: .now)
      let value = try await work()
      guesses.succeeded(user, address: request.remoteAddress, now: .now)
      return value
    } catch let problem as Problem where problem.code == .tooManyAttempts {
      try await recordGuesses()
      throw problem
    } catch {
      guard Self.isGuess(error) else {
        guesses.succeeded(user, address: request.remoteAddress, now: .now)
        throw error
      }
      guesses.failed(user, atMs: clock.nowMs)
      try await recordGuesses()
      throw error
    }
  }

  private static func isGuess(_ error: any Error) -> Bool {
    switch error {
    case let problem as Problem: problem.code == .badVoucherCode
    case ReliefRefusal.unknownVoucher: true
    default: false
    }
  }

  /// Puts wrong codes on record that are due.
  private func recordGuesses() async throws {
    for record in guesses.recordsDue(atMs: clock.nowMs) {
      try await store.noteVoucherGuesses(
        record.count, slowed: record.slowed, since: record.sinceMs, by: record.userID,
        at: record.stationID, atMs: clock.nowMs)
    }
  }

  private func listVouchers(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    let limit = try request.query.limit()
    let issueID = try request.query.text("issueID", count: 36...36).map { text in
      guard let id = VoucherIssueID(text) else {
        throw QueryValues.refusal(of: "issueID", expected: "the id of an issue")
      }
      return id
    }
    let vouchers = try await store.vouchers(
      of: try request.id("id"), at: stationID, issueID: issueID,
      after: try request.query.voucherCursor(), limit: limit)
    let today = try await store.openDay(at: stationID, atMs: clock.nowMs)
    var items: [JSON] = []
    for voucher in vouchers {
      items.append(
        voucher.managerView(code: try await store.code(of: voucher.id), on: today))
    }
    let next = vouchers.count == limit ? vouchers.last.map { "\($0.key)-\($0.place)" } : nil
    return .json(
      .members(["items": .array(items), "nextCursor": next.map(JSON.string) ?? .null]))
  }

  private func getVoucher(_ request: APIRequest) async throws -> APIResponse {
    let stationID = try user(request).stationID
    guard let voucher = try await store.voucher(id: try request.id("id"), at: stationID) else {
      throw Problem(.notFound)
    }
    let today = try await store.openDay(at: stationID, atMs: clock.nowMs)
    return .json(voucher.managerView(code: try await store.code(of: voucher.id), on: today))
  }

  private func perform(_ act: VoucherAct, _ request: APIRequest) async throws -> APIResponse {
    let id = try request.body { fields in try fields.id("id", of: VoucherIssueID.self) }
    let voucherID: VoucherID = try request.id("id")
    let (event, isReplay) = try await store.perform(
      act, on: voucherID, by: try user(request), request.asked(id, of: voucherID, clock))
    return .json(eventView(event), status: .created).replayed(if: isReplay)
  }

  private func replaceVoucher(_ request: APIRequest) async throws -> APIResponse {
    let id = try request.body { fields in try fields.id("id", of: VoucherIssueID.self) }
    let voucherID: VoucherID = try request.id("id")
    let (event, isReplay) = try await store.replace(
      voucherID, by: try user(request), request.asked(id, of: voucherID, clock))
    return .json(eventView(event), status: .created).replayed(if: isReplay)
  }

  private func printVoucher(_ request: APIRequest) async throws -> APIResponse {
    let (id, tillID, slip) = try request.body { fields in
      (
        try fields.id("id", of: VoucherIssueID.self), try fields.id("tillID", of: TillID.self),
        fields.has("slip") ? try fields.choice("slip", of: PrintedSlip.self) : .voucher
      )
    }
    let voucherID: VoucherID = try request.id("id")
    let (event, isReplay) = try await store.show(
      slip == .voucher ? .voucher : .balance, of: voucherID, at: tillID, by: try user(request),
      request.asked(id, of: voucherID, clock))
    return .json(eventView(event), status: .created).replayed(if: isReplay)
  }

  private func printVoucherIssue(_ request: APIRequest) async throws -> APIResponse {
    let tillID = try request.body { fields in try fields.id("tillID", of: TillID.self) }
    let done = try await store.printIssue(
      of: try request.id("id"), at: tillID, by: try user(request), atMs: clock.nowMs)
    return .json(
      .members([
        "queued": .integer(Int64(done.queued)), "before": .integer(Int64(done.before)),
        "left": .integer(Int64(done.left)),
      ]))
  }

  private enum PrintedSlip: String, CaseIterable {
    case voucher
    case balance
  }

  private func showVoucherCode(_ request: APIRequest) async throws -> APIResponse {
    let id = try request.body { fields in try fields.id("id", of: VoucherIssueID.self) }
    let voucherID: VoucherID = try request.id("id")
    let (event, isReplay) = try await store.show(
      .eCode, of: voucherID, at: nil, by: try user(request),
      request.asked(id, of: voucherID, clock))
    let code = try await store.code(of: voucherID)
    return .json(eventView(event).adding("code", .string(code.grouped)), status: .created)
      .replayed(if: isReplay)
  }
}

extension QueryValues {
  /// Where a list of vouchers goes on: after a record and a place in it.
  fileprivate func voucherCursor() throws -> (key: Int64, place: Int)? {
    guard let text = try text("cursor", count: 1...30) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let key = Int64(parts[0]), let place = Int(parts[1]), key >= 0,
      place >= 0
    else { throw Self.refusal(of: "cursor", expected: "the nextCursor of a page") }
    return (key, place)
  }
}
