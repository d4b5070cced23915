/// What a model can say about itself; a part of its profile.
public struct PrinterAbilities: Equatable, Sendable {
  /// It answers `DLE EOT n` and `GS a 255`; a model that prints them as text must say no.
  public var answersStatus: Bool
  /// It answers `GS ( H` when what came before is printed (newer Epson models).
  public var confirmsPrinting: Bool
  /// It has an IN endpoint worth reading; what it sends is ignored otherwise.
  public var hasInput: Bool
  /// Its GET_PORT_STATUS tells the truth; many cheap models always say "ready", which does no
  /// harm, but one that always says "no paper" must say no here.
  public var reportsPort: Bool

  public init(
    answersStatus: Bool = true, confirmsPrinting: Bool = false, hasInput: Bool = true,
    reportsPort: Bool = true
  ) {
    self.answersStatus = answersStatus
    self.confirmsPrinting = confirmsPrinting
    self.hasInput = hasInput
    self.reportsPort = reportsPort
  }
}
