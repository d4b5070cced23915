import Attendance
import FoundationEssentials
import HTTPTypes
import POS
import POSStore

// Face terminals of meal centres: enrolled, replaced, asked, looked at.
extension StaffAPI {
  var terminalOperations: [Operation] {
    terminalWrites + [
      Operation(
        id: "listTerminals", method: .get, path: "/api/v1/terminals",
        summary: "the terminals of the meal centres; for its staff those of a centre",
        access: .roles(.mealReaders),
        answers: [.json(Schema.object(["items": Schema.array(of: Schema.ref("Terminal"))]))],
        handler: listTerminals),
      Operation(
        id: "listUnknownTerminals", method: .get, path: "/api/v1/terminals/unknown",
        summary: "terminals that ask and are not enrolled", access: .roles(.supervisors),
        answers: [
          .json(Schema.object(["items": Schema.array(of: Schema.ref("UnknownTerminal"))]))
        ], handler: listUnknownTerminals),
      Operation(
        id: "listQuarantine", method: .get, path: "/api/v1/terminals/{id}/quarantine",
        summary: "rows of a terminal that could not be read, redacted",
        access: .roles(.supervisors), query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("QuarantinedRow")))], errors: [.notFound],
        handler: listQuarantine),
      Operation(
        id: "listTerminalEvidence", method: .get, path: "/api/v1/terminals/{id}/evidence",
        summary: "what happened to a terminal: clock set, rows deleted, people refused",
        access: .roles(.supervisors), query: QueryValues.page,
        answers: [.json(Schema.page(of: Schema.ref("TerminalEvidence")))], errors: [.notFound],
        handler: listEvidence),
      Operation(
        id: "listTerminalCommands", method: .get, path: "/api/v1/terminals/{id}/commands",
        summary: "what a terminal was asked to do, and its counts against ours",
        access: .roles(.supervisors), answers: [.json(Schema.ref("TerminalWork"))],
        errors: [.notFound], handler: listCommands),
    ]
  }

  private var terminalWrites: [Operation] {
    [
      Operation(
        id: "enrolTerminal", method: .post, path: "/api/v1/terminals",
        summary: "enrol a terminal at a centre", access: .roles(.managers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "serial": Schema.text(count: 1...64),
              "family": Schema.choice(of: Terminal.Family.self), "centreID": Schema.id,
            ], optional: TerminalFields.optional)),
        answers: [.json(Schema.ref("Terminal"), status: 201)],
        errors: [.idReused, .notFound, .terminalKnown, .diskFull], handler: enrolTerminal),
      Operation(
        id: "replaceTerminal", method: .post, path: "/api/v1/terminals/{id}/replace",
        summary: "put another terminal in the place of one, with the numbers that differ",
        access: .roles(.managers),
        body: .json(
          Schema.object(
            [
              "id": Schema.id, "serial": Schema.text(count: 1...64),
              "family": Schema.choice(of: Terminal.Family.self),
            ], optional: TerminalFields.replacing)),
        answers: [.json(Schema.ref("Terminal"), status: 201)],
        errors: [.idReused, .notFound, .terminalKnown, .terminalRetired, .diskFull],
        handler: replaceTerminal),
      Operation(
        id: "retireTerminal", method: .post, path: "/api/v1/terminals/{id}/retire",
        summary: "end the use of a terminal", access: .roles(.managers),
        body: .json(Schema.object(["id": Schema.id])),
        answers: [.json(Schema.ref("Terminal"), status: 201)],
        errors: [.idReused, .notFound, .terminalRetired, .diskFull], handler: retireTerminal),
      Operation(
        id: "commandTerminal", method: .post, path: "/api/v1/terminals/{id}/commands",
        summary: "ask something of a terminal", access: .roles(.managers),
        body: .json(
          Schema.object(
            ["id": Schema.id, "kind": Schema.choice(of: CommandWord.self)],
            optional: ["from": Schema.date, "through": Schema.date])),
        answers: [.json(Schema.ref("TerminalCommand"), status: 201)],
        errors: [
          .idReused, .notFound, .terminalRetired, .commandNotPossible, .diskFull,
        ], handler: commandTerminal),
    ]
  }

  // MARK: Writes

  private func enrolTerminal(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let (id, new) = try request.body { fields in
      let id = try fields.id("id", of: TerminalID.self)
      let centreID = try fields.id("centreID", of: CentreID.self)
      return (id, try TerminalFields(&fields).new(id, at: centreID))
    }
    let (terminal, isReplay) = try await store.enrol(
      new, by: user, ClientRequest(id: id.uuid, contentHash: request.contentHash),
      atMs: clock.nowMs)
    try await terminals.reload()
    return .json(view(terminal), status: .created).replayed(if: isReplay)
  }

  private func replaceTerminal(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let old = try await terminal(request)
    let (id, new, numbers) = try request.body { fields in
      let id = try fields.id("id", of: TerminalID.self)
      let new = try TerminalFields(&fields).new(id, at: old.terminal.centreID)
      return (id, new, try fields.terminalNumbers())
    }
    let (terminal, isReplay) = try await store.replace(
      old.terminal.id, with: new, numbers: numbers, by: user.id,
      ClientRequest(id: id.uuid, contentHash: request.contentHash), atMs: clock.nowMs)
    try await terminals.reload()
    return .json(view(terminal), status: .created).replayed(if: isReplay)
  }

  private func retireTerminal(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let old = try await terminal(request)
    let id = try request.body { fields in try fields.id("id", of: TerminalID.self) }
    let (terminal, isReplay) = try await store.retire(
      old.terminal.id, by: user.id,
      ClientRequest(id: id.uuid, contentHash: request.contentHash), atMs: clock.nowMs)
    try await terminals.reload()
    return .json(view(terminal), status: .created).replayed(if: isReplay)
  }

  private func commandTerminal(_ request: APIRequest) async throws -> APIResponse {
    let terminal = try await terminal(request)
    let (id, kind) = try request.body { fields in
      (
        try fields.id("id", of: Identifier<TerminalCommand>.self), try fields.command()
      )
    }
    guard terminal.isInUse else { throw Problem(.terminalRetired) }
    let family = terminal.terminal.family
    if case .count? = kind, !family.countsRows { throw Problem(.commandNotPossible) }
    guard family.takesCommands else { throw Problem(.commandNotPossible) }
    let (commands, isReplay) = try await queue(kind, on: terminal, request: id)
    // Without anybody enrolled there is nothing to put on it.
    guard let command = commands.first else { throw Problem(.commandNotPossible) }
    return .json(command.view, status: .created).replayed(if: isReplay)
  }

  /// Queues a command; `nil` is one for each person enrolled there today.
  private func queue(
    _ kind: TerminalCommand.Kind?, on terminal: EnrolledTerminal,
    request id: Identifier<TerminalCommand>
  ) async throws -> (commands: [TerminalCommand], isReplay: Bool) {
    let nowMs = clock.nowMs
    guard let kind else {
      return try await store.queuePeople(
        on: terminal, enrolledOn: BusinessDate(atMs: nowMs), request: id, atMs: nowMs)
    }
    return try await store.queue([kind], on: terminal.terminal.id, request: id, atMs: nowMs)
  }

  // MARK: Readings

  private func listTerminals(_ request: APIRequest) async throws -> APIResponse {
    let user = try user(request)
    let items = try await store.terminals().filter {
      $0.stationID == user.stationID
        && (user.role != .centre || $0.terminal.centreID == user.centreID)
    }.map(view)
    return .json(.members(["items": .array(items)]))
  }

  private func listUnknownTerminals(_ request: APIRequest) async throws -> APIResponse {
    .json(.members(["items": .array(terminals.strangers.map(\.view))]))
  }

  private func listQuarantine(_ request: APIRequest) async throws -> APIResponse {
    let id = try await terminal(request).terminal.id
    let limit = try request.query.limit()
    let rows = try await store.quarantine(
      of: id, before: request.query.cursor(), limit: limit)
    return .json(page(rows.map { ($0.key, $0.view) }, limit: limit))
  }

  private func listEvidence(_ request: APIRequest) async throws -> APIResponse {
    let id = try await terminal(request).terminal.id
    let limit = try request.query.limit()
    let rows = try await store.evidence(of: id, before: request.query.cursor(), limit: limit)
    // The events of one upload stay together, so a page may have more rows than was asked for.
    let isFull = Set(rows.map(\.key)).count == limit
    let next = isFull ? rows.last.map { JSON.string(String($0.key)) } : nil
    return .json(
      .members(["items": .array(rows.map(\.view)), "nextCursor": next ?? .null]))
  }

  private func listCommands(_ request: APIRequest) async throws -> APIResponse {
    let id = try await terminal(request).terminal.id
    let commands = try await store.commands(of: id, limit: 100)
    let counts = try await store.counts(of: id, limit: 30)
    return .json(
      .members([
        "items": .array(commands.map(\.view)), "counts": .array(counts.map(\.view)),
      ]))
  }

  /// The terminal a path names; one of another station is not found.
  private func terminal(_ request: APIRequest) async throws -> EnrolledTerminal {
    let id: TerminalID = try request.id("id")
    let stationID = try user(request).stationID
    let found = try await store.terminals().first {
      $0.terminal.id == id && $0.stationID == stationID
    }
    guard let found else { throw Problem(.notFound) }
    return found
  }

  private func view(_ one: EnrolledTerminal) -> JSON {
    let presence = terminals.presence(of: one.terminal.id)
    return one.view.adding(
      contentsOf: .members([
        "lastContactMs": presence.lastContactMs.map { .integer($0) } ?? .null,
        "clockAheadMs": presence.clockAheadMs.map { .integer($0) } ?? .null,
      ]))
  }
}

/// The words of commands a manager may give; those about people come from enrolments.
enum CommandWord: String, CaseIterable, Sendable {
  case check, count, fetch, info, reboot, putPeople
}
