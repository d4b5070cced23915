import NIOCore

/// Where a client is, as far as limits care: an IPv4 address, the /64 of an IPv6 one (one
/// household or shop has all of a /64), or this machine's command line.
struct RemoteAddress: Hashable, Sendable, CustomStringConvertible {
  /// The bytes that count, in host order.
  private let bits: UInt64
  private let family: Family

  private enum Family: UInt8 {
    case none
    case v4
    case v6
  }

  init(_ address: SocketAddress?) {
    switch address {
    case .v4(let v4):
      family = .v4
      // sockaddr_in of ip(7): two bytes of family, two of port, four of address.
      bits = withUnsafeBytes(of: v4.address) { $0[4..<8].reduce(0) { $0 << 8 | UInt64($1) } }
    case .v6(let v6):
      // sockaddr_in6 of ipv6(7): family, port, four bytes of flow, sixteen of address.
      let bytes = withUnsafeBytes(of: v6.address) { Array($0[8..<24]) }
      let isMapped = bytes.prefix(12).elementsEqual(Self.mappedPrefix)
      family = isMapped ? .v4 : .v6
      bits = (isMapped ? bytes[12...] : bytes[..<8]).reduce(0) { $0 << 8 | UInt64($1) }
    case .unixDomainSocket, nil:
      family = .none
      bits = 0
    }
  }

  /// `::ffff:0:0/96`, IPv4 within IPv6.
  private static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

  var description: String {
    switch family {
    case .none: "local"
    case .v4: (0..<4).map { String(bits >> (24 - 8 * $0) & 0xFF) }.joined(separator: ".")
    case .v6:
      (0..<4).map { String(bits >> (48 - 16 * $0) & 0xFFFF, radix: 16) }.joined(separator: ":")
        + "::/64"
    }
  }
}
