import Crypto
import FoundationEssentials
import POS

/// Secrets between a terminal and the daemon, where its protocol has one.
enum TerminalSecret {
  /// What is kept of a shared secret.
  static func hash(of secret: String, for id: TerminalID) -> [UInt8] {
    Array(SHA256.hash(data: Array("posd terminal secret\n\(id.text)\n\(secret)".utf8)))
  }

  /// The secret in a header `Authorization: Basic …`: the password.
  static func password(inAuthorization header: String?) -> String? {
    guard let header, header.utf8.count <= 1024, header.lowercased().hasPrefix("basic "),
      let data = Data(base64Encoded: String(header.dropFirst(6))),
      let text = String(validating: data, as: UTF8.self),
      let colon = text.firstIndex(of: ":")
    else { return nil }
    return String(text[text.index(after: colon)...])
  }

  /// The 32 digits of MD5 that a security terminal sends as its token.
  static func token(of bytes: [UInt8]) -> String { hexText(Insecure.MD5.hash(data: bytes)) }
}

/// Makes the codes of security terminals from the station's keys: the same after each start, so
/// that a terminal need not register again.
struct TerminalCodes: Sendable {
  private let key: SymmetricKey

  init(keys: KeyFile) {
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: keys[.personal]),
      info: Array("posd terminal codes".utf8), outputByteCount: 32)
  }

  /// 32 letters and digits for a use and a terminal.
  func code(_ use: String, of serial: String) -> String {
    let text = Array("\(use)\n\(serial)".utf8)
    let mac = HMAC<SHA256>.authenticationCode(for: text, using: key)
    return String(hexText(mac).prefix(32))
  }
}
