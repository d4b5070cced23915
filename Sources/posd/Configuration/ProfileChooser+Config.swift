import FoundationEssentials
import PrinterProfiles
import Receipt

extension ProfileChooser {
  /// The profiles as the settings have them.
  ///
  /// Throws `ConfigProblem` if the folder cannot be read, a file of it is bad, or a profile named
  /// is none of them.
  init(_ config: Config) throws {
    let catalogue = try Self.catalogue(config.printerProfiles)
    if let id = config.printer?.profile { _ = try Self.profile(id, of: catalogue, .printer) }
    self.init(
      catalogue,
      forced: try config.printerProfile.map { id in
        try Self.profile(id, of: catalogue, .printerProfile)
      })
  }

  private static func profile(
    _ id: String, of catalogue: ProfileCatalogue, _ setting: Setting
  ) throws -> PrinterProfile {
    guard let profile = catalogue[id] else {
      throw ConfigProblem(setting, "there is no profile \"\(id)\"; these are: \(catalogue.ids)")
    }
    return profile
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

extension ProfileCatalogue {
  /// The ids of all profiles, for sentences.
  var ids: String { printers.map(\.profile.id).joined(separator: ", ") }
}
