import FoundationEssentials
import POS

/// The public key as text that `posd keys public` writes and `posd verify --key` reads.
enum PublicKeyText {
  /// PEM, then the fingerprint in groups.
  static func text(of key: VerifyingKey) -> String {
    "\(key.pem)\nfingerprint: \(key.groupedFingerprint)"
  }

  /// The key in a PEM file (RFC 8410), or in one of plain base64; `nil` if there is none.
  static func key(in text: String) -> VerifyingKey? {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
    for line in lines where !line.hasPrefix("-") {
      guard let bytes = Data(base64Encoded: String(line)) else { continue }
      // The last 32 bytes of SubjectPublicKeyInfo are the key; alone they are the key as well.
      guard bytes.count == 44 || bytes.count == 32 else { continue }
      if let key = VerifyingKey(Array(bytes.suffix(32))), bytes.count == 32 || isOwn(key, line) {
        return key
      }
    }
    return nil
  }

  private static func isOwn(_ key: VerifyingKey, _ line: some StringProtocol) -> Bool {
    key.pem.split(separator: "\n").contains { $0 == line }
  }
}
