import FoundationEssentials
import Glyphs
import Logging
import Receipt

/// What a station adds to the look of its slips: a logo, and a font for rare characters.
struct SlipLooks: Sendable {
  /// Printed at the top of receipts; `nil` for none.
  var logo: Bitmap?
  /// Draws what a printer lacks; `nil` prints `〓`.
  var glyphs: (any GlyphSource)?

  /// No logo and no font.
  init() {}

  /// Reads the files of the settings. Throws a `ConfigProblem` for a logo that cannot be printed,
  /// then for a font that cannot be used.
  init(_ config: Config, profile: PrinterProfile?) throws {
    if let path = config.logo { logo = try Self.logo(path, profile) }
    do throws(FontProblem) {
      glyphs = try config.glyphFont.map(FontGlyphs.init(path:)) ?? FontGlyphs.first()
    } catch {
      throw ConfigProblem(.glyphFont, error.description)
    }
  }

  /// Says at the start what names will look like.
  func report(_ logger: Logger) {
    if let font = glyphs as? FontGlyphs {
      logger.info("rare characters are drawn", metadata: ["font": "\(font.path)"])
    } else {
      logger.warning(
        "no font for rare characters: they print as 〓. Install fonts-noto-cjk or set glyphFont")
    }
  }

  private static func logo(_ path: String, _ profile: PrinterProfile?) throws -> Bitmap {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
    guard size ?? 0 <= UInt64(Bitmap.fileSizeLimit) else {
      throw ConfigProblem(.logo, "\(path) is larger than \(Bitmap.fileSizeLimit) bytes")
    }
    guard let file = try? Data(contentsOf: URL(filePath: path)) else {
      throw ConfigProblem(.logo, "cannot read \(path)")
    }
    let logo: Bitmap
    do throws(PBMFault) {
      logo = try Bitmap(pbm: Array(file))
    } catch {
      throw ConfigProblem(.logo, "\(path) \(error.sentence)")
    }
    guard let profile, logo.widthDots > profile.paper.widthDots else { return logo }
    throw ConfigProblem(
      .logo,
      "\(path) is \(logo.widthDots) dots wide; the printer (\(profile.id)) has "
        + "\(profile.paper.widthDots)")
  }
}

extension PBMFault {
  /// What is wrong, behind the name of the file.
  fileprivate var sentence: String {
    switch self {
    case .notPBM: "is no Portable Bitmap: it must begin with P4 or P1"
    case .badSize: "does not say its width and height"
    case .tooLarge(let width, let height):
      "has \(width) × \(height) dots; at most \(Bitmap.widthLimit) × \(Bitmap.heightLimit) "
        + "can be printed"
    case .tooShort: "ends before its last row"
    case .badDot: "has something other than 0 and 1 among its dots"
    }
  }
}
