import GRDB

/// The database could not do its work: nothing was acknowledged, nothing is half done.
public enum StoreFailure: Error, CustomStringConvertible {
  /// No room on the disk; reading goes on, and writing as soon as there is room again.
  case diskFull(String)
  case failed(String)

  /// The failure behind a database error.
  init(_ error: DatabaseError) {
    let text = "\(error.extendedResultCode.rawValue) \(error.message ?? "")"
    self = error.resultCode == .SQLITE_FULL ? .diskFull(text) : .failed(text)
  }

  public var description: String {
    switch self {
    case .diskFull(let text): "disk full: \(text)"
    case .failed(let text): "database: \(text)"
    }
  }
}
