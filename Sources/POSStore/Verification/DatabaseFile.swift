import FoundationEssentials

/// How a database is opened that must not be changed.
struct DatabaseFile {
  /// What SQLite is to open.
  let path: String

  /// The database of a data folder, or a database file itself.
  ///
  /// A copy on a disk that cannot be written has no room for the shared memory that SQLite wants
  /// beside a database in WAL mode; without a WAL it is opened as a file that nobody changes.
  init(at path: String) {
    var isFolder = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let file = isFolder ? path + "/" + Store.fileName : path
    let hasWAL = ["-wal", "-shm"].contains { FileManager.default.fileExists(atPath: file + $0) }
    let folder = isFolder ? path : URL(filePath: file).deletingLastPathComponent().path
    if hasWAL || FileManager.default.isWritableFile(atPath: folder) {
      self.path = file
    } else {
      self.path = URL(filePath: file).absoluteString + "?immutable=1"
    }
  }
}
