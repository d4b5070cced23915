import FoundationEssentials
import Glibc
import POS

/// A folder of backups, of one or several stations.
struct BackupFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// The backups of a station.
  func names(of origin: String) -> [BackupName] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return files.compactMap { BackupName($0) }.filter { $0.station == origin.prefix(8) }
  }

  /// Makes sure that the folder is there, and removes what a broken-off run of this station left.
  func prepare(for origin: String) throws {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      throw BackupProblem.noFolder(path: path)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
    for file in files where file.hasPrefix(".posd-\(origin.prefix(8))-") && file.hasSuffix(".part")
    { unlink(path + "/" + file) }
  }

  /// Writes a file under a hidden name, and gives it its own when it is whole; its path.
  ///
  /// A name says record and second: a later backup of the same ones takes the place of the earlier.
  func write(_ name: BackupName, _ write: (_ draft: String) throws -> Void) throws -> String {
    let draft = "\(path)/.\(name.text).part"
    let target = path + "/" + name.text
    do {
      try write(draft)
      guard rename(draft, target) == 0 else { throw FileProblem("rename", draft) }
    } catch {
      unlink(draft)
      throw error
    }
    try DurableFile.sync(folder: path)
    return target
  }

  /// Removes backups; their names.
  func remove(_ names: [BackupName]) throws -> [String] {
    for name in names {
      guard unlink(path + "/" + name.text) == 0 else { throw FileProblem("remove", name.text) }
    }
    return names.map(\.text)
  }

  /// The latest series that the backups of a station here, or notes of restores, know of.
  func latestSeries(of origin: String) -> Int64 {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let noted = files.compactMap { file -> Int64? in
      let start = Self.note(origin, "")
      return file.hasPrefix(start) ? Int64(file.dropFirst(start.count)) : nil
    }
    return max(names(of: origin).map(\.epoch).max() ?? 0, noted.max() ?? 0)
  }

  /// Notes beside the backups that a restore opens a series, so that the next one opens another,
  /// also from the same backup.
  func noteSeries(_ epoch: Int64, of origin: String) throws(FileProblem) {
    try DurableFile.write(
      Array("posd restore opened series \(epoch)\n".utf8),
      to: path + "/" + Self.note(origin, "\(epoch)"))
  }

  private static func note(_ origin: String, _ epoch: String) -> String {
    "posd-\(origin.prefix(8))-series-\(epoch)"
  }
}
