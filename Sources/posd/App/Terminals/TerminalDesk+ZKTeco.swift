import Attendance
import HTTPTypes
import POS
import POSStore

// ZKTeco terminals: they ask, and are answered in lines of text.
extension TerminalDesk {
  func zktecoAnswer(_ asked: ZKTecoRequest, _ request: TerminalRequest) async -> ZKTecoAnswer {
    let found = board.terminal(asked.serial.text)
    guard let terminal = found, let wire = terminal.zkteco, isSameDialect(asked, wire) else {
      board.note(
        stranger: asked.serial.text, asked.family, at: request.address, atMs: clock.nowMs)
      return asked.kind == .registration ? .registrationRefused : .withheld
    }
    guard isTrusted(terminal, asked, request) else {
      board.note(
        stranger: asked.serial.text, asked.family, at: request.address, atMs: clock.nowMs)
      return .withheld
    }
    do {
      return try await answer(asked, request, of: terminal, wire)
    } catch let problem as TerminalRequest.BodyProblem {
      switch problem {
      case .noLength: return .lengthRequired
      case .tooLarge: return .tooLarge
      case .busy:
        board.noteUnsteady(terminal.terminal.id, didFail: true)
        return .unavailable
      }
    } catch {
      board.noteUnsteady(terminal.terminal.id, didFail: true)
      log(error, of: asked.serial.text)
      return .unavailable
    }
  }

  private func answer(
    _ asked: ZKTecoRequest, _ request: TerminalRequest, of terminal: EnrolledTerminal,
    _ wire: ZKTecoTerminal
  ) async throws -> ZKTecoAnswer {
    switch asked.kind {
    case .handshake(let handshake): return try await greet(terminal, wire, handshake, request)
    case .registration: return session(of: wire)?.registrationAnswer ?? .unavailable
    case .parameters: return session(of: wire)?.parametersAnswer ?? .unavailable
    case .upload(let table): return try await take(table, request, of: terminal, wire)
    case .poll: return try await commands(for: terminal, wire)
    case .results: return try await takeResults(request, of: terminal)
    case .permission: return .noDecision
    case .ping:
      board.note(contactOf: terminal.terminal.id, atMs: clock.nowMs)
      return .ok
    case .clock: return .clock(atMs: clock.nowMs, zone: wire.zone)
    case .keyExchange: return .notFound
    }
  }

  /// The answer to a handshake; a terminal that begins anew may send what it kept.
  private func greet(
    _ terminal: EnrolledTerminal, _ wire: ZKTecoTerminal, _ handshake: ZKTecoHandshake,
    _ request: TerminalRequest
  ) async throws -> ZKTecoAnswer {
    let isChinese = handshake.names == .gb18030
    let address = terminal.secretHash == nil ? nil : request.address
    if isChinese != terminal.hasChineseNames || address != terminal.trustedAddress {
      try await store.note(
        terminal.terminal.id, trustedAddress: address, hasChineseNames: isChinese)
      try await board.reload()
    }
    board.noteUnsteady(terminal.terminal.id, didFail: false)
    board.note(contactOf: terminal.terminal.id, atMs: clock.nowMs)
    if wire.dialect == .security { return session(of: wire)?.handshakeAnswer ?? .unavailable }
    return ZKTecoOptions(zone: wire.zone)?.answer(to: wire.serial) ?? .unavailable
  }

  private func take(
    _ table: ZKTecoTable, _ request: TerminalRequest, of terminal: EnrolledTerminal,
    _ wire: ZKTecoTerminal
  ) async throws -> ZKTecoAnswer {
    try await request.withBody(limitBytes: AttendanceLimits.uploadBytes) { body in
      guard !body.isEmpty else { return .badRequest }
      let intake = ZKTecoUpload(table, body: body).intake(from: wire)
      try await store(intake, from: terminal)
      return .stored(table, rowCount: intake.rowCount)
    }
  }

  // MARK: Commands

  private func commands(
    for terminal: EnrolledTerminal, _ wire: ZKTecoTerminal
  ) async throws -> ZKTecoAnswer {
    let id = terminal.terminal.id
    let nowMs = clock.nowMs
    board.note(contactOf: id, atMs: nowMs)
    try await Reconciliation(desk: self).askDaily(terminal)
    try await store.queueRemovals(
      on: terminal, endedBefore: BusinessDate(atMs: nowMs), atMs: nowMs)
    guard try await store.hasWork(for: id, atMs: nowMs) else { return .ok }
    var sent: [ZKTecoCommand.Numbered] = []
    for command in try await store.commandsToSend(to: id, atMs: nowMs) {
      if case .fetch = command.kind {
        board.noteFetching(id, untilMs: nowMs + TerminalCommand.patienceMs)
      }
      guard let ready = try await wireCommand(command.kind, for: wire),
        let numbered = ZKTecoCommand.Numbered(
          id: String(command.key), ready, names: terminal.names)
      else {
        _ = try await store.finish(command.key, on: id, isDone: false, result: "notPossible")
        continue
      }
      sent.append(numbered)
    }
    return .commands(sent)
  }

