import FoundationEssentials

/// Why a command could not do its work, in a sentence for the person at the terminal.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The file a command was given.
enum CommandFile {
  /// All bytes of a file; `-` is standard input.
  static func bytes(_ path: String) throws -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(filePath: path == "-" ? "/dev/stdin" : path)))
    } catch {
      throw CommandFailure("cannot read \(path)")
    }
  }
}
