import Glibc

/// Standard output for much text: written in large parts, and a failure ends the command, so that
/// a file that was cut short is never taken for whole.
final class ExportOutput {
  private static let portion = 1 << 16

  private var bytes: [UInt8] = []

  func write(_ text: String) throws {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= Self.portion { try flush() }
  }

  func write(_ more: [UInt8]) throws {
    bytes.append(contentsOf: more)
    if bytes.count >= Self.portion { try flush() }
  }

  /// Writes what is left.
  func finish() throws { try flush() }

  private func flush() throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw CommandFailure("cannot write the export: \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(count)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