  /// The command in the terminal's dialect; `nil` for one it does not have.
  private func wireCommand(
    _ kind: TerminalCommand.Kind, for wire: ZKTecoTerminal
  ) async throws -> ZKTecoCommand? {
    let isSecurity = wire.dialect == .security
    switch kind {
    case .check: return .check
    case .info: return .info
    case .reboot: return .reboot
    case .count(let from, let through):
      return isSecurity ? nil : .countAttendance(ClockSpan(from: from, through: through))
    case .fetch(let from, let through):
      return isSecurity
        ? .querySecurityEvents : .queryAttendance(ClockSpan(from: from, through: through))
    case .putPerson(let text, let personID):
      guard let number = personNumber(text), let name = try await name(personID) else {
        return nil
      }
      return isSecurity
        ? .updateSecurityPerson(number, name: name) : .updatePerson(number, name: name)
    case .removePerson(let text):
      guard let number = personNumber(text) else { return nil }
      return isSecurity ? .deleteSecurityPerson(number) : .deletePerson(number)
    }
  }

  private func personNumber(_ text: String) -> PersonNumber? {
    do throws(PersonNumber.Problem) { return try PersonNumber(text) } catch { return nil }
  }

  private func takeResults(
    _ request: TerminalRequest, of terminal: EnrolledTerminal
  ) async throws -> ZKTecoAnswer {
    try await request.withBody(limitBytes: AttendanceLimits.uploadBytes) { body in
      for result in ZKTecoCommandResult.results(in: body) {
        guard let key = Int64(result.commandID) else { continue }
        // Who is not there any more need not be removed.
        let isDone = [.done, .failed(.unknownPerson)].contains(result.outcome)
        let finished = try await store.finish(
          key, on: terminal.terminal.id, isDone: isDone, result: result.word)
        guard let command = finished else { continue }
        try await Reconciliation(desk: self).take(result, of: command, terminal)
      }
      board.note(contactOf: terminal.terminal.id, atMs: clock.nowMs)
      return .ok
    }
  }

  // MARK: Who it is

  /// Whether a terminal speaks as it was enrolled: attendance rows read as security rows would be
  /// lost.
  private func isSameDialect(_ asked: ZKTecoRequest, _ wire: ZKTecoTerminal) -> Bool {
    guard case .handshake(let handshake) = asked.kind else { return true }
    return (handshake.dialect == .security) == (wire.dialect == .security)
  }

  /// Whether a terminal knows its secret, if it has one: shown at the handshake, and held to the
  /// address it came from, as later requests do not carry it. Security firmware sends a token.
  private func isTrusted(
    _ terminal: EnrolledTerminal, _ asked: ZKTecoRequest, _ request: TerminalRequest
  ) -> Bool {
    if let secret = terminal.secretHash {
      if case .handshake(let handshake) = asked.kind {
        let shown = handshake.communicationKey.map {
          TerminalSecret.hash(of: $0, for: terminal.terminal.id)
        }
        return shown == secret
      }
      guard terminal.trustedAddress == request.address else { return false }
    }
    switch asked.kind {
    case .handshake, .registration, .parameters, .ping: return true
    default: break
    }
    guard let wire = terminal.zkteco, wire.dialect == .security else { return true }
    let token = request.headers[.cookie].flatMap(ZKTecoSecuritySession.token(inCookie:))
    return token != nil
      && token == session(of: wire).map { TerminalSecret.token(of: $0.tokenBytes(of: wire.serial)) }
  }

  private func session(of wire: ZKTecoTerminal) -> ZKTecoSecuritySession? {
    ZKTecoSecuritySession(
      registryCode: String(codes.code("registry", of: wire.serial.text).prefix(10)),
      sessionID: codes.code("session", of: wire.serial.text))
  }
}

extension ZKTecoRequest {
  /// The family a terminal seems to be of.
  fileprivate var family: Terminal.Family? {
    switch kind {
    case .handshake(let handshake):
      switch handshake.dialect {
      case .attendance: .zktecoAttendance
      case .identityCard: .zktecoIdentityCard
      case .security: .zktecoSecurity
      }
    case .registration, .parameters, .upload(.securityEvents), .upload(.securityState):
      .zktecoSecurity
    default: .zktecoAttendance
    }
  }
}

extension ZKTecoCommandResult {
  /// What is kept of a result.
  fileprivate var word: String? {
    switch outcome {
    case .done: attendanceCount.map { "\($0)" }
    case .failed(let failure): "\(failure)"
    }
  }
}
