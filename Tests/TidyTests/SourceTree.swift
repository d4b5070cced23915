import Foundation

/// The project's files, as the tidy tests read them.
enum SourceTree {
  /// The root of the project.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Files under a folder with this ending, as paths from the root, sorted.
  static func files(under folder: String, ending: String) -> [String] {
    let base = root.appending(path: folder).path
    let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(ending) && !$0.contains("/.") && !$0.hasPrefix(".") }
      .map { "\(folder)/\($0)" }.sorted()
  }

  static let swiftFiles =
    files(under: "Sources", ending: ".swift") + files(under: "Tests", ending: ".swift")

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func lines(_ path: String) throws -> [Substring] {
    try text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }
}
