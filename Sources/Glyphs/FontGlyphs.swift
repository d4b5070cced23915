public import Receipt
internal import Synchronization

/// Characters drawn from a font file with FreeType, in black and white, for printers that lack
/// them. The last ones drawn are kept.
public final class FontGlyphs: GlyphSource {
  /// Hanzi of names that most printers lack, one of each kind: in no two-byte set, in extension A,
  /// in the second plane. A font without them is of no use here.
  public static let rareHanzi = "䶮㐂𠮷"

  /// Where distributions put fonts with rare hanzi, the best first: Debian, Fedora, Arch, openSUSE.
  public static let usualPaths = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-mono-cjk-vf-fonts/NotoSansMonoCJK-VF.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf",
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
  ]

  /// The file it reads.
  public let path: String
  /// The font's family.
  public let name: String

  private let state: Mutex<State>

  private struct State {
    let face: FontFace
    var drawn: [Key: Bitmap?] = [:]
  }

  private struct Key: Hashable {
    let character: Character
    let cell: GlyphCell
  }

  /// More than a day's rare characters in all sizes; 2 MB.
  private static let cacheLimit = 10_000

  /// Opens a font file. Throws `FontProblem` in the order of its cases.
  public init(path: String) throws(FontProblem) {
    let face = try FontFace(path: path)
    self.path = path
    name = face.name
    state = Mutex(State(face: face))
  }

  /// The first font of these paths that can be used; `nil` if there is none.
  public static func first(of paths: [String] = usualPaths) -> FontGlyphs? {
    for path in paths {
      do throws(FontProblem) {
        return try FontGlyphs(path: path)
      } catch {
        continue
      }
    }
    return nil
  }

  /// The picture of a character; `nil` if the font lacks it.
  public func glyph(of character: Character, in cell: GlyphCell) -> Bitmap? {
    guard cell.widthDots > 0, cell.emDots > 0 else { return nil }
    return state.withLock { state -> Bitmap? in
      let key = Key(character: character, cell: cell)
      if let known = state.drawn[key] { return known }
      let scalars = Array(character.unicodeScalars).filter {
        !$0.properties.isDefaultIgnorableCodePoint
      }
      let bitmap = state.face.glyph(of: scalars, in: cell)
      if state.drawn.count >= Self.cacheLimit { state.drawn.removeAll() }
      state.drawn[key] = .some(bitmap)
      return bitmap
    }
  }
}

/// Why a font file cannot draw rare characters.
public enum FontProblem: Error, Equatable, CustomStringConvertible {
  /// FreeType does not start: memory is out.
  case noLibrary
  /// The file is missing, may not be read or is no font.
  case unreadable(String)
  /// None of its faces has all of `FontGlyphs.rareHanzi`.
  case lacksRareHanzi(String)

  /// A sentence for the administrator.
  public var description: String {
    switch self {
    case .noLibrary: "FreeType does not start"
    case .unreadable(let path): "\(path) is missing, may not be read, or is no font"
    case .lacksRareHanzi(let path):
      "\(path) lacks rare hanzi (\(FontGlyphs.rareHanzi)): use the package fonts-noto-cjk"
    }
  }
}
