/// By which names a listener answers, against pages that point their own name at this machine
/// (DNS rebinding).
enum HostPolicy: Sendable {
  /// Bound to loopback: its three usual names and these.
  case loopback(names: Set<String>)
  /// Bound beyond: any address written in digits, `localhost`, and these names.
  case addresses(names: Set<String>)
  /// Nothing to protect.
  case any

  /// Whether a request with this `Host` is served; a missing one never is, but for `any`.
  func allows(_ authority: String?) -> Bool {
    if case .any = self { return true }
    guard let host = authority.flatMap(Self.host(of:)) else { return false }
    let isUsual = ["localhost", "127.0.0.1", "[::1]"].contains(host)
    return switch self {
    case .loopback(let names): isUsual || names.contains(host)
    case .addresses(let names): isUsual || names.contains(host) || Self.isAddress(host)
    case .any: true
    }
  }

  /// The host of `host:port` in lower case; `nil` if the port is no number.
  private static func host(of authority: String) -> String? {
    let text = authority.lowercased()
    let end =
      text.hasPrefix("[")
      ? text.firstIndex(of: "]").map(text.index(after:)) ?? text.endIndex
      : text.firstIndex(of: ":") ?? text.endIndex
    let port = text[end...]
    let isPort = port.isEmpty || (port.first == ":" && port.dropFirst().allSatisfy(\.isNumber))
    return isPort ? String(text[..<end]) : nil
  }

  /// A browser never takes these for a name, so no one can point them elsewhere.
  private static func isAddress(_ host: String) -> Bool {
    host.hasPrefix("[") || host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
  }
}
