import Crypto
import FoundationEssentials
import POS

/// What stands in the clear at the head of a backup file, and is proven by every chunk behind it.
///
/// The file: `posdbak1`, four bytes with the header's length (big-endian), the header as canonical
/// JSON, then chunks of one mebibyte, the last one shorter or empty, each followed by its tag of 16
/// bytes. A chunk is AES-256-GCM; its nonce is three zero bytes, its number (8 bytes, big-endian),
/// and 1 for the last chunk, else 0; what is authenticated besides is the SHA-256 of all before the
/// first chunk. The key is HKDF-SHA256 of the backup key with the header's salt, so each file has
/// its own and no nonce returns. A chunk left out, moved, copied, or a cut end does not open.
struct BackupHeader: Equatable, Sendable {
  static let magic = Array("posdbak1".utf8)
  static let largest = 4096
  private static let info = Array("posd backup 1".utf8)

  let origin: String
  let head: JournalHead
  let atMs: Int64
  /// Names the backup key.
  let keyID: String
  /// 32 random bytes.
  let salt: [UInt8]

  /// The header of a new file.
  init(_ copy: StoreCopyFacts, keys: KeyFile) {
    origin = copy.origin
    head = copy.head
    atMs = copy.atMs
    keyID = keys.backupKeyID
    var generator = SystemRandomNumberGenerator()
    salt = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// Reads a header; `nil` if it is none of ours.
  init?(json bytes: [UInt8]) {
    guard let json = try? JSON(parsing: bytes), let origin = json["origin"]?.stringValue,
      let place = json["head"]?.stringValue.flatMap({ JournalHead.place($0) }),
      let hash = json["hash"]?.stringValue.flatMap({ hexBytes($0) }), hash.count == 32,
      let atMs = json["atMs"]?.integerValue, let keyID = json["keyID"]?.stringValue,
      let salt = json["salt"]?.stringValue.flatMap({ hexBytes($0) }), salt.count == 32
    else { return nil }
    self.origin = origin
    head = JournalHead(epoch: place.epoch, sequence: place.sequence, hash: hash)
    self.atMs = atMs
    self.keyID = keyID
    self.salt = salt
  }

  /// Everything before the first chunk.
  var bytes: [UInt8] {
    let json = JSON.members([
      "origin": .string(origin), "head": .string(head.place), "hash": .string(head.hashText),
      "atMs": .integer(atMs), "keyID": .string(keyID), "salt": .string(hexText(salt)),
    ]).canonicalBytes()
    let length = withUnsafeBytes(of: UInt32(json.count).bigEndian) { Array($0) }
    return Self.magic + length + json
  }

  /// The key of this file.
  func fileKey(_ keys: KeyFile) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: keys[.backup]), salt: salt, info: Self.info,
      outputByteCount: 32)
  }
}

/// What a copy of the database is of.
struct StoreCopyFacts: Sendable {
  let origin: String
  let head: JournalHead
  let atMs: Int64
}

/// Encrypts and opens the chunks of one file.
struct BackupCipher {
  static let chunkBytes = 1 << 20
  static let tagBytes = 16

  private let key: SymmetricKey
  private let proof: [UInt8]

  init(_ header: BackupHeader, keys: KeyFile) {
    key = header.fileKey(keys)
    proof = Array(SHA256.hash(data: header.bytes))
  }

  /// A chunk with its tag.
  func sealed(_ chunk: Data, index: UInt64, isLast: Bool) throws -> Data {
    let box = try AES.GCM.seal(
      chunk, using: key, nonce: nonce(index, isLast), authenticating: proof)
    return box.ciphertext + box.tag
  }

  /// The chunk of what was sealed; throws if it is not what was sealed at this place.
  func opened(_ sealed: Data, index: UInt64, isLast: Bool) throws -> Data {
    let box = try AES.GCM.SealedBox(
      nonce: nonce(index, isLast), ciphertext: sealed.dropLast(Self.tagBytes),
      tag: sealed.suffix(Self.tagBytes))
    return try AES.GCM.open(box, using: key, authenticating: proof)
  }

  private func nonce(_ index: UInt64, _ isLast: Bool) throws -> AES.GCM.Nonce {
    let number = withUnsafeBytes(of: index.bigEndian) { Array($0) }
    return try AES.GCM.Nonce(data: [0, 0, 0] + number + [isLast ? 1 : 0])
  }
}
