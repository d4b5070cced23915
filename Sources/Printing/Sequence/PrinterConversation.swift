import Receipt

/// Speaks with one printer over one open connection; everything about slips that is not USB or
/// TCP.
///
/// 1. Nothing of a slip is sent while paper, cover or an error is known to stand against it.
/// 2. A byte that was taken is never sent again, and none is left out.
/// 3. `printed` needs the printer's word; `accepted` needs every byte taken and, for a while
///    after, nothing against it.
/// 4. A slip broken off in the middle leaves a command half said: zeros fill it up before the
///    next slip, so that it does not swallow that one's start.
///
///     clear ──▶ ask ──▶ push ──▶ settle ──▶ printed | accepted
///       │        │        └────────┴──▶ brokenOff (notStarted if no byte was taken)
///       └────────┴──▶ notStarted
final class PrinterConversation {
  /// How often a printer is looked at while it is waited for after the last byte.
  private static let settleTurnMs: Int64 = 50

  let link: any PrinterLink
  private let abilities: PrinterAbilities
  let limits: PrintingLimits
  /// Whether waiting must end because the program does.
  private let isStopped: () -> Bool
  /// The next wish to open the drawer, if there is one.
  let takeWish: () -> DrawerWish?

  private(set) var status = PrinterStatus()
  /// Bytes that would at most be missing to the command a broken slip ended in.
  private(set) var unfinishedBytes: Int

  private var parser = AnswerParser()
  private var hasAutomaticStatus = false
  private var question: StatusQuestion?
  private var answer: UInt8?
  /// A question went unanswered: a late answer could be taken for that of another question.
  private var isSilent = false
  private var portCondition: PrinterCondition?
  private var stalls = 0
  /// Numbers completion ids; begins with the time, so that the late answer to an id of an earlier
  /// connection is not taken for one of this.
  private var completions: Int64
  private var confirmedID: [UInt8]?

  init(
    _ link: any PrinterLink, _ abilities: PrinterAbilities, _ limits: PrintingLimits,
    unfinishedBytes: Int, isStopped: @escaping () -> Bool,
    takeWish: @escaping () -> DrawerWish? = { nil }
  ) {
    self.link = link
    self.abilities = abilities
    self.limits = limits
    self.unfinishedBytes = unfinishedBytes
    self.isStopped = isStopped
    self.takeWish = takeWish
    completions = link.nowMs
  }

  /// Sends one slip and waits for what becomes of it.
  func deliver(_ slip: [UInt8]) throws(TransportProblem) -> Delivery {
    stalls = 0
    try clear()
    try askBefore()
    let id = abilities.confirmsPrinting && canHear ? nextID() : nil
    let request: [UInt8] = id.map { [0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30] + $0 } ?? []
    try push(slip + request, of: slip.count)
    return try settle(id, slip.count)
  }

  /// Asks all that `DLE EOT` can be asked; nothing where the printer does not answer.
  func examine() throws(TransportProblem) -> [StatusAnswer] {
    try clear()
    guard abilities.answersStatus, canHear else { return [] }
    var answers: [StatusAnswer] = []
    for next in StatusQuestion.allCases {
      answers.append(StatusAnswer(question: next, byte: try ask(next)))
    }
    return answers
  }

  /// Whether a slip could begin now; a printer that speaks by itself is only listened to.
  ///
  /// - Throws: `TransportProblem.notStarted`.
  func look() throws(TransportProblem) {
    stalls = 0
    if listen(limitMs: 0) == .gone {
      throw .notStarted(PrinterTrouble(.unplugged, detail: "gone between slips"))
    }
    if hasAutomaticStatus || isSilent {
      if status == PrinterStatus() { lookAtPort() }
      guard let condition else { return }
      throw .notStarted(PrinterTrouble(condition, detail: "seen between slips"))
    }
    try askBefore()
  }

  /// Hears what the printer says between slips.
  func listen(limitMs: Int64) -> LinkTrouble? {
    let trouble = link.listen(limitMs: limitMs)
    hear()
    return trouble
  }

