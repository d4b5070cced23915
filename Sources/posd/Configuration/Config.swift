import Logging

/// Every setting of the program, read once and checked whole.
///
/// An argument beats the environment (`POSD_…`), which beats the file (`--config`), which beats
/// the default. `Setting` lists the names.
struct Config: Sendable {
  /// The data folder.
  let data: String
  /// The station's keys; never in the data folder.
  let keyFile: String
  /// Where the daily backup goes; `nil` makes none.
  let backupFolder: String?
  let backupAt: BackupTime
  let backupKeep: BackupKeep
  /// Where staff pages and the API are served.
  let listen: ListenAddress
  /// Where receipts are served to anyone; `nil` is nowhere.
  let publicListen: ListenAddress?
  /// Where meal terminals send what they see; `nil` is nowhere.
  let terminalListen: ListenAddress?
  /// What receipt links begin with, without a slash at the end; `nil` prints no links.
  let publicBaseURL: String?
  /// What the staff and public listeners encrypt with; `nil` serves unencrypted.
  let certificate: CertificateFiles?
  /// Whether to serve beyond this machine without encryption.
  let allowInsecureLAN: Bool
  /// Further names the staff listener answers to.
  let allowedHosts: Set<String>
  let stationName: String
  let stationNameEn: String
  /// Where a virtual printer puts slips as files; `nil` is no printer.
  let printFolder: String?
  /// The receipt printer; `nil` is none.
  let printer: PrinterAddress?
  /// The id of the profile that every printer has, whatever it says it is; `nil` lets it say.
  let printerProfile: String?
  /// A folder of printer profiles of the shop's own.
  let printerProfiles: String?
  /// Seconds for which a slip under way is waited for without a byte taken.
  let printerPatience: Int
  /// A Portable Bitmap for the top of receipts; `nil` is none.
  let logo: String?
  /// The font file that draws rare characters; `nil` looks where distributions put one.
  let glyphFont: String?
  let logLevel: Logger.Level
  /// Requests a second of one address; 0 is no limit.
  let requestsPerSecond: Int
  let requestBurst: Int
  /// A file that stands in for the wall clock, in a folder of example data only; `nil` is the clock.
  let testClock: String?
}

/// A setting that cannot be used, with what to do about it.
struct ConfigProblem: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  init(_ setting: Setting, _ fault: String) {
    self.init("setting \"\(setting.rawValue)\" (\(setting.environmentName)): \(fault)")
  }
}
