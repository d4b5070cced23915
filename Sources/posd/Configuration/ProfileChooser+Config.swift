import FoundationEssentials
import PrinterProfiles
import Receipt

extension ProfileChooser {
  /// The profiles as the settings have them.
  ///
  /// Throws `ConfigProblem` if the folder cannot be read, a file of it is bad, or the profile named
  /// is none of them.
  init(_ config: Config) throws {
    let catalogue = try Self.catalogue(config.printerProfiles)
    guard let id = config.printerProfile else {
      self.init(catalogue)
      return
    }
    guard let forced = catalogue[id] else {
      let ids = catalogue.printers.map(\.profile.id).joined(separator: ", ")
      throw ConfigProblem(.printerProfile, "there is no profile \"\(id)\"; these are: \(ids)")
    }
    self.init(catalogue, forced: forced)
  }

  private static func catalogue(_ folder: String?) throws -> ProfileCatalogue {
    do {
      return try ProfileCatalogue(own: folder.map(files) ?? [])
    } catch let problem as ProfileFileProblem {
      throw ConfigProblem(.printerProfiles, "\(problem)")
    }
  }

  private static func files(of folder: String) throws -> [(name: String, bytes: [UInt8])] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return try names.filter { $0.hasSuffix(".yml") }.sorted().map { name in
        (name, Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
      }
    } catch {
      throw ConfigProblem(.printerProfiles, "cannot read the folder \(folder) and its .yml files")
    }
  }
}