  /// Turns the automatic status off, best effort: unread, it would stop the printer for the next
  /// program.
  func takeLeave() {
    guard hasAutomaticStatus, unfinishedBytes == 0 else { return }
    _ = link.write([0x1D, 0x61, 0x00], limitMs: 200)
  }

  private var canHear: Bool { abilities.hasInput && link.hasInput }

  /// A command was broken off so many bytes before its end.
  func leaveUnfinished(_ count: Int) { unfinishedBytes = count }

  /// What stands against printing now.
  var condition: PrinterCondition? { status.condition ?? portCondition }
}

// MARK: - Before the slip

extension PrinterConversation {
  /// Fills up the command that a broken slip ended in.
  private func clear() throws(TransportProblem) {
    guard unfinishedBytes > 0 else { return }
    var left = unfinishedBytes
    defer { unfinishedBytes = left }
    let zeros = [UInt8](repeating: 0, count: unfinishedBytes)
    try push(zeros, of: 0) { left -= $0 }
    try push([0x0A], of: 0)
  }

  private func askBefore() throws(TransportProblem) {
    hear()
    if !hasAutomaticStatus { status = PrinterStatus() }
    portCondition = nil
    if abilities.answersStatus, canHear {
      // Inside a half-said command it would be a part of that, and print what is left over.
      if unfinishedBytes == 0 { try push([0x1D, 0x61, 0xFF], of: 0) }
      try askAll()
    }
    // A printer that says nothing of itself may still report its port.
    if status == PrinterStatus() { lookAtPort() }
    guard let condition else { return }
    throw .notStarted(PrinterTrouble(condition, detail: "asked before the slip"))
  }

  private func askAll() throws(TransportProblem) {
    for next in [StatusQuestion.printer, .offlineCause, .paper] {
      guard let byte = try ask(next) else { return }
      if PrinterStatus.hasError(byte, to: next) { _ = try ask(.error) }
    }
  }

  /// The answer, or `nil` for silence.
  private func ask(_ next: StatusQuestion) throws(TransportProblem) -> UInt8? {
    guard !isSilent else { return nil }
    hear()
    question = next
    answer = nil
    defer { question = nil }
    try push(next.bytes, of: 0)
    let endMs = link.nowMs + limits.answerMs
    while answer == nil, link.nowMs < endMs {
      if listen(limitMs: endMs - link.nowMs) == .gone {
        throw .notStarted(PrinterTrouble(.unplugged, detail: "gone while it was asked"))
      }
    }
    isSilent = answer == nil
    return answer
  }
}

// MARK: - The slip and after it

extension PrinterConversation {
  /// Writes every byte, or throws; `slipCount` of them are the slip's, the rest around it.
  private func push(
    _ bytes: [UInt8], of slipCount: Int, taken: (Int) -> Void = { _ in }
  ) throws(TransportProblem) {
    var clock = StallClock(limits, atMs: link.nowMs)
    var offset = 0
    while offset < bytes.count {
      let end = min(offset + limits.blockBytes, bytes.count)
      let (count, trouble) = link.write(bytes[offset..<end], limitMs: limits.sliceMs)
      offset += count
      taken(count)
      if slipCount > 0, offset > 0 { unfinishedBytes = bytes.count - offset }
      hear()
      if count > 0 {
        clock.moved(atMs: link.nowMs)
        portCondition = nil
      } else {
        lookAtPort()
      }
      if let trouble { try recover(trouble, min(offset, slipCount)) }
      clock.see(condition, atMs: link.nowMs)
      if offset < bytes.count, clock.isOver(atMs: link.nowMs) || isStopped() {
        throw problem(
          givenUp(condition ?? .noProgress), min(offset, slipCount), "no byte taken any more")
      }
    }
  }

