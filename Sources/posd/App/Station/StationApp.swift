import HTTPTypes
import Logging
import POS
import POSStore
import PrinterProfiles
import Printing
import Receipt
import ServiceLifecycle

/// Puts the parts of a station together: store, staff API, public pages, printing.
struct StationApp {
  let store: Store
  let config: Config
  let hasher: PasswordHasher
  let keys: KeyFile
  var printers: Printers
  var looks = SlipLooks()
  /// What addresses of printers may name; `nil` lets them name anything.
  var profiles: ProfileCatalogue?
  var show: @Sendable (Slip) -> Void = { _ in }
  let clock: Clock
  let logger: Logger
  private let guesses = VoucherGuesses()

  init(
    store: Store, config: Config, hasher: PasswordHasher, keys: KeyFile, printers: Printers,
    clock: Clock, logger: Logger
  ) {
    self.store = store
    self.config = config
    self.hasher = hasher
    self.keys = keys
    self.printers = printers
    self.clock = clock
    self.logger = logger
  }

  /// The daemon's parts; `App.build` adds the listeners.
  func app() -> App {
    let receipts = ReceiptRoom(
      store: store, publicBaseURL: config.publicBaseURL, looks: looks)
    let drawers = Drawers(store: store, printers: printers, logger: logger)
    let notes = ForgottenNotes(
      keyFile: config.keyFile, backupFolder: config.backupFolder, origin: store.origin)
    let terminals = terminalDesk
    let staff = StaffAPI(
      store: store, clock: clock, logIns: LogInCheck(limiter: LogInLimiter(), hasher: hasher),
      publicBaseURL: config.publicBaseURL, printers: printers, drawers: drawers,
      terminals: terminals.board, looks: looks,
      mealBoards: MealBoards(store),
      noteForgotten: { [store] in try notes.write(try store.forgotten()) }, guesses: guesses)
    let desk = StationDesk(store: store, clock: clock, hasher: hasher, profiles: profiles)
    let room = BackupRoom(store: store, keys: keys, dataFolder: config.data, clock: clock)
    let backups = Backups(room: room, keep: config.backupKeep)
    var app = App()
    app.staff = staff.operations
    app.publicPages = PublicPages(store: store, receipts: receipts).operations
    app.admin = admin(desk, staff, receipts, backups)
    app.admin += AdminOperations.terminals(desk) { try await terminals.board.reload() }
    app.admin += AdminOperations.policies(desk)
    app.terminals = terminals
    app.components = Components.all
    app.authenticate = { token in try await staff.authenticate(token) }
    app.checkHealth = { _ = try await store.stations() }
    app.problem = StoreProblems.problem
    app.gauges = { [printers, clock] in
      let counts = drawers.counts
      return room.gauges(nowMs: clock.nowMs) + [
        ("printers_waiting", printers.board.waitingCount), ("drawers_opened", counts.sent),
        ("drawers_late", counts.late), ("drawers_refused", counts.refused),
      ] + terminals.board.gauges
    }
    app.services = services(receipts, room)
    return app
  }

  private var terminalDesk: TerminalDesk {
    TerminalDesk(
      store: store, board: TerminalBoard(store: store), codes: TerminalCodes(keys: keys),
      clock: clock, logger: logger,
      name: { [store] id in try await store.nameToPut(of: id) })
  }

  private func services(
    _ receipts: ReceiptRoom, _ room: BackupRoom
  ) -> [any Service] {
    [
      PrintService(
        store: store, receipts: receipts, printers: printers, clock: clock, show: show,
        logger: logger),
      ReliefCalendar(store: store, guesses: guesses, clock: clock, logger: logger),
      BackgroundVerification(folder: config.data, logger: logger),
      BackupService(
        room: room, folder: config.backupFolder, time: config.backupAt, keep: config.backupKeep,
        clock: clock, logger: logger),
    ]
  }

  /// What the command line of the daemon's own user may ask.
  private func admin(
    _ desk: StationDesk, _ staff: StaffAPI, _ receipts: ReceiptRoom, _ backups: Backups
  ) -> [Operation] {
    [
      AdminOperations.importProducts { csv in try await desk.importProducts(csv) },
      AdminOperations.importBeneficiaries { csv, source, district in
        try await desk.importBeneficiaries(csv, source: source, district: district)
      },
      AdminOperations.addUser { request in
        .json(try await desk.addUser(request.json), status: .created)
      },
      AdminOperations.listUsers { try await desk.listUsers() },
      AdminOperations.changeUser { json in
        staff.identities.forget(try await desk.changeUser(json))
      },
      AdminOperations.backUp { request in await backups.make(request) },
      AdminOperations.printTest { opensDrawer in try await testPrint(opensDrawer) },
      AdminOperations.addTill { request in
        .json(try await desk.addTill(request.json), status: .created)
      },
      AdminOperations.importVouchers { json in try await desk.importVouchers(json) },
      AdminOperations.voucherCodes { json in try await desk.voucherCodes(json) },
      AdminOperations.closeDay { json in try await desk.closeDay(json, drawnBy: receipts) },
      AdminOperations.listTills { try await desk.listTills() },
      AdminOperations.setTill { request in .json(try await desk.setTill(request.json)) },
    ]
  }

  /// A test page on the daemon's printer.
  private func testPrint(_ opensDrawer: Bool) async throws -> JSON {
    guard let printer = printers.usual else { return .members(["failure": "no printer is set up"]) }
    let address = config.printer?.description ?? config.printFolder ?? "receipts"
    do {
      let test = TestPrint(
        printer: printer, address: address, opensDrawer: opensDrawer, glyphs: looks.glyphs)
      return .members(["lines": .array(try await test.run().map(JSON.string))])
    } catch let problem as TransportProblem {
      return .members(["failure": .string(problem.sentences)])
    }
  }
}

/// The full proof of the books, once after each start, beside the work.
struct BackgroundVerification: Service {
  let folder: String
  let logger: Logger

  func run() async throws {
    let task = Task.detached(priority: .background) { [folder, logger] in
      do {
        let summary = try Verifier(folder: folder).verify { _, _ in try Task.checkCancellation() }
        logger.info("books verified", metadata: ["records": "\(summary.records)"])
      } catch is CancellationError {
        logger.info("verification of the books broken off by the end of the daemon")
      } catch {
        logger.error("books do not verify: run posd verify", metadata: ["error": "\(error)"])
      }
    }
    await withGracefulShutdownHandler {
      await task.value
    } onGracefulShutdown: {
      task.cancel()
    }
    try await gracefulShutdown()
  }
}
