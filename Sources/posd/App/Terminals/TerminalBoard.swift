import Attendance
import POS
import POSStore
import Synchronization

/// The terminals as the listener knows them: who is enrolled, who was heard of when, who is
/// unknown. Nothing of it is on disk but the enrolments, so that polls write nothing.
final class TerminalBoard: Sendable {
  /// Unknown terminals that are remembered; of more, those heard of last.
  private static let mostUnknown = 200
  /// A terminal that was silent for longer may have kept rows meanwhile.
  static let longestSilenceMs: Int64 = 90_000
  /// How long a terminal that comes back may send what it kept.
  static let catchUpMs: Int64 = 120_000
  /// Most rows of an upload of this moment: a queue at the counter.
  static let mostLiveRows = 4

  /// What is known of a terminal besides its enrolment.
  struct Presence: Equatable, Sendable {
    var lastContactMs: Int64?
    /// Since when it was heard of without a silence, and everything it sent was taken.
    var steadySinceMs: Int64?
    /// Until when rows come that were asked for.
    var askedUntilMs: Int64 = 0
    /// By how much its clock was ahead of ours at its last pass of the moment.
    var clockAheadMs: Int64?
    /// The number of its last event, of a Hikvision terminal.
    var lastRecordNumber: Int64?
    /// The moment of the last daily count that it was asked for.
    var countDueMs: Int64?
  }

  /// A terminal that nobody enrolled.
  struct Stranger: Equatable, Sendable {
    let serial: String
    let family: Terminal.Family?
    let firstAtMs: Int64
    var lastAtMs: Int64
    var attempts: Int64
    let address: String
  }

  /// Figures since the start.
  struct Counts: Equatable, Sendable {
    var passes: Int64 = 0
    var repeats: Int64 = 0
    var quarantined: Int64 = 0
    var refused: Int64 = 0
    var failed: Int64 = 0
  }

  private struct State {
    var inUse: [String: EnrolledTerminal] = [:]
    var presence: [TerminalID: Presence] = [:]
    var strangers: [String: Stranger] = [:]
    var counts = Counts()
  }

  private let store: Store
  private let state = Mutex(State())

  init(store: Store) { self.store = store }

  /// Reads the enrolments anew; to be called at the start and after each change.
  func reload() async throws {
    let inUse = try await store.terminals().filter(\.isInUse)
    state.withLock { state in
      state.inUse = Dictionary(
        inUse.map { ($0.terminal.serial, $0) }, uniquingKeysWith: { $1 })
      for one in inUse { state.strangers[one.terminal.serial] = nil }
    }
  }

  /// The terminal in use of this serial number.
  func terminal(_ serial: String) -> EnrolledTerminal? {
    state.withLock { $0.inUse[serial] }
  }

  /// All terminals in use.
  var inUse: [EnrolledTerminal] {
    state.withLock { $0.inUse.values.sorted { $0.terminal.serial < $1.terminal.serial } }
  }

  func presence(of id: TerminalID) -> Presence {
    state.withLock { $0.presence[id] ?? Presence() }
  }

  /// Unknown terminals, the last heard of first.
  var strangers: [Stranger] {
    state.withLock { $0.strangers.values.sorted { $0.lastAtMs > $1.lastAtMs } }
  }

  var counts: Counts { state.withLock { $0.counts } }

  /// A terminal was heard of and is going to be answered well.
  func note(contactOf id: TerminalID, atMs: Int64) {
    change(id) { presence in
      let isSteady = presence.lastContactMs.map { atMs - $0 <= Self.longestSilenceMs } ?? false
      if !isSteady || presence.steadySinceMs == nil { presence.steadySinceMs = atMs }
      presence.lastContactMs = atMs
    }
  }

  /// A terminal begins anew, or could not be rid of what it has: rows may be old from now on.
  func noteUnsteady(_ id: TerminalID, didFail: Bool) {
    change(id) { $0.steadySinceMs = nil }
    if didFail { state.withLock { $0.counts.failed += 1 } }
  }

  /// Rows of earlier days were asked for.
  func noteFetching(_ id: TerminalID, untilMs: Int64) {
    change(id) { $0.askedUntilMs = max($0.askedUntilMs, untilMs) }
  }

  /// Whether rows that come now are of now, as far as can be told: the terminal was heard of all
  /// along, everything it sent was taken, and it was not asked for old rows.
  func isLive(_ id: TerminalID, rowCount: Int, atMs: Int64) -> Bool {
    let presence = presence(of: id)
    guard rowCount <= Self.mostLiveRows, atMs > presence.askedUntilMs,
      let since = presence.steadySinceMs, let last = presence.lastContactMs
    else { return false }
    return atMs - since >= Self.catchUpMs && atMs - last <= Self.longestSilenceMs
  }

  /// Notes by how much a clock was ahead.
  func note(clockAheadMs: Int64, of id: TerminalID) {
    change(id) { $0.clockAheadMs = clockAheadMs }
  }

  /// Notes the number of the last event.
  func note(recordNumber: Int64, of id: TerminalID) {
    change(id) { $0.lastRecordNumber = recordNumber }
  }

  /// Notes that the count of this moment was asked for.
  func note(countDueMs: Int64, of id: TerminalID) {
    change(id) { $0.countDueMs = countDueMs }
  }

  func noteStored(_ outcome: BatchOutcome, of batch: TerminalBatch) {
    state.withLock { state in
      state.counts.passes += Int64(outcome.newPassCount)
      state.counts.repeats += Int64(batch.passes.count - outcome.newPassCount)
      state.counts.quarantined += Int64(batch.quarantined.count)
    }
  }

  /// A terminal was refused because nobody enrolled it.
  func note(stranger serial: String, _ family: Terminal.Family?, at address: String, atMs: Int64) {
    state.withLock { state in
      state.counts.refused += 1
      guard state.strangers[serial] == nil else {
        state.strangers[serial]?.lastAtMs = atMs
        state.strangers[serial]?.attempts += 1
        return
      }
      if state.strangers.count >= Self.mostUnknown {
        // Whoever was not heard of for the longest makes room: a real one asks again and again.
        let oldest = state.strangers.values.min { $0.lastAtMs < $1.lastAtMs }
        if let oldest { state.strangers[oldest.serial] = nil }
      }
      state.strangers[serial] = Stranger(
        serial: serial, family: family, firstAtMs: atMs, lastAtMs: atMs, attempts: 1,
        address: address)
    }
  }

  private func change(_ id: TerminalID, _ change: (inout Presence) -> Void) {
    state.withLock { change(&$0.presence[id, default: Presence()]) }
  }
}

extension TerminalBoard {
  /// Figures for `/metrics`.
  var gauges: [(name: String, value: Int64)] {
    let counts = counts
    return [
      ("terminal_passes", counts.passes), ("terminal_repeats", counts.repeats),
      ("terminal_bad_rows", counts.quarantined), ("terminal_refused", counts.refused),
      ("terminal_failures", counts.failed),
    ]
  }
}
