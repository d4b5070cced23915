import Attendance
import Logging
import POS
import POSStore

/// Compares what terminals say they have with what is on record, and asks for what is missing.
///
/// ```
/// daily, or asked for: count ──theirs > ours──▶ fetch ──▶ rows come as uploads, count again
///                        │                                  └─ still more there: evidence `countDiffers`
///                        └──theirs < ours──▶ evidence `rowsGone`: deleted on the terminal
/// ```
/// A terminal counts bad rows and exact repeats too, which are not on record as passes: so one
/// fetch is made for a difference, and what is left of it is kept as evidence, once.
struct Reconciliation: Sendable {
  /// Days that are looked at each day: a week off line is made good.
  private static let days = 7
  /// When the day's count is asked for: after lunch.
  private static let hour: Int64 = 14
  private static let hourMs: Int64 = 3_600_000

  let desk: TerminalDesk

  /// Takes the result of a command: what follows from a count or a fetch.
  func take(
    _ result: ZKTecoCommandResult, of command: TerminalCommand, _ terminal: EnrolledTerminal
  ) async throws {
    guard result.outcome == .done else { return }
    switch command.kind {
    case .count(let from, let through):
      guard let theirs = result.attendanceCount else { return }
      try await compare(Int64(theirs), from, through, terminal)
    case .fetch(let from, let through):
      guard terminal.terminal.family.countsRows else { return }
      _ = try await desk.store.queue(
        [.count(from: from, through: through)], on: terminal.terminal.id, request: nil,
        atMs: desk.clock.nowMs)
    default: return
    }
  }

  private func compare(
    _ theirs: Int64, _ from: BusinessDate, _ through: BusinessDate, _ terminal: EnrolledTerminal
  ) async throws {
    let id = terminal.terminal.id
    let (now, before) = try await desk.store.note(
      theirs: theirs, of: id, from: from, through: through, atMs: desk.clock.nowMs)
    guard now.theirs != now.ours else { return }
    if now.theirs > now.ours, before?.isFetched != true || before?.theirs != theirs {
      desk.logger.notice(
        "a terminal has rows that are missing here; they are asked for",
        metadata: [
          "serial": "\(terminal.terminal.serial)", "theirs": "\(theirs)", "ours": "\(now.ours)",
        ])
      _ = try await desk.store.queue(
        [.fetch(from: from, through: through)], on: id, request: nil, atMs: desk.clock.nowMs)
      return
    }
    let meaning = now.theirs > now.ours ? "countDiffers" : "rowsGone"
    let detail = "\(from) \(through): theirs \(now.theirs), ours \(now.ours)"
    try await desk.store(
      EvidenceRow(
        key: "\(meaning) \(terminal.terminal.serial) \(detail)", meaning: meaning, detail: detail,
        atMs: desk.clock.nowMs), of: terminal)
  }

  /// Queues the day's count for a terminal that asks for commands: of the days before, and of the
  /// day itself, once its hour has come. A terminal that was off meanwhile is asked when it comes
  /// back; one that was enrolled since then, from the next time on.
  func askDaily(_ one: EnrolledTerminal) async throws {
    let (id, nowMs) = (one.terminal.id, desk.clock.nowMs)
    guard one.terminal.family.countsRows else { return }
    let dueMs = lastDueMs(one.terminal, nowMs)
    guard one.addedAtMs < dueMs, desk.board.presence(of: id).countDueMs != dueMs else { return }
    let day = one.terminal.localDate(atMs: dueMs)
    let first = BusinessDate(daysSince1970: day.daysSince1970 - Self.days)
    let before = BusinessDate(daysSince1970: day.daysSince1970 - 1)
    try await desk.store.queueOnce(
      [.count(from: first, through: before), .count(from: day, through: day)], on: id, atMs: nowMs)
    desk.board.note(countDueMs: dueMs, of: id)
  }

  /// When the hour last came, by the terminal's clock.
  private func lastDueMs(_ terminal: Terminal, _ nowMs: Int64) -> Int64 {
    let localMs = nowMs + terminal.zoneMinutes * 60_000
    let dueMs = nowMs - localMs % 86_400_000 + Self.hour * Self.hourMs
    return dueMs <= nowMs ? dueMs : dueMs - 86_400_000
  }
}
