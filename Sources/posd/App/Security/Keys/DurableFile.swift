import Glibc

/// Small files that are there whole after a power cut, or not at all.
enum DurableFile {
  /// Writes a new file, its owner's only; one that is there already is left alone and refused.
  static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
    let draft = path + ".part"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileProblem("create", draft) }
    do throws(FileProblem) {
      defer { close(descriptor) }
      try write(bytes[...], to: descriptor, path: draft)
      guard fsync(descriptor) == 0 else { throw FileProblem("sync", draft) }
    } catch {
      unlink(draft)
      throw error
    }
    // A link, unlike a rename, never takes the place of another file.
    let isLinked = link(draft, path) == 0
    let fault = errno
    unlink(draft)
    guard isLinked else { throw FileProblem("create", path, errno: fault) }
    try sync(folder: folder(of: path))
  }

  /// Writes all bytes to a descriptor.
  static func write(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String
  ) throws(FileProblem) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileProblem("write", path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes the names in a folder durable.
  static func sync(folder: String) throws(FileProblem) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileProblem("sync", folder) }
  }

  /// The folder a path is in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// A file that could not be worked with, in the system's words.
struct FileProblem: Error, Equatable, CustomStringConvertible {
  let act: String
  let path: String
  let errno: Int32

  init(_ act: String, _ path: String, errno fault: Int32 = Glibc.errno) {
    self.act = act
    self.path = path
    errno = fault
  }

  /// Whether there was no room.
  var isDiskFull: Bool { errno == ENOSPC || errno == EDQUOT }

  var description: String { "cannot \(act) \(path): \(String(cString: strerror(errno)))" }
}
