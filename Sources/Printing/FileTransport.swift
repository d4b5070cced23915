import Glibc

/// A virtual printer: each slip becomes three files in a folder, `.escpos`, `.txt` and `.svg`.
///
/// A file is written beside its place, synced and then moved there, so that what stands in the
/// folder is whole.
public struct FileTransport: Transport {
  private let folder: String

  /// A printer into a folder that exists.
  public init(folder: String) { self.folder = folder }

  public func send(_ slip: Slip) throws(TransportProblem) -> Delivery {
    let isSafe = slip.name.utf8.allSatisfy { byte in
      Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
        || byte == UInt8(ascii: "-")
    }
    precondition(isSafe && !slip.name.isEmpty, "a slip's name is letters, digits and -")
    try write(Array(slip.text.utf8), to: slip.name + ".txt")
    try write(Array(slip.svg.utf8), to: slip.name + ".svg")
    try write(slip.bytes, to: slip.name + ".escpos")
    return .accepted
  }

  private func write(_ bytes: [UInt8], to name: String) throws(TransportProblem) {
    let path = "\(folder)/\(name)"
    let partial = path + ".part"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .notStarted(reason("open", partial)) }
    defer { Glibc.close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .notStarted(reason("write", partial)) }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0, rename(partial, path) == 0 else {
      throw .notStarted(reason("finish", path))
    }
  }

  private func reason(_ act: String, _ path: String) -> String {
    "\(act) \(path): \(String(cString: strerror(errno)))"
  }
}
