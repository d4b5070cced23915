import Receipt

/// All that touches libusb for one printer; lives and dies on the printer's own thread.
final class USBOwner {
  private let choice: USBPrinterChoice
  private let abilities: (PrinterIdentity) -> PrinterAbilities
  private let limits: PrintingLimits
  private let mailbox: USBMailbox

  private var context: USBContext?
  private var connection: USBConnection?
  private var conversation: PrinterConversation?
  /// Where the printer was found last; `nil` before the first time.
  private var lastPath: String?
  private var unfinishedBytes = 0

  init(
    _ choice: USBPrinterChoice, _ abilities: @escaping (PrinterIdentity) -> PrinterAbilities,
    _ limits: PrintingLimits, _ mailbox: USBMailbox
  ) {
    self.choice = choice
    self.abilities = abilities
    self.limits = limits
    self.mailbox = mailbox
  }

  /// Does errands as they come and hears the printer in between, until the mailbox closes.
  func run() {
    while !mailbox.isClosed {
      if let errand = mailbox.next(waits: connection == nil) {
        perform(errand)
        mailbox.publish(conversation?.status)
      } else if let conversation {
        let trouble = conversation.listen(limitMs: 1_000)
        mailbox.publish(conversation.status)
        if trouble == .gone { disconnect() }
      }
    }
    disconnect()
    dropContext()
    mailbox.refuseWaiting()
    mailbox.end()
  }

  private func perform(_ errand: USBMailbox.Errand) {
    switch errand {
    case .deliver(let slip, let finish):
      finish(result { () throws(TransportProblem) in try deliver(slip) })
    case .identify(let finish):
      finish(result { () throws(TransportProblem) in try identify() })
    case .examine(let finish):
      finish(result { () throws(TransportProblem) in try examine() })
    case .look(let finish):
      finish(
        result { () throws(TransportProblem) in
          try connected { talk throws(TransportProblem) in try talk.look() }
        })
    case .drawer:
      guard let wish = mailbox.wishes.take() else { return }
      let opened = result { () throws(TransportProblem) in
        try connected { talk throws(TransportProblem) in try talk.open(wish) }
      }
      if case .failure(let problem) = opened { wish.finish(.refused(problem.trouble)) }
    }
  }

  private func result<Value>(
    _ work: () throws(TransportProblem) -> Value
  ) -> Result<Value, TransportProblem> {
    do { return .success(try work()) } catch { return .failure(error) }
  }

  private func identify() throws(TransportProblem) -> PrinterIdentity {
    if connection?.isGone == true { disconnect() }
    try connect()
    guard let connection else { throw Self.absent("no connection") }
    return connection.identity
  }

  private func examine() throws(TransportProblem) -> [StatusAnswer] {
    _ = try identify()
    guard let conversation else { throw Self.absent("no connection") }
    defer { unfinishedBytes = conversation.unfinishedBytes }
    return try conversation.examine()
  }

  private func deliver(_ slip: Slip) throws(TransportProblem) -> Delivery {
    precondition(!slip.bytes.isEmpty, "a slip has bytes")
    return try connected { talk throws(TransportProblem) in
      try requireSame(slip.printer)
      return try talk.deliver(slip.bytes)
    }
  }

  private func requireSame(_ drawnFor: PrinterIdentity?) throws(TransportProblem) {
    guard let drawnFor, let connection, drawnFor != connection.identity else { return }
    let detail = "the slip was drawn for \(drawnFor), now there is \(connection.identity)"
    throw .notStarted(PrinterTrouble(.unplugged, detail: detail))
  }

  /// A printer found gone before it took a byte is looked for once more.
  private func connected<Value>(
    _ work: (PrinterConversation) throws(TransportProblem) -> Value
  ) throws(TransportProblem) -> Value {
    var wasGone = false
    while true {
      do {
        try connect()
        return try attempt(work)
      } catch .notStarted(let trouble) where trouble.condition == .unplugged && !wasGone {
        wasGone = true
      }
    }
  }

  private func attempt<Value>(
    _ work: (PrinterConversation) throws(TransportProblem) -> Value
  ) throws(TransportProblem) -> Value {
    guard let conversation else { throw Self.absent("no connection") }
    defer { unfinishedBytes = conversation.unfinishedBytes }
    do {
      return try work(conversation)
    } catch {
      switch error.trouble.condition {
      case .unplugged, .stalled, .transferFailed: disconnect()
      default: break
      }
      throw error
    }
  }
}

// MARK: - Finding and opening

extension USBOwner {
  private func connect() throws(TransportProblem) {
    if connection != nil { return }
    do {
      try open(try find())
    } catch .notStarted(let trouble) where Self.canBeStale.contains(trouble.condition) {
      // Without udev, libusb lists what it saw first: only a new session sees a new plug.
      dropContext()
      try open(try find())
    }
  }

  private static let canBeStale: [PrinterCondition?] = [.absent, .unplugged]

  private func find() throws(TransportProblem) -> USBPrinterDevice {
    if context == nil {
      context = USBContext()
      mailbox.setWake(context?.pointer)
    }
    guard let context else { throw Self.absent("no USB on this system") }
    let printers = context.printers(vendorClass: choice.vendorClass)
    guard let found = choice.chosen(from: printers, before: lastPath, identity: Self.identity)
    else { throw lastPath == nil ? Self.absent(missing(printers)) : gone(printers) }
    return found
  }

  private static func identity(_ printer: USBPrinterDevice) -> (USBID, String) {
    (printer.id, printer.path)
  }

  private func open(_ printer: USBPrinterDevice) throws(TransportProblem) {
    guard let context else { throw Self.absent("no USB on this system") }
    let opened = try USBConnection(printer, in: context, abilities, limits)
    connection = opened
    lastPath = printer.path
    conversation = PrinterConversation(
      opened, opened.abilities, limits, unfinishedBytes: unfinishedBytes,
      isStopped: { [mailbox] in mailbox.isClosed }, takeWish: { [mailbox] in mailbox.wishes.take() }
    )
  }

  private func disconnect() {
    if let connection, !connection.isGone { conversation?.takeLeave() }
    conversation = nil
    connection?.close()
    connection = nil
    mailbox.publish(nil)
  }

  private func dropContext() {
    mailbox.setWake(nil)
    context = nil
  }

  private static func absent(_ detail: String) -> TransportProblem {
    .notStarted(PrinterTrouble(.absent, detail: detail))
  }

  private func gone(_ printers: [USBPrinterDevice]) -> TransportProblem {
    let place = lastPath ?? ""
    let trouble = PrinterTrouble(.unplugged, detail: "not at \(place); \(missing(printers))")
    return .notStarted(trouble)
  }

  private func missing(_ printers: [USBPrinterDevice]) -> String {
    guard !printers.isEmpty else { return "no USB printer plugged in" }
    let found = printers.map { "\($0.id) at \($0.path)" }.joined(separator: ", ")
    return "the one set up is not among those found: \(found)"
  }
}
