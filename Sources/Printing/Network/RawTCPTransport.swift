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
    return try connected { try $0.deliver(slip.bytes) }
  }

  /// What the printer says, over a connection of its own.
  public func examine() throws -> [StatusAnswer] { try connected { try $0.examine() } }

  private func connected<Value>(_ work: (PrinterConversation) throws -> Value) throws -> Value {
    try lock.held {
      let connection = try TCPConnection(host: host, port: port, limits)
      defer { connection.close() }
      let conversation = PrinterConversation(
        connection, abilities, limits, unfinishedBytes: unfinishedBytes, isStopped: { false })
      defer { unfinishedBytes = conversation.unfinishedBytes }
      return try work(conversation)
    }
  }
}
