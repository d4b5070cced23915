import Crypto
import FoundationEssentials

/// The public half of a station's signing key: Ed25519 (RFC 8032).
public struct VerifyingKey: Hashable, Sendable {
  /// 32 bytes, as RFC 8032 writes them.
  public let bytes: [UInt8]

  /// `nil` unless there are 32 bytes.
  public init?(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    guard self.bytes.count == 32 else { return nil }
  }

  /// What is written on paper: the first 32 hexadecimal digits of the SHA-256 of the key.
  public var fingerprint: String { String(hexText(SHA256.hash(data: bytes)).prefix(32)) }

  /// The fingerprint in groups of four, for reading.
  public var groupedFingerprint: String {
    stride(from: 0, to: 32, by: 4).map { start in
      String(fingerprint.dropFirst(start).prefix(4))
    }.joined(separator: " ")
  }

  /// Whether a signature of 64 bytes over a message is of this key.
  public func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }

  /// The key as PEM (RFC 8410), for other programs.
  public var pem: String {
    let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
    return
      "-----BEGIN PUBLIC KEY-----\n\(Data(prefix + bytes).base64EncodedString())\n-----END PUBLIC KEY-----"
  }
}

/// The secret half: signs where a journal stands.
public struct JournalSigner: Sendable {
  private let key: Curve25519.Signing.PrivateKey
  public let publicKey: VerifyingKey

  /// The signer of a secret of 32 bytes; `nil` for any other number of bytes.
  public init?(secret: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret),
      let publicKey = VerifyingKey(key.publicKey.rawRepresentation)
    else { return nil }
    self.key = key
    self.publicKey = publicKey
  }

  /// The signature of a message, 64 bytes.
  public func signature(of message: [UInt8]) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else {
      preconditionFailure("an Ed25519 key signs any message")
    }
    return Array(signature)
  }
}

/// The signature of one record, which proves it and all before it.
///
/// The signed bytes are text of four lines, each ended by a line feed: `posd journal signature 1`,
/// the origin, the place (`1-42`), the record's hash in lower-case hexadecimal digits.
public struct JournalSeal: Equatable, Sendable {
  /// The signed record.
  public let head: JournalHead
  /// Of the key that signed.
  public let fingerprint: String
  /// 64 bytes.
  public let signature: [UInt8]

  /// Signs a record.
  public init(_ head: JournalHead, origin: String, signer: JournalSigner) {
    self.head = head
    fingerprint = signer.publicKey.fingerprint
    signature = signer.signature(of: Self.message(head, origin: origin))
  }

  /// Reads the body of a `signature` record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    head = try reader.head("of", hash: "hash")
    fingerprint = try reader.string("fingerprint")
    signature = try reader.bytes("signature", count: 64)
  }

  /// The body of a `signature` record.
  public var body: JSON {
    .members([
      "of": .string(head.place), "hash": .string(head.hashText),
      "fingerprint": .string(fingerprint), "signature": .string(hexText(signature)),
    ])
  }

  /// Whether a key made this signature, for the journal of this origin.
  public func isMade(by key: VerifyingKey, origin: String) -> Bool {
    fingerprint == key.fingerprint
      && key.isSignature(signature, of: Self.message(head, origin: origin))
  }

  /// The bytes that are signed.
  public static func message(_ head: JournalHead, origin: String) -> [UInt8] {
    Array("posd journal signature 1\n\(origin)\n\(head.place)\n\(head.hashText)\n".utf8)
  }
}

/// A signing key that the journal knows from here on.
public struct KeyAdded: Equatable, Sendable {
  public let key: VerifyingKey
  /// The fingerprint of the key it follows; `nil` for the first.
  public let replaces: String?

  public init(_ key: VerifyingKey, replaces: String?) {
    self.key = key
    self.replaces = replaces
  }

  /// Reads the body of a `keyAdded` record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    guard let key = VerifyingKey(try reader.bytes("publicKey", count: 32)),
      try reader.string("fingerprint") == key.fingerprint
    else { throw RecordProblem(member: "fingerprint") }
    self.key = key
    replaces = try reader.optionalString("replaces")
  }

  /// The body of a `keyAdded` record.
  public var body: JSON {
    .members([
      "publicKey": .string(hexText(key.bytes)), "fingerprint": .string(key.fingerprint),
      "replaces": replaces.map(JSON.string),
    ])
  }
}

/// A series of numbers opened by a restore: the first record of an epoch after the first.
public struct SeriesOpened: Equatable, Sendable {
  /// SHA-256 of the backup file, 32 bytes.
  public let backupHash: [UInt8]
  /// When the backup was made.
  public let backupAtMs: Int64
  /// The last record of the backup.
  public let head: JournalHead

  public init(backupHash: [UInt8], backupAtMs: Int64, head: JournalHead) {
    self.backupHash = backupHash
    self.backupAtMs = backupAtMs
    self.head = head
  }

  /// Reads the body of a `restored` record.
  public init(body: JSON) throws(RecordProblem) {
    let reader = RecordReader(body)
    backupHash = try reader.bytes("backup", count: 32)
    backupAtMs = try reader.integer("backupAtMs")
    head = try reader.head("head", hash: "hash")
  }

  /// The body of a `restored` record.
  public var body: JSON {
    .members([
      "backup": .string(hexText(backupHash)), "backupAtMs": .integer(backupAtMs),
      "head": .string(head.place), "hash": .string(head.hashText),
    ])
  }
}

extension RecordReader {
  /// Lower-case hexadecimal digits of this many bytes.
  fileprivate func bytes(_ name: String, count: Int) throws(RecordProblem) -> [UInt8] {
    guard let bytes = hexBytes(try string(name)), bytes.count == count else {
      throw RecordProblem(member: name)
    }
    return bytes
  }

  /// A place (`1-42`) with the hash of the record there.
  fileprivate func head(
    _ place: String, hash: String
  ) throws(RecordProblem) -> JournalHead {
    guard let (epoch, sequence) = JournalHead.place(try string(place)) else {
      throw RecordProblem(member: place)
    }
    return JournalHead(
      epoch: epoch, sequence: sequence, hash: try bytes(hash, count: 32))
  }
}

/// The bytes of an even number of lower-case hexadecimal digits; `nil` for any other text.
public func hexBytes(_ text: some StringProtocol) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count.isMultiple(of: 2) else { return nil }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(digits.count / 2)
  for place in stride(from: 0, to: digits.count, by: 2) {
    guard let high = hexValue(digits[place]), let low = hexValue(digits[place + 1]) else {
      return nil
    }
    bytes.append(high << 4 | low)
  }
  return bytes
}

private func hexValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
}
