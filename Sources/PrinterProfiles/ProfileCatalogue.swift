import CWeb
public import Printing
public import Receipt

/// All printers the program knows: those it was built with, and those of the shop's own folder.
///
/// 1. A profile of the folder replaces a built-in one of the same id.
/// 2. Of the profiles that match a printer, the folder's win; then the strongest match; then the
///    longest model name; then the first id.
/// 3. A bad file is refused whole, with its line: nothing is guessed about a printer.
public struct ProfileCatalogue: Equatable, Sendable {
  /// By id.
  public let printers: [KnownPrinter]
  /// The one every printer gets that nothing is known of.
  private static let fallback = PrinterProfile.generic80

  /// The built-in profiles and these of the shop's own: file names and contents.
  ///
  /// Throws the problem of the first bad file.
  public init(own files: [(name: String, bytes: [UInt8])] = []) throws(ProfileFileProblem) {
    var printers: [String: KnownPrinter] = [:]
    for file in Self.builtIn {
      printers[file.name] = try ProfileFile(name: file.name, bytes: file.bytes).printer()
    }
    for file in files {
      var own = try ProfileFile(name: file.name, bytes: file.bytes).printer()
      own.isOwn = true
      printers[file.name] = own
    }
    self.printers = printers.values.sorted { $0.profile.id < $1.profile.id }
  }

  /// The files the program was built with, as they were then.
  static let builtIn: [(name: String, bytes: [UInt8])] = (0..<CWebProfileCount()).map { index in
    let file = CWebProfileAt(index)
    return (
      String(cString: file.name), Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    )
  }

  /// The profile of this id.
  public subscript(id: String) -> PrinterProfile? {
    printers.first { $0.profile.id == id }?.profile
  }

  /// The profile of a printer; `nil` is one that cannot be asked.
  public func choice(for printer: PrinterIdentity?) -> ProfileChoice {
    let fallback = self[Self.fallback.id] ?? Self.fallback
    guard let printer else { return ProfileChoice(fallback, .cannotTell) }
    let matches = printers.flatMap { known in
      known.matches.filter { $0.holds(of: printer) }.map { (known, $0) }
    }
    let best = matches.enumerated().max { left, right in
      Self.rank(left.element, left.offset) < Self.rank(right.element, right.offset)
    }
    guard let (known, match) = best?.element else {
      return ProfileChoice(fallback, .unknownPrinter)
    }
    return ProfileChoice(known.profile, .matched(match))
  }

  /// The numbers of all models, by which printers are found that do not say they are printers.
  public var usbIDs: Set<USBID> { Set(printers.flatMap { $0.matches.compactMap(\.usbID) }) }

  private static func rank(
    _ found: (printer: KnownPrinter, match: PrinterMatch), _ place: Int
  ) -> (Int, Int, Int, Int) {
    (
      found.printer.isOwn ? 1 : 0, found.match.strength, found.match.model?.count ?? 0, -place
    )
  }
}
