import FoundationEssentials
import Glibc
import POS
import POSStore

/// Makes a data folder from a backup file.
///
/// 1. Only into a folder that is new or empty; what was decrypted gets the database's name when
///    everything is proven, so a restore that is broken off leaves no station.
/// 2. The books are verified before anything is written to them.
/// 3. A series later than every known one is opened, and noted beside the backup first.
struct Restore {
  private static let workName = "restoring"

  let backup: String
  let folder: String
  let keys: KeyFile
  let clock: Clock
  /// The newest receipt on paper, if one is at hand.
  let receipt: CheckCode?
  /// Where the keys are, with the note of who was forgotten beside them.
  let keyFile: String
  /// A series to be opened at least; `nil` trusts what is known beside the backup.
  let series: Int64?

  /// What was restored.
  struct Done {
    let summary: VerifiedSummary
    let backupAtMs: Int64
    let head: JournalHead
    /// Where the books went on.
    let opened: JournalHead
    /// What the receipt in hand says of sales that are lost.
    let news: [String]
    /// How many people were forgotten again.
    let forgottenCount: Int
  }

  /// Does it all; `progress` tells a person what goes on.
  func run(_ progress: @Sendable (String) -> Void) async throws -> Done {
    try requireEmpty()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lock = try FolderLock(folder: folder)
    defer { withExtendedLifetime(lock) {} }
    let work = folder + "/" + Self.workName
    try? FileManager.default.removeItem(atPath: work)
    try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: work) }
    let database = work + "/" + Store.fileName
    progress("decrypting \(backup)")
    let header = try decrypt(to: database)
    let store = try Store(folder: work)
    guard try store.verifyingKey == keys.publicKey, store.origin == header.origin else {
      throw CommandFailure("the keys do not fit the station in \(backup)")
    }
    progress("verifying the books")
    let summary = try Verifier(folder: work).verify(
      trusted: [], workers: ProcessInfo.processInfo.activeProcessorCount)
    let news = try await told(by: store, header)
    let opened = try await openSeries(in: store, header)
    let forgottenCount = try await forgetAgain(in: store)
    try store.closeWhole()
    try await finish(database, opened)
    return Done(
      summary: summary, backupAtMs: header.atMs, head: header.head, opened: opened, news: news,
      forgottenCount: forgottenCount)
  }

  private func requireEmpty() throws {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let others = files.filter { ![Self.workName, FolderLock.fileName].contains($0) }
    guard others.isEmpty else {
      throw CommandFailure("\(folder) is not empty: restore into a new folder")
    }
  }

  private func decrypt(to path: String) throws -> BackupHeader {
    let output = try OpenFile(creating: path)
    return try BackupFile.decrypt(backup, keys: keys) { try output.write(Array($0)) }
  }

  private func openSeries(in store: Store, _ header: BackupHeader) async throws -> JournalHead {
    let place = BackupFolder(DurableFile.folder(of: backup))
    let end = try await store.journalHead()
    let known = max(
      end.epoch, header.head.epoch, place.latestSeries(of: header.origin), receipt?.epoch ?? 0)
    if let series, series <= known {
      throw CommandFailure("series \(known) is known to be used: --series must be above it")
    }
    let epoch = series ?? known + 1
    do throws(FileProblem) {
      try place.noteSeries(epoch, of: header.origin)
    } catch {
      guard series != nil else {
        throw CommandFailure(
          """
          cannot note the new series beside the backup: \(error). Look at the newest receipts of \
          this station: the number before the first dash of the journal code is their series. \
          Give one above the highest: --series \(epoch)
          """)
      }
    }
    try await store.sign(with: keys.signer, atMs: clock.nowMs)
    store.keepPeople(with: keys.personal)
    return try await store.openSeries(
      epoch, backupHash: try BackupFile.fileHash(backup), backupAtMs: header.atMs,
      atMs: clock.nowMs)
  }

  /// Forgets those whom the backup still knows and the notes say were forgotten since.
  private func forgetAgain(in store: Store) async throws -> Int {
    let places = [
      ForgottenNotes.path(besideKeys: keyFile),
      ForgottenNotes.path(in: DurableFile.folder(of: backup), origin: store.origin),
    ]
    let ids = places.reduce(into: Set()) { $0.formUnion(ForgottenNotes.read($1)) }
    guard !ids.isEmpty else { return 0 }
    try ForgottenNotes.write(Array(ids), to: places[0])
    return try await store.forgetAgain(
      ids.sorted { $0.text < $1.text }, atMs: clock.nowMs)
  }

  /// What the receipt in hand proves: that its record is in the backup, or that it is lost.
  private func told(by store: Store, _ header: BackupHeader) async throws -> [String] {
    guard let receipt else { return [] }
    let code = "\(receipt.epoch)-\(receipt.sequence)"
    if (receipt.epoch, receipt.sequence) > (header.head.epoch, header.head.sequence) {
      return [
        "record \(code) is on paper but not in this backup: what came after "
          + "\(header.head.place) is lost"
      ]
    }
    guard try await store.has(checkCode: receipt) else {
      throw CommandFailure("record \(code) of this backup is not the one on the receipt")
    }
    return ["record \(code) of the receipt is in this backup"]
  }

  /// The database gets its name, and is looked at once more where it is.
  private func finish(_ database: String, _ opened: JournalHead) async throws {
    try OpenFile.sync(database)
    guard rename(database, folder + "/" + Store.fileName) == 0 else {
      throw FileProblem("rename", database)
    }
    try DurableFile.sync(folder: folder)
    let store = try Store(folder: folder)
    let end = try await store.journalHead()
    try store.closeWhole()
    guard end.epoch == opened.epoch else {
      throw CommandFailure("\(folder) does not have the new series: do not use it")
    }
  }
}
