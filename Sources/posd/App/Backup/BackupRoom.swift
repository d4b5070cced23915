import FoundationEssentials
import Glibc
import POS
import POSStore
import Synchronization

/// Makes backups of one station, one at a time.
///
/// 1. A copy of one moment is made in the data folder while sales go on, and checked.
/// 2. It is encrypted into a hidden file in the target folder, synced, read back from the disk and
///    compared; only then it gets its name. So what has a name is whole.
/// 3. Nothing older is touched before the new one is there.
final class BackupRoom: Sendable {
  /// The copy in the clear, in the data folder; one that is left over is removed by the next run.
  static let copyName = "posd.sqlite.backup"
  /// What the shop needs to go on selling while a copy lies on its disk.
  private static let reserve: Int64 = 64 << 20

  /// A backup that was made.
  struct Made: Sendable {
    let name: BackupName
    let path: String
    let bytes: Int64
    /// The names of older ones that were removed.
    let removed: [String]
  }

  /// What `/metrics` shows.
  struct Status: Sendable {
    var lastAtMs: Int64?
    var lastBytes: Int64 = 0
    var failures: Int64 = 0
  }

  private struct State {
    var isRunning = false
    var isStopped = false
    var status = Status()
  }

  private let store: Store
  private let keys: KeyFile
  private let dataFolder: String
  private let clock: Clock
  private let state = Mutex(State())

  init(store: Store, keys: KeyFile, dataFolder: String, clock: Clock) {
    self.store = store
    self.keys = keys
    self.dataFolder = dataFolder
    self.clock = clock
  }

  var status: Status { state.withLock { $0.status } }

  /// Figures for `/metrics`: age and size of the last backup, and how many failed since the start.
  func gauges(nowMs: Int64) -> [(name: String, value: Int64)] {
    let status = status
    var gauges = [(name: "backup_failures", value: status.failures)]
    if let lastAtMs = status.lastAtMs {
      gauges.append(("backup_age_seconds", max(0, nowMs - lastAtMs) / 1000))
      gauges.append(("backup_bytes", status.lastBytes))
    }
    return gauges
  }

  /// Breaks off what runs, as soon as it can.
  func stop() { state.withLock { $0.isStopped = true } }

  /// Makes a backup into a folder that is there, then removes what need not be kept.
  ///
  /// Throws `BackupProblem`, `FileProblem`, `StoreFailure`.
  func backUp(to folder: String, keep: BackupKeep?) async throws -> Made {
    let isFree = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning
    }
    guard isFree else { throw BackupProblem.isRunning }
    defer { state.withLock { $0.isRunning = false } }
    do {
      let made = try await QuietThread.run { try self.make(in: folder, keep: keep) }
      state.withLock { state in
        state.status.lastAtMs = made.name.atMs
        state.status.lastBytes = made.bytes
      }
      return made
    } catch {
      state.withLock { $0.status.failures += 1 }
      throw error
    }
  }

  /// The backups of this station in a folder, and takes the newest for the status.
  func known(in folder: String) -> [BackupName] {
    let names = BackupFolder(folder).names(of: store.origin)
    if let newest = names.max(by: { $0.atMs < $1.atMs }) {
      let bytes = (try? OpenFile.size(of: folder + "/" + newest.text)) ?? 0
      state.withLock { state in
        guard state.status.lastAtMs ?? 0 < newest.atMs else { return }
        state.status.lastAtMs = newest.atMs
        state.status.lastBytes = bytes
      }
    }
    return names
  }

  private func make(in folder: String, keep: BackupKeep?) throws -> Made {
    let place = BackupFolder(folder)
    try place.prepare(for: store.origin)
    let copy = dataFolder + "/" + Self.copyName
    for leftover in [copy, copy + "-wal", copy + "-shm", copy + "-journal"] { unlink(leftover) }
    let bytes = try store.bytes()
    try Self.require(bytes + Self.reserve, in: dataFolder)
    try Self.require(bytes + bytes >> 6 + 1 << 20, in: folder)
    defer { unlink(copy) }
    let facts = try copied(to: copy)
    let header = BackupHeader(facts, keys: keys)
    let name = BackupName(header)
    let path = try place.write(name) { draft in
      let written = try BackupFile.encrypt(copy, to: draft, header, keys: keys) {
        try checkStopped()
      }
      guard try BackupFile.contentHash(draft, keys: keys) == written else {
        throw BackupProblem.notAsWritten(path: draft)
      }
    }
    try ForgottenNotes.write(
      try store.forgotten(), to: ForgottenNotes.path(in: folder, origin: store.origin))
    let removed = try keep.map { try place.remove($0.superfluous(place.names(of: store.origin))) }
    return Made(
      name: name, path: path, bytes: try OpenFile.size(of: path), removed: removed ?? [])
  }

  private func copied(to path: String) throws -> StoreCopyFacts {
    let atMs = clock.nowMs
    var steps = 0
    // Synced bit by bit: one large sync at the end would make a sale's own sync wait behind it.
    let copy = try store.copy(to: path) { [self] in
      try checkStopped()
      steps += 1
      if steps.isMultiple(of: 8) { try OpenFile.sync(path) }
    }
    return StoreCopyFacts(origin: copy.origin, head: copy.head, atMs: atMs)
  }

  private func checkStopped() throws {
    guard !state.withLock({ $0.isStopped }) else { throw BackupProblem.stopped }
  }

  private static func require(_ bytes: Int64, in folder: String) throws {
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { throw FileProblem("look at", folder) }
    let free = Int64(clamping: facts.f_bavail) * Int64(clamping: facts.f_frsize)
    guard free >= bytes else {
      throw BackupProblem.noRoom(path: folder, needed: bytes, free: free)
    }
  }
}

extension OpenFile {
  /// The bytes of a file.
  static func size(of path: String) throws(FileProblem) -> Int64 {
    var facts = stat()
    guard stat(path, &facts) == 0 else { throw FileProblem("look at", path) }
    return Int64(facts.st_size)
  }

  /// Makes what others wrote to a file durable.
  static func sync(_ path: String) throws(FileProblem) { try OpenFile(reading: path).sync() }
}
