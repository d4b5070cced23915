public import Printing
public import Receipt

/// The profile of one printer, and why it is this.
public struct ProfileChoice: Equatable, Sendable {
  /// Why a profile was chosen.
  public enum Reason: Equatable, Sendable {
    /// A setting names it.
    case forced
    /// The address of the printer names it.
    case address
    /// What the printer says of itself.
    case matched(PrinterMatch)
    /// Nothing is known of this printer.
    case unknownPrinter
    /// There is no way to ask: a network printer, a file.
    case cannotTell
  }

  public let profile: PrinterProfile
  public let reason: Reason

  public init(_ profile: PrinterProfile, _ reason: Reason) {
    self.profile = profile
    self.reason = reason
  }
}

extension ProfileChoice.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .forced: "forced by the setting printerProfile"
    case .address: "named by the printer's address"
    case .matched(let match): match.description
    case .unknownPrinter: "no profile knows this printer: the one for any printer"
    case .cannotTell: "it cannot be asked what it is: the one for any printer"
    }
  }
}

/// Chooses the profile of each printer: the one that its address names, else the one that a
/// setting does, else by what it says it is.
public struct ProfileChooser: Equatable, Sendable {
  public let catalogue: ProfileCatalogue
  /// The one a setting or the printer's address names.
  public let forced: PrinterProfile?
  private let forcedBy: ProfileChoice.Reason

  public init(_ catalogue: ProfileCatalogue, forced: PrinterProfile? = nil) {
    self.init(catalogue, forced: forced, by: .forced)
  }

  private init(
    _ catalogue: ProfileCatalogue, forced: PrinterProfile?, by reason: ProfileChoice.Reason
  ) {
    self.catalogue = catalogue
    self.forced = forced
    forcedBy = reason
  }

  /// The same for a printer whose address names a profile; `nil` if there is no such profile.
  public func named(_ id: String?) -> ProfileChooser? {
    guard let id else { return self }
    return catalogue[id].map { ProfileChooser(catalogue, forced: $0, by: .address) }
  }

  /// The profile of a printer; `nil` is one that cannot be asked.
  public func choice(for printer: PrinterIdentity?) -> ProfileChoice {
    forced.map { ProfileChoice($0, forcedBy) } ?? catalogue.choice(for: printer)
  }
}
