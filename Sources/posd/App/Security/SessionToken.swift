import Crypto
import FoundationEssentials

/// The SHA-256 of a session token: all the store knows of it.
struct TokenHash: Hashable, Sendable {
  let bytes: [UInt8]
}

/// A new session's secret: 32 random bytes, written in base64url, given out once.
struct SessionToken: Sendable {
  private static let count = 43

  let text: String

  /// A token from the system's random source.
  init() {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    text = String(
      Data(bytes).base64EncodedString().compactMap { character in
        switch character {
        case "+": "-"
        case "/": "_"
        case "=": nil
        default: character
        }
      })
  }

  /// What the store keeps.
  var hash: TokenHash { Self.hash(of: text) }

  /// The hash of the token in an `Authorization` header; `nil` if it holds none of our form.
  static func hash(authorization header: String) -> TokenHash? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count == count,
      parts[1].utf8.allSatisfy(isDigit)
    else { return nil }
    return hash(of: parts[1])
  }

  private static func hash(of text: some StringProtocol) -> TokenHash {
    TokenHash(bytes: Array(SHA256.hash(data: Array(text.utf8))))
  }

  /// Whether a byte is a digit of base64url.
  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
