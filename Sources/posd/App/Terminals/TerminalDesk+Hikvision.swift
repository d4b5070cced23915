import Attendance
import HTTPTypes
import POS
import POSStore

// Hikvision terminals: each event is a push, answered by its status alone.
extension TerminalDesk {
  func hikvisionAnswer(_ request: TerminalRequest) async -> HikvisionAnswer {
    do {
      return try await request.withBody(limitBytes: AttendanceLimits.pushBytes) { body in
        guard !body.isEmpty else { return .badRequest }
        let push = HikvisionPush(
          contentType: request.headers[.contentType] ?? "", body: body)
        return try await take(push, request)
      }
    } catch let problem as TerminalRequest.BodyProblem {
      switch problem {
      case .noLength: return .badRequest
      case .tooLarge: return .tooLarge
      case .busy: return .unavailable
      }
    } catch {
      log(error, of: request.address)
      return .unavailable
    }
  }

  private func take(
    _ push: HikvisionPush, _ request: TerminalRequest
  ) async throws -> HikvisionAnswer {
    // The hardware address in the event says who it is; the zone is only for times without one.
    let notice = push.notice(from: nil, zone: .china)
    guard let serial = notice.terminal, let terminal = board.terminal(serial.text),
      terminal.terminal.family == .hikvision, isTrusted(terminal, request)
    else {
      if let serial = notice.terminal {
        board.note(
          stranger: serial.text, .hikvision, at: request.address, atMs: clock.nowMs)
      }
      return .withheld
    }
    if notice.isHeartbeat {
      board.note(contactOf: terminal.terminal.id, atMs: clock.nowMs)
      return .stored
    }
    let intake =
      terminal.zone == .china
      ? notice.intake : push.notice(from: serial, zone: terminal.zone).intake
    try await store(intake, from: terminal)
    try await noteNumbers(of: notice, terminal)
    return .stored
  }

  /// Keeps it as evidence when events are missing, or their numbers begin anew as after a factory
  /// reset. What the terminal sends again of its memory, and what overtook another, says nothing.
  private func noteNumbers(
    of notice: HikvisionNotice, _ terminal: EnrolledTerminal
  ) async throws {
    guard let number = notice.recordNumber else { return }
    let (id, serial) = (terminal.terminal.id, terminal.terminal.serial)
    let last = board.presence(of: id).lastRecordNumber
    guard let last, number != last else {
      board.note(recordNumber: number, of: id)
      return
    }
    let isLive = notice.intake.recognitions.contains { $0.delivery == .live }
    let begins = number < last / 2 && isLive
    guard number > last || begins else { return }
    board.note(recordNumber: number, of: id)
    let previous = notice.previousRecordNumber ?? last
    guard begins || previous > last else { return }
    let meaning = begins ? "numbersFell" : "eventsMissing"
    try await store(
      EvidenceRow(
        key: "\(meaning) \(serial)/\(last)/\(number)", meaning: meaning,
        detail: "\(last) then \(begins ? number : previous)", atMs: clock.nowMs), of: terminal)
  }

  private func isTrusted(_ terminal: EnrolledTerminal, _ request: TerminalRequest) -> Bool {
    guard let secret = terminal.secretHash else { return true }
    let shown = TerminalSecret.password(inAuthorization: request.headers[.authorization])
    return shown.map { TerminalSecret.hash(of: $0, for: terminal.terminal.id) } == secret
  }
}
