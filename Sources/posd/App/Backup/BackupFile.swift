import Crypto
import FoundationEssentials
import Glibc

/// Writes and reads whole backup files; blocks its thread.
enum BackupFile {
  /// Bytes between two syncs: short enough that a sale's own sync does not wait behind much.
  private static let bytesPerSync = 8 << 20

  /// Encrypts a file into a new one and syncs it; the SHA-256 of what was encrypted.
  static func encrypt(
    _ source: String, to target: String, _ header: BackupHeader, keys: KeyFile,
    afterChunk: () throws -> Void
  ) throws -> [UInt8] {
    let input = try OpenFile(reading: source)
    let output = try OpenFile(creating: target)
    let cipher = BackupCipher(header, keys: keys)
    var digest = SHA256()
    try output.write(header.bytes)
    var chunk = try input.read(BackupCipher.chunkBytes)
    var index: UInt64 = 0
    var unsynced = 0
    while true {
      let next = try input.read(BackupCipher.chunkBytes)
      digest.update(data: chunk)
      let sealed = try cipher.sealed(chunk, index: index, isLast: next.isEmpty)
      try output.write(Array(sealed))
      unsynced += sealed.count
      if unsynced >= bytesPerSync {
        try output.sync()
        unsynced = 0
      }
      if next.isEmpty { break }
      try afterChunk()
      chunk = next
      index += 1
    }
    try output.sync()
    output.forgetCache()
    return Array(digest.finalize())
  }

  /// The header of a backup file.
  static func header(of path: String) throws -> BackupHeader {
    try header(try OpenFile(reading: path), path)
  }

  /// Opens a backup and hands out its content piece by piece.
  ///
  /// Throws `BackupProblem`: `notABackup`, `otherKey`, `damaged`; what `take` throws.
  static func decrypt(
    _ path: String, keys: KeyFile, take: (Data) throws -> Void
  ) throws -> BackupHeader {
    let input = try OpenFile(reading: path)
    let header = try Self.header(input, path)
    guard header.keyID == keys.backupKeyID else { throw BackupProblem.otherKey(path: path) }
    let cipher = BackupCipher(header, keys: keys)
    let length = BackupCipher.chunkBytes + BackupCipher.tagBytes
    var sealed = try input.read(length)
    var index: UInt64 = 0
    while true {
      let next = try input.read(length)
      let chunk: Data
      do {
        chunk = try cipher.opened(sealed, index: index, isLast: next.isEmpty)
      } catch {
        throw BackupProblem.damaged(path: path, mebibyte: index + 1)
      }
      try take(chunk)
      if next.isEmpty { return header }
      sealed = next
      index += 1
    }
  }

  /// The SHA-256 of what is in a backup, if every chunk opens.
  static func contentHash(_ path: String, keys: KeyFile) throws -> [UInt8] {
    var digest = SHA256()
    _ = try decrypt(path, keys: keys) { digest.update(data: $0) }
    return Array(digest.finalize())
  }

  /// The SHA-256 of a file as it is.
  static func fileHash(_ path: String) throws -> [UInt8] {
    let input = try OpenFile(reading: path)
    var digest = SHA256()
    while true {
      let part = try input.read(BackupCipher.chunkBytes)
      if part.isEmpty { return Array(digest.finalize()) }
      digest.update(data: part)
    }
  }

  private static func header(_ input: OpenFile, _ path: String) throws -> BackupHeader {
    let start = try input.read(BackupHeader.magic.count + 4)
    let count = start.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    guard start.count == BackupHeader.magic.count + 4, start.starts(with: BackupHeader.magic),
      (1...BackupHeader.largest).contains(count)
    else { throw BackupProblem.notABackup(path: path) }
    let json = try input.read(count)
    guard json.count == count, let header = BackupHeader(json: Array(json)),
      header.bytes == Array(start + json)
    else { throw BackupProblem.notABackup(path: path) }
    return header
  }
}

/// An open file; closed when it is let go.
final class OpenFile {
  private let path: String
  private let descriptor: Int32

  /// Opens a file to be read.
  init(reading path: String) throws(FileProblem) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem("open", path) }
  }

  /// Makes a new file, its owner's only.
  init(creating path: String) throws(FileProblem) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileProblem("create", path) }
  }

  deinit { close(descriptor) }

  /// The next bytes; fewer only at the end.
  func read(_ count: Int) throws(FileProblem) -> Data {
    var data = Data(count: count)
    var done = 0
    while done < count {
      let got = data.withUnsafeMutableBytes { space in
        Glibc.read(descriptor, space.baseAddress.map { $0 + done }, count - done)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileProblem("read", path) }
      if got == 0 { break }
      done += got
    }
    return data.prefix(done)
  }

  /// Writes all bytes.
  func write(_ bytes: [UInt8]) throws(FileProblem) {
    try DurableFile.write(bytes[...], to: descriptor, path: path)
  }

  /// Makes what was written durable.
  func sync() throws(FileProblem) {
    guard fdatasync(descriptor) == 0 else { throw FileProblem("sync", path) }
  }

  /// Lets the next reader see the disk, not the memory.
  func forgetCache() { posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }
}

/// Why a backup cannot be made or used.
enum BackupProblem: Error, CustomStringConvertible {
  case notABackup(path: String)
  case otherKey(path: String)
  case damaged(path: String, mebibyte: UInt64)
  case notAsWritten(path: String)
  case noFolder(path: String)
  case noRoom(path: String, needed: Int64, free: Int64)
  case isRunning
  case stopped
  case noTarget

  var description: String {
    switch self {
    case .notABackup(let path): "\(path) is no backup of posd, or its head is damaged"
    case .otherKey(let path):
      "\(path) was made with another backup key: use the key file or recovery sheet of its station"
    case .damaged(let path, let mebibyte):
      "\(path) is damaged, cut or changed at mebibyte \(mebibyte): use another backup"
    case .notAsWritten(let path): "\(path) does not read as it was written: test that disk"
    case .noFolder(let path): "there is no folder \(path): is the disk plugged in and mounted?"
    case .noRoom(let path, let needed, let free):
      "not enough room in \(path): \(needed >> 20) MiB needed, \(free >> 20) MiB free"
    case .isRunning: "another backup is being made"
    case .stopped: "posd is stopping"
    case .noTarget: "no folder given: --to FOLDER, or the setting backupFolder"
    }
  }
}
