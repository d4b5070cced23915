import Glibc

/// The sole right to write in a data folder, held until it is released or the process ends.
///
/// An advisory `flock` on `posd.lock`: the system lets go of it however the process dies, so that
/// no stale lock is left after a power cut.
final class FolderLock: Sendable {
  static let fileName = "posd.lock"

  private let descriptor: Int32

  /// Takes the lock of an existing folder.
  ///
  /// Throws `FolderProblem`: `cannotOpen`, `inUse`.
  init(folder: String) throws(FolderProblem) {
    let path = "\(folder)/\(Self.fileName)"
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .inUse(folder: folder)
    }
    self.descriptor = descriptor
  }

  /// Gives the folder free.
  deinit { close(descriptor) }
}

/// Why a data folder cannot be written.
enum FolderProblem: Error, CustomStringConvertible {
  case cannotOpen(path: String, errno: Int32)
  case inUse(folder: String)
  case socketPathTooLong(path: String)

  var description: String {
    switch self {
    case .cannotOpen(let path, let errno):
      "cannot open \(path): \(String(cString: strerror(errno)))"
    case .inUse(let folder): "another posd is using \(folder)"
    case .socketPathTooLong(let path):
      "\(path) is too long for a socket (\(AdminSocket.longestPath) bytes): "
        + "choose a data folder with a shorter path"
    }
  }
}

/// How a command may write in a data folder.
enum FolderAccess {
  /// The folder is ours: open the store and write.
  case direct(FolderLock)
  /// A daemon is running: ask it.
  case daemon(AdminClient)

  /// Takes the lock; where a daemon has it and answers, speaks to the daemon.
  ///
  /// Throws `FolderProblem`.
  static func open(_ folder: String) throws -> FolderAccess {
    do throws(FolderProblem) {
      return .direct(try FolderLock(folder: folder))
    } catch {
      guard case .inUse = error, let client = try? AdminClient(folder: folder),
        client.isAnswered
      else { throw error }
      return .daemon(client)
    }
  }
}
