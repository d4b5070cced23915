public import Crypto
import FoundationEssentials

/// The keys of personal data, all made from one secret of 32 bytes that is kept outside the data
/// folder (`KeyFile.Use.personal`).
///
/// 1. Each use has a key of its own: HKDF-SHA256 (RFC 5869) of the secret, without salt, with the
///    use's label as `info`. So what one key tells opens nothing of another.
/// 2. What is found by equality (identity numbers, phones, voucher codes) is kept as HMAC-SHA256
///    under such a key: without the secret nobody can try all numbers against a stolen file.
/// 3. What is read again is sealed by AES-256-GCM under the key of its person, and that key is
///    wrapped by the secret's. Destroying the wrapped key forgets the person.
/// 4. Nothing here is random: new keys and nonces are arguments. A nonce is used once.
public struct PersonalKeys: Sendable {
  /// Bytes of the secret and of each key.
  public static let keyBytes = 32

  private let master: SymmetricKey
  private let identityKey: SymmetricKey
  private let codeKey: SymmetricKey
  private let codeHashKey: SymmetricKey
  private let wrappingKey: SymmetricKey

  /// The keys of a secret; `nil` unless it has 32 bytes.
  public init?(secret: [UInt8]) {
    guard secret.count == Self.keyBytes else { return nil }
    master = SymmetricKey(data: secret)
    identityKey = Self.subkey(of: master, "identity number")
    codeKey = Self.subkey(of: master, "voucher code")
    codeHashKey = Self.subkey(of: master, "voucher code hash")
    wrappingKey = Self.subkey(of: master, "person key")
  }

  private static func subkey(of master: SymmetricKey, _ label: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: master, info: Array("posd \(label) 1".utf8), outputByteCount: keyBytes)
  }

  /// What is kept of an identity number in place of it, 32 bytes.
  ///
  /// - Parameter number: 18 characters, its check character in upper case.
  public func identityHash(_ number: String) -> [UInt8] { Self.mac(number, identityKey) }

  /// What is kept of a text that is looked for by equality, 32 bytes.
  ///
  /// - Parameter label: what the text is (`phone`): the same text under two labels has two hashes.
  public func indexHash(_ text: String, label: String) -> [UInt8] {
    Self.mac(text, Self.subkey(of: master, "index \(label)"))
  }

  /// What is kept of a voucher's code, 32 bytes; codes are given without groups, in upper case.
  public func codeHash(_ code: String) -> [UInt8] { Self.mac(code, codeHashKey) }

  /// 32 bytes that nobody can guess, always the same for one id: what a voucher's code is made from.
  public func codeBytes<Subject>(for id: Identifier<Subject>) -> [UInt8] {
    Self.mac(id.text, codeKey)
  }

  /// The key of a person as the database keeps it: nonce, ciphertext, tag; 60 bytes.
  ///
  /// - Parameter id: the person's; a wrapped key opens for no other.
  public func wrapped<Subject>(
    _ key: PersonKey, for id: Identifier<Subject>, nonce: AES.GCM.Nonce
  ) -> [UInt8] {
    key.bytes { sealed(Array($0), under: wrappingKey, context: id.text, nonce: nonce) }
  }

  /// The key that was wrapped; `nil` if it was wrapped by another secret, for another person, or
  /// was changed.
  public func unwrapped<Subject>(
    _ bytes: some Sequence<UInt8>, for id: Identifier<Subject>
  ) -> PersonKey? {
    opened(Array(bytes), under: wrappingKey, context: id.text).flatMap(PersonKey.init)
  }

  private static func mac(_ text: String, _ key: SymmetricKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
  }
}

/// The key of one person: seals all that is kept of them, and dies with them.
public struct PersonKey: Sendable {
  private let key: SymmetricKey

  /// A key of random bytes; `nil` unless there are 32.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == PersonalKeys.keyBytes else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// Bytes as the database keeps them: nonce (12), ciphertext, tag (16).
  ///
  /// - Parameter context: what the bytes are (`person`, `source` and its id…): what was sealed for
  ///   one place does not open at another.
  public func seal(_ bytes: [UInt8], context: String, nonce: AES.GCM.Nonce) -> [UInt8] {
    sealed(bytes, under: key, context: context, nonce: nonce)
  }

  /// What was sealed; `nil` if it was with another key, for another place, or was changed.
  public func open(_ bytes: some Sequence<UInt8>, context: String) -> [UInt8]? {
    opened(Array(bytes), under: key, context: context)
  }

  /// A hash of content that only this key makes: after its destruction no guess can be tried.
  public func hash(of content: [UInt8], label: String) -> [UInt8] {
    let subkey = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Array("posd \(label) 1".utf8),
      outputByteCount: PersonalKeys.keyBytes)
    return Array(HMAC<SHA256>.authenticationCode(for: content, using: subkey))
  }

  fileprivate func bytes(_ use: (UnsafeRawBufferPointer) -> [UInt8]) -> [UInt8] {
    key.withUnsafeBytes(use)
  }
}

private func sealed(
  _ bytes: [UInt8], under key: SymmetricKey, context: String, nonce: AES.GCM.Nonce
) -> [UInt8] {
  let box = try? AES.GCM.seal(
    bytes, using: key, nonce: nonce, authenticating: Array(context.utf8))
  guard let combined = box?.combined else {
    preconditionFailure("AES-GCM seals any bytes under a key of 32")
  }
  return Array(combined)
}

private func opened(_ bytes: [UInt8], under key: SymmetricKey, context: String) -> [UInt8]? {
  guard let box = try? AES.GCM.SealedBox(combined: bytes),
    let plain = try? AES.GCM.open(box, using: key, authenticating: Array(context.utf8))
  else { return nil }
  return Array(plain)
}
