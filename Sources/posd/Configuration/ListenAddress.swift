import NIOCore

/// An address and port to listen on.
struct ListenAddress: Equatable, Sendable {
  /// Digits, without brackets.
  let host: String
  let port: Int

  /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`; port 0 takes any free one.
  ///
  /// `nil` for a name other than `localhost`: what it means may change.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    if host == "localhost" { host = "127.0.0.1" }
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    guard (try? SocketAddress(ipAddress: host, port: Int(port))) != nil else { return nil }
    self.host = host
    self.port = Int(port)
  }

  /// Whether only this machine reaches it.
  var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

  /// The URL of a listener at this address, on the port it got.
  func url(port: Int, isEncrypted: Bool = false) -> String {
    "\(isEncrypted ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
