/// The Unix socket by which command lines reach the running daemon of a data folder.
///
/// Whoever can open it may do everything, so it is made under a umask that leaves it to the
/// daemon's own user (`ProcessSetup`); there is no log-in. What a killed daemon left is removed by
/// the next one, which holds the folder's lock.
enum AdminSocket {
  static let fileName = "posd.sock"
  /// `sun_path` of unix(7), with its closing NUL.
  static let longestPath = 107

  /// The socket's path; throws if the system cannot take it.
  static func path(in folder: String) throws(FolderProblem) -> String {
    let path = "\(folder)/\(fileName)"
    guard path.utf8.count <= longestPath else { throw .socketPathTooLong(path: path) }
    return path
  }
}
