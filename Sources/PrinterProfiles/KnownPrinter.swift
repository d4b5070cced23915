public import Receipt

/// A profile and the printers that have it: one file.
public struct KnownPrinter: Equatable, Sendable {
  public var profile: PrinterProfile
  /// Any of them; none for a profile that is only chosen by a person.
  public var matches: [PrinterMatch]
  /// Whether it is of the shop's own folder.
  public var isOwn: Bool

  init(_ profile: PrinterProfile, matches: [PrinterMatch], isOwn: Bool) {
    self.profile = profile
    self.matches = matches
    self.isOwn = isOwn
  }
}
