import FoundationEssentials
import Glibc
import POS
import POSStore

/// The ids of everyone who was forgotten, in small files outside the data folder, so that a restore
/// of an older backup forgets them again.
///
/// They are random ids and say nothing of anyone. There is one file beside the key file, which
/// every restore needs, and one in each folder of backups. Each write joins what is there with what
/// the database has; nothing is ever taken out.
struct ForgottenNotes: Sendable {
  private static let title = "posd forgotten 1"

  private let paths: [String]

  /// The files for a station.
  init(keyFile: String, backupFolder: String?, origin: String) {
    paths =
      [Self.path(besideKeys: keyFile)]
      + (backupFolder.map { [Self.path(in: $0, origin: origin)] } ?? [])
  }

  static func path(besideKeys keyFile: String) -> String { keyFile + ".forgotten" }

  static func path(in backupFolder: String, origin: String) -> String {
    "\(backupFolder)/posd-\(origin.prefix(8))-forgotten"
  }

  /// Writes to every place that can be written.
  ///
  /// Throws `FileProblem` if there is none.
  func write(_ ids: [Identifier<Store>]) throws(FileProblem) {
    guard !ids.isEmpty else { return }
    var problem: FileProblem?
    var isKept = false
    for path in paths {
      do throws(FileProblem) {
        try Self.write(ids, to: path)
        isKept = true
      } catch {
        // A stick that is not plugged in gets its note with the next backup.
        problem = error
      }
    }
    if let problem, !isKept { throw problem }
  }

  /// Joins ids to a file.
  static func write(_ ids: [Identifier<Store>], to path: String) throws(FileProblem) {
    let known = read(path)
    let all = known.union(ids)
    guard all.count > known.count else { return }
    let lines = [title] + all.map(\.text).sorted()
    let draft = path + ".new"
    unlink(draft)
    try DurableFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: draft)
    guard rename(draft, path) == 0 else { throw FileProblem("rename", draft) }
    try DurableFile.sync(folder: DurableFile.folder(of: path))
  }

  /// The ids in a file; none if there is no such file.
  static func read(_ path: String) -> Set<Identifier<Store>> {
    guard let bytes = FileManager.default.contents(atPath: path),
      let text = String(validating: bytes, as: UTF8.self), text.hasPrefix(title)
    else { return [] }
    return Set(text.split(separator: "\n").compactMap { Identifier<Store>(String($0)) })
  }
}
