import Logging
import POS
import POSStore
import Printing
import Receipt
import Synchronization

/// Opens drawers of money.
///
/// A drawer opens with the sale or not at all: nothing is queued or tried again, and no answer
/// waits for it.
final class Drawers: Sendable {
  /// A cashier who still waits after this has opened it by key.
  private static let withinMs: Int64 = 1_000

  /// How often each outcome came.
  struct Counts: Equatable, Sendable {
    var sent: Int64 = 0
    var late: Int64 = 0
    var refused: Int64 = 0
  }

  private let store: Store
  private let printers: Printers
  private let logger: Logger
  private let figures = Mutex(Counts())

  init(store: Store, printers: Printers, logger: Logger) {
    self.store = store
    self.printers = printers
    self.logger = logger
  }

  var counts: Counts { figures.withLock { $0 } }

  /// Opens the drawer of a till now or not at all; answers after about a second at the latest.
  @discardableResult
  func kick(_ tillID: TillID) async -> DrawerOutcome {
    await kick { store in try await store.tillSettings(id: tillID) }
  }

  /// Opens the drawer of a session's till; returns at once.
  func kick(of sessionID: TillSessionID) {
    Task { await kick { store in try await store.tillSettings(of: sessionID) } }
  }

  /// Opens the drawer for a sale or return that is on record, if cash moved in it; returns at
  /// once.
  func kick(after stored: StoredSale) {
    guard stored.movesCash, !printers.areNone else { return }
    kick(of: stored.tillSessionID)
  }

  @discardableResult
  private func kick(
    _ find: (Store) async throws -> TillSettings?
  ) async -> DrawerOutcome {
    do {
      guard let till = try await find(store) else { return .notSetUp }
      let outcome = await open(till)
      note(outcome, till)
      return outcome
    } catch {
      logger.error("drawer not opened", metadata: ["error": "\(error)"])
      return .notSetUp
    }
  }

  private func open(_ till: TillSettings) async -> DrawerOutcome {
    let pin = pin(of: till)
    guard pin != .none, let printer = printers.printer(at: till.printer) else {
      return .notSetUp
    }
    return await printer.transport.kicked(pin, withinMs: Self.withinMs)
  }

  /// What the till says, else the printer that was found there.
  private func pin(of till: TillSettings) -> DrawerPin {
    if let pin = till.drawer.flatMap(DrawerPin.init(rawValue:)) { return pin }
    let name = printers.name(of: till.printer)
    return printers.board.entry(name).profile?.drawer ?? .pin2
  }

  private func note(_ outcome: DrawerOutcome, _ till: TillSettings) {
    figures.withLock { figures in
      switch outcome {
      case .sent: figures.sent += 1
      case .late: figures.late += 1
      case .refused: figures.refused += 1
      case .notSetUp: break
      }
    }
    switch outcome {
    case .sent, .notSetUp: break
    case .late:
      logger.warning("drawer not opened: printer busy", metadata: ["till": "\(till.till.name)"])
    case .refused(let trouble):
      logger.warning(
        "drawer not opened", metadata: ["till": "\(till.till.name)", "trouble": "\(trouble)"])
    }
  }
}

extension StoredSale {
  /// Whether money went into the drawer or out of it.
  fileprivate var movesCash: Bool {
    switch self {
    case .sale(let sale): sale.value.payment.tendering.cashGiven != nil
    case .saleReturn(let made): made.value.cashBack != .zero
    }
  }
}
