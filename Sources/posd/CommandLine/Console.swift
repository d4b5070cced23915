import Glibc

/// The program's only ways to write to a person or a pipe.
enum Console {
  /// Writes a line of a command's result.
  static func output(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

  /// Writes a line of news or of what went wrong.
  static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  /// Puts a line in place of the last one of this kind; an empty one takes it away.
  static func progress(_ line: String) { write("\r\u{1B}[K" + line, to: STDERR_FILENO) }

  /// Writes the text by as few system calls as the system allows, so that lines stay whole; a
  /// closed pipe is not our concern.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