  /// Clears the first stall of a slip; every other trouble ends it.
  private func recover(_ trouble: LinkTrouble, _ offset: Int) throws(TransportProblem) {
    switch trouble {
    case .stall:
      stalls += 1
      guard stalls == 1 else { throw problem(.stalled, offset, "stalled again") }
      link.clearStall()
    case .gone:
      throw problem(.unplugged, offset, "gone while it was written to")
    case .failed(let reason):
      throw problem(.transferFailed, offset, reason)
    }
  }

  /// Waits until the printer confirms, or its status was good for long enough.
  private func settle(_ id: [UInt8]?, _ slipCount: Int) throws(TransportProblem) -> Delivery {
    let goodMs = id == nil ? limits.settleMs : limits.confirmMs
    var clock = StallClock(limits, atMs: link.nowMs)
    var goodSinceMs: Int64? = link.nowMs
    var askAtMs = link.nowMs + limits.settleMs
    var untaken = link.untakenBytes
    while true {
      let trouble = listen(limitMs: Self.settleTurnMs)
      if let id, confirmedID == id { return .printed }
      if let trouble { try recover(trouble, slipCount) }
      openAfterSlip()
      if !hasAutomaticStatus {
        lookAtPort()
        if link.nowMs >= askAtMs {
          try askAfter()
          askAtMs = link.nowMs + limits.settleMs
        }
      }
      let isMoving = link.untakenBytes < untaken
      untaken = link.untakenBytes
      clock.see(condition, atMs: link.nowMs)
      if condition == nil, untaken == 0 {
        clock.moved(atMs: link.nowMs)
        let sinceMs = goodSinceMs ?? link.nowMs
        if link.nowMs - sinceMs >= goodMs { return .accepted }
        goodSinceMs = sinceMs
      } else {
        goodSinceMs = nil
        if isMoving { clock.moved(atMs: link.nowMs) }
      }
      if clock.isOver(atMs: link.nowMs) || isStopped() {
        throw problem(givenUp(condition ?? .noProgress), slipCount, "status after the last byte")
      }
    }
  }

  /// Asks again where the printer does not speak by itself.
  private func askAfter() throws(TransportProblem) {
    guard abilities.answersStatus, canHear else { return }
    do {
      try askAll()
    } catch {
      // The slip is out of our hands: what goes wrong now leaves it in doubt.
      throw .brokenOff(error.trouble)
    }
  }

  private func givenUp(_ condition: PrinterCondition) -> PrinterCondition {
    isStopped() ? .stopped : condition
  }

  private func problem(
    _ condition: PrinterCondition, _ offset: Int, _ detail: String
  ) -> TransportProblem {
    guard offset > 0 else { return .notStarted(PrinterTrouble(condition, detail: detail)) }
    let taken = max(0, offset - link.untakenBytes)
    return .brokenOff(PrinterTrouble(condition, bytesTaken: taken, detail: detail))
  }
}

// MARK: - What the printer says

extension PrinterConversation {
  func hear() {
    let input = link.takeInput()
    guard abilities.hasInput else { return }
    for next in parser.answers(in: input) {
      switch next {
      case .automaticStatus(let first, let second, let third, _):
        guard abilities.answersStatus else { continue }
        hasAutomaticStatus = true
        portCondition = nil
        status.apply(automatic: first, second, third)
      case .realTime(let byte):
        // Bytes of a picture can look like a question: only what was asked counts.
        guard let asked = question, answer == nil else { continue }
        answer = byte
        status.apply(byte, to: asked)
      case .processID(let id): confirmedID = id
      case .single, .text, .block, .xon, .xoff: continue
      }
    }
  }

  private func lookAtPort() {
    portCondition = abilities.reportsPort ? link.portStatus()?.condition : nil
  }

  /// Four printable bytes, another for each slip.
  private func nextID() -> [UInt8] {
    completions += 1
    return (0..<4).reversed().map { place in
      let shifted = completions >> (place * 6)
      return 0x20 + UInt8(truncatingIfNeeded: shifted & 0x3F)
    }
  }
}
