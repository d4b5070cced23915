public import Receipt

/// A network printer that takes raw bytes on a TCP port, by custom 9100.
///
/// Each slip has a connection of its own, because such printers serve one host at a time.
///
/// Unchecked because its variable is used only while the lock is held.
public final class RawTCPTransport: Transport, @unchecked Sendable {
  private let host: String
  private let port: UInt16
  private let abilities: PrinterAbilities
  private let limits: PrintingLimits
  private let lock = ThreadLock()
  private let wishes = DrawerWishes()
  private var unfinishedBytes = 0

  /// A printer at a name or address; nothing is sent before the first slip.
  public init(
    host: String, port: UInt16 = 9100, abilities: PrinterAbilities = PrinterAbilities(),
    limits: PrintingLimits = PrintingLimits()
  ) {
    self.host = host
    self.port = port
    self.abilities = abilities
    self.limits = limits
  }

  /// Sends one slip after the other; blocks for as long as it takes.
  public func send(_ slip: Slip) throws -> Delivery {
    precondition(!slip.bytes.isEmpty, "a slip has bytes")
    return try lock.held { try talk { try $0.deliver(slip.bytes) } }
  }

  /// What the printer says, over a connection of its own.
  public func examine() throws -> [StatusAnswer] {
    try lock.held { try talk { try $0.examine() } }
  }

  /// Connects, asks and hangs up; blocks for a few seconds at most.
  public func look() throws { try lock.held { try talk { try $0.look() } } }

  /// Over a connection of its own, or at the end of a running slip.
  public func kick(_ pin: DrawerPin, withinMs: Int64) -> DrawerOutcome {
    guard let wish = DrawerWish(pin, withinMs: withinMs) else { return .notSetUp }
    wishes.add(wish)
    while true {
      lock.heldIfFree { openNow() }
      if let outcome = wish.outcome(limitMs: 20) { return outcome }
    }
  }

  private func openNow() {
    guard let wish = wishes.take() else { return }
    do {
      try talk { try $0.open(wish) }
    } catch let problem as TransportProblem {
      wish.finish(.refused(problem.trouble))
    } catch {
      wish.finish(.refused(PrinterTrouble(nil, detail: "\(error)")))
    }
  }

  /// One connection; the lock is held.
  private func talk<Value>(_ work: (PrinterConversation) throws -> Value) throws -> Value {
    let connection = try TCPConnection(host: host, port: port, limits)
    defer { connection.close() }
    let conversation = PrinterConversation(
      connection, abilities, limits, unfinishedBytes: unfinishedBytes, isStopped: { false },
      takeWish: { [wishes] in wishes.take() })
    defer { unfinishedBytes = conversation.unfinishedBytes }
    return try work(conversation)
  }
}
