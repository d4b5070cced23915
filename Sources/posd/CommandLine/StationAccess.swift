import FoundationEssentials
import POSStore

/// How a command reaches a station: through the daemon that runs it, or its files directly.
enum StationAccess {
  case daemon(AdminClient)
  case direct(StationDesk, FolderLock)

  /// Opens a data folder, making and setting up a new one.
  ///
  /// Throws `FolderProblem`, `StoreProblem`, `KeyFileProblem`.
  static func open(_ config: Config) async throws -> StationAccess {
    ProcessSetup.apply()
    try FileManager.default.createDirectory(
      atPath: config.data, withIntermediateDirectories: true)
    switch try FolderAccess.open(config.data) {
    case .daemon(let client): return .daemon(client)
    case .direct(let lock):
      let desk = StationDesk(
        store: try Store(folder: config.data), clock: Clock(), hasher: try PasswordHasher())
      try await desk.setUpIfNew(
        stationName: config.stationName, stationNameEn: config.stationNameEn)
      _ = try await StationKeys.open(config.keyFile, for: desk.store, clock: desk.clock)
      return .direct(desk, lock)
    }
  }

  /// Does the work the way that is open; refusals become sentences for the terminal.
  func perform<Value>(
    daemon: (AdminClient) throws -> Value, direct: (StationDesk) async throws -> Value
  ) async throws -> Value {
    switch self {
    case .daemon(let client): return try daemon(client)
    case .direct(let desk, let lock):
      defer { withExtendedLifetime(lock) {} }
      do {
        let value = try await direct(desk)
        try desk.store.close()
        return value
      } catch {
        guard let problem = error as? Problem ?? StoreProblems.problem(error) else { throw error }
        throw CommandFailure("\(problem.sentence) \(problem.valuesText)")
      }
    }
  }
}
