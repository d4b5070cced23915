import FoundationEssentials
import Glibc
import POS

/// Why a command could not do its work, in a sentence for the person at the terminal.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The file a command was given.
enum CommandFile {
  /// All bytes of a file; `-` is standard input.
  static func bytes(_ path: String) throws -> [UInt8] {
    if path == "-" { return try standardInput() }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw CommandFailure("cannot read \(path)")
    }
  }

  /// The file as JSON of our dialect.
  static func json(_ path: String) throws -> JSON {
    let bytes = try bytes(path)
    do throws(JSONProblem) {
      return try JSON(parsing: bytes)
    } catch {
      throw CommandFailure("\(path) is not JSON: \(error)")
    }
  }

  private static func standardInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw CommandFailure("cannot read standard input") }
      if count == 0 { return bytes }
      bytes += part[..<count]
    }
  }
}
