import Attendance
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import POS
import POSStore

/// Takes what terminals send, and answers each exactly as it expects.
///
/// ```
/// bytes ──codec──▶ Intake ──▶ TerminalBatch ──Store.take, one unit──▶ answer
/// ```
/// 1. What is not on disk is not acknowledged: the terminal keeps it and sends it again.
/// 2. Whoever is not enrolled is refused in the way that makes it keep its data, and is shown to
///    the manager.
/// 3. No answer depends on who else is there; nothing here knows about staff.
///
/// A protocol that is pulled would end in `store(_:of:)` too: another way to the same batch.
struct TerminalDesk: Sendable {
  let store: Store
  let board: TerminalBoard
  let codes: TerminalCodes
  let clock: Clock
  let logger: Logger
  /// The name of a person at the moment a command is sent.
  let name: @Sendable (PersonID) async throws -> String?

  /// What is answered; the header `Date`, from which terminals set their clocks, is the server's.
  struct Answer: Equatable, Sendable {
    let status: Int
    var body: [UInt8] = []
    var asksForPassword = false

    init(_ answer: ZKTecoAnswer) {
      status = answer.status
      body = answer.body
    }

    init(_ answer: HikvisionAnswer) {
      status = answer.rawValue
      asksForPassword = answer == .withheld
    }
  }

  /// Answers a request of any family.
  func answer(_ request: TerminalRequest) async -> Answer {
    let isHikvision =
      request.method == "POST" && ["/", "/isapi/event"].contains(request.path.lowercased())
    if isHikvision { return Answer(await hikvisionAnswer(request)) }
    do throws(ZKTecoRequest.Problem) {
      let asked = try ZKTecoRequest(
        method: request.method, path: request.path, query: request.query)
      return Answer(await zktecoAnswer(asked, request))
    } catch {
      return Answer(ZKTecoAnswer.refused(error))
    }
  }

  /// Logs why a request was not served; a connection that broke off is everyday.
  func log(_ error: any Error, of sender: String) {
    let isBroken =
      error is HTTPParserError || error is BodyDeadlineError || error is ChannelError
      || error is IOError
    logger.log(
      level: isBroken ? .debug : .error, "terminal not served; it sends again",
      metadata: ["sender": "\(sender)", "error": "\(error)"])
  }

  /// Stores what was read, part by part: each part is a unit of its own, so that a terminal with a
  /// month of rows does not hold up the till. Returns after all is on disk.
  func store(_ batch: TerminalBatch, of terminal: EnrolledTerminal) async throws {
    for part in batch.parts {
      let outcome = try await store.take(part, from: terminal, atMs: clock.nowMs)
      board.noteStored(outcome, of: part)
    }
  }

  /// Stores what the daemon noticed of a terminal itself.
  func store(_ evidence: EvidenceRow, of terminal: EnrolledTerminal) async throws {
    let batch = TerminalBatch(
      terminalID: terminal.terminal.id, way: .own, evidence: [evidence])
    _ = try await store.take(batch, from: terminal, atMs: clock.nowMs)
  }

  /// Stores an intake, with what the times in it say of the terminal's clock.
  func store(
    _ intake: Intake, from terminal: EnrolledTerminal
  ) async throws {
    let nowMs = clock.nowMs
    let id = terminal.terminal.id
    let isLive = board.isLive(id, rowCount: intake.rowCount, atMs: nowMs)
    // So many at once are kept rows, and more of them may follow.
    if intake.rowCount > TerminalBoard.mostLiveRows { board.noteUnsteady(id, didFail: false) }
    var batch = intake.batch(of: terminal, way: .push, isLive: isLive, atMs: nowMs)
    if let last = batch.passes.last(where: \.isLive) {
      board.note(clockAheadMs: last.atMs - nowMs, of: id)
      if let evidence = EvidenceRow(clockOf: terminal.terminal, at: last.atMs, receivedAtMs: nowMs)
      {
        batch.evidence.append(evidence)
      }
    }
    try await store(batch, of: terminal)
    board.note(contactOf: id, atMs: nowMs)
  }
}

extension EvidenceRow {
  /// By how much a clock may be wrong (RULES 6).
  private static let toleratedMs: Int64 = 5 * 60_000

  /// A clock that is off; `nil` for one that is not. Kept once an hour.
  fileprivate init?(clockOf terminal: Terminal, at atMs: Int64, receivedAtMs: Int64) {
    let aheadMs = atMs - receivedAtMs
    guard abs(aheadMs) > Self.toleratedMs else { return nil }
    self.init(
      key: "clockOff \(terminal.serial)/\(receivedAtMs / 3_600_000)", meaning: "clockOff",
      detail: "\(aheadMs / 1000) s", atMs: receivedAtMs)
  }
}

/// Answers the listener of terminals.
struct TerminalResponder: HTTPResponder {
  typealias Context = APIContext

  let desk: TerminalDesk
  /// `nil` is no limit.
  let rate: RequestRate?
  let budget = BodyBudget()

  func respond(to request: Request, context: APIContext) async throws -> Response {
    if let rate, rate.secondsToWait(context.remoteAddress, now: .now) != nil {
      return response(TerminalDesk.Answer(ZKTecoAnswer.unavailable), closing: true)
    }
    let asked = TerminalRequest(request, from: context.remoteAddress, budget: budget)
    let answer = await desk.answer(asked)
    // What is left of a refused body is not worth reading.
    return response(answer, closing: answer.status >= 400)
  }

  private func response(_ answer: TerminalDesk.Answer, closing: Bool) -> Response {
    var headers = HTTPFields()
    headers[SecurityHeaders.mark] = "nosniff"
    if !answer.body.isEmpty { headers[.contentType] = "text/plain" }
    if closing { headers[.connection] = "close" }
    if answer.asksForPassword { headers[.wwwAuthenticate] = "Basic realm=\"posd\"" }
    return Response(
      status: HTTPResponse.Status(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}
