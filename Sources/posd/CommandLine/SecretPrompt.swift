import Glibc

/// Asks for a password without showing it.
enum SecretPrompt {
  /// A usable password from the terminal, or from a line of standard input.
  static func ask(_ what: String) throws -> String {
    let isTerminal = isatty(STDIN_FILENO) == 1
    if isTerminal { Console.error("\(what) (not shown):") }
    let line = isTerminal ? withoutEcho { readLine() } : readLine()
    guard let line, PasswordHasher.isUsable(line) else {
      throw CommandFailure("\(what): 1…\(PasswordHasher.maximumBytes) bytes are needed")
    }
    return line
  }

  private static func withoutEcho<Value>(_ act: () -> Value) -> Value {
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) }
    return act()
  }
}
