public import Printing
public import Receipt

/// The profile of one printer, and why it is this.
public struct ProfileChoice: Equatable, Sendable {
  /// Why a profile was chosen.
  public enum Reason: Equatable, Sendable {
    /// A setting names it.
    case forced
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
    case .matched(let match): match.description
    case .unknownPrinter: "no profile knows this printer: the one for any printer"
    case .cannotTell: "it cannot be asked what it is: the one for any printer"
    }
  }
}

/// Chooses the profile of each printer: the one that a setting names, else by what it says it is.
public struct ProfileChooser: Equatable, Sendable {
  public let catalogue: ProfileCatalogue
  /// The one a setting names.
  public let forced: PrinterProfile?

  public init(_ catalogue: ProfileCatalogue, forced: PrinterProfile? = nil) {
    self.catalogue = catalogue
    self.forced = forced
  }

  /// The profile of a printer; `nil` is one that cannot be asked.
  public func choice(for printer: PrinterIdentity?) -> ProfileChoice {
    forced.map { ProfileChoice($0, .forced) } ?? catalogue.choice(for: printer)
  }
}
