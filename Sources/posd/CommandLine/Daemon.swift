import FoundationEssentials
import Glibc
import Logging
import POS
import POSStore
import PrinterProfiles
import Printing
import ServiceLifecycle

/// The steps from settings to a running daemon, shared by `serve` and `demo`.
struct Daemon {
  /// What the daemon is run for.
  enum Purpose {
    /// A real station.
    case station
    /// Example data and a virtual printer, in a folder of its own.
    case demo(hasMeals: Bool)

    var isDemo: Bool {
      if case .demo = self { true } else { false }
    }

    /// What a new folder begins with.
    var firstPolicy: CharityPolicy {
      if case .demo(hasMeals: true) = self { DemoMeals.policy } else { .erqi }
    }
  }

  let config: Config
  let purpose: Purpose

  /// Serves until SIGTERM or SIGINT.
  ///
  /// Throws `FolderProblem` if another process is using the folder, `StoreProblem` if its database
  /// cannot be served, `KeyFileProblem` if its keys are not there.
  func run() async throws {
    ProcessSetup.apply()
    try FileManager.default.createDirectory(
      atPath: config.data, withIntermediateDirectories: true)
    let profiles = try ProfileChooser(config)
    let looks = try SlipLooks(config, profile: profiles.forced)
    let certificate = try config.certificate.map(ServerCertificate.init)
    let lock = try FolderLock(folder: config.data)
    let level = config.logLevel
    LoggingSystem.bootstrap { label in KeyValueLogHandler(label: label, logLevel: level) }
    let logger = Logger(label: "posd")
    logger.info("starting", metadata: ["version": "\(Version.text)", "data": "\(config.data)"])
    looks.report(logger)
    let clock = try clock(logger)
    let store = try Store(folder: config.data)
    var station = try await stationApp(store, profiles, clock, logger)
    station.looks = looks
    station.profiles = profiles.catalogue
    var app = station.app()
    app.certificate = certificate
    try await app.terminals?.board.reload()
    if purpose.isDemo, let terminals = app.terminals,
      terminals.board.terminal(DemoTerminal.serial) != nil
    {
      let port = DemoTerminal.Port()
      app.onTerminalPort = { port.set($0) }
      app.services.append(
        DemoTerminal(
          port: port, early: DemoMeals.early, live: DemoMeals.live, clock: clock, logger: logger))
    }
    try await app.build(config, logger: logger).run()
    try store.close()
    logger.info("stopped")
    withExtendedLifetime(lock) {}
  }

  /// The wall clock, or the file of a test; never the file where real records are kept.
  private func clock(_ logger: Logger) throws -> Clock {
    guard let file = config.testClock else { return Clock() }
    guard purpose.isDemo || DemoStation.isDemo(folder: config.data) else {
      throw ConfigProblem(
        .testClock, "\(config.data) holds no example data: a real station keeps real time")
    }
    logger.warning(
      "THE CLOCK IS A TEST FILE: every time on record is made up", metadata: ["file": "\(file)"])
    return Clock(testFile: file)
  }

  private func stationApp(
    _ store: Store, _ profiles: ProfileChooser, _ clock: Clock, _ logger: Logger
  ) async throws -> StationApp {
    let hasher = try PasswordHasher()
    let desk = StationDesk(store: store, clock: clock, hasher: hasher)
    try await desk.setUpIfNew(
      stationName: config.stationName, stationNameEn: config.stationNameEn,
      policy: purpose.firstPolicy)
    let keys = try await StationKeys.open(config.keyFile, for: store, clock: desk.clock)
    try noteForgotten(of: store, logger)
    var station = StationApp(
      store: store, config: config, hasher: hasher, keys: keys,
      printers: try printers(profiles), clock: clock, logger: logger)
    switch purpose {
    case .station:
      if try await !store.hasUsers() {
        logger.warning("nobody can log in yet: posd user add")
      }
    case .demo(let hasMeals):
      station.show = { slip in Console.output(slip.text) }
      let demo = DemoStation(desk: desk, folder: config.data, hasMeals: hasMeals)
      for line in try await demo.prepare() {
        Console.error(line)
      }
    }
    return station
  }

  /// Notes anew who was forgotten, in case the last run ended between commit and note.
  private func noteForgotten(of store: Store, _ logger: Logger) throws {
    let notes = ForgottenNotes(
      keyFile: config.keyFile, backupFolder: config.backupFolder, origin: store.origin)
    let ids = try store.forgotten()
    do throws(FileProblem) {
      try notes.write(ids)
    } catch {
      // Selling goes on without; the next backup notes it too.
      logger.error("who was forgotten is not noted", metadata: ["error": "\(error)"])
    }
  }

  /// The printer of the settings, and the ways to those that tills have of their own.
  private func printers(_ profiles: ProfileChooser) throws -> Printers {
    Printers(
      usual: try usualPrinter(profiles), usualAddress: config.printer,
      open: { [limits = config.printingLimits] address in
        PrinterAddress(address).flatMap { StationPrinter($0, profiles, limits: limits) }
      })
  }

  private func usualPrinter(_ profiles: ProfileChooser) throws -> StationPrinter? {
    if let printer = config.printer {
      return StationPrinter(printer, profiles, limits: config.printingLimits)
    }
    let folder =
      switch purpose {
      case .station: config.printFolder
      case .demo: config.printFolder ?? config.data + "/receipts"
      }
    return try folder.map { StationPrinter(files: try virtualPrinter($0), profiles) }
  }

  private func virtualPrinter(_ folder: String) throws -> FileTransport {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    Console.error("receipts appear in \(folder)")
    return FileTransport(folder: folder)
  }
}
