import Crypto
import FoundationEssentials
import Glibc
import POS

/// The secrets of a station, in a file beside the data folder, never inside: who copies the data
/// has no keys, and a backup does not hold the key that opens it.
///
/// 1. Each key is 32 bytes from the system's random source, made at set-up.
/// 2. The file is its owner's only (0600); one that others can read is refused.
/// 3. It is written whole or not at all, and never over another one.
struct KeyFile: Equatable, Sendable {
  static let keyBytes = 32
  private static let format = "posd keys 1"
  private static let largest = 4096

  /// The three keys, in the order of the recovery sheet.
  enum Use: String, CaseIterable, Sendable {
    /// Ed25519: signs closes in the journal.
    case signing = "signingKey"
    /// AES-256: encrypts backups.
    case backup = "backupKey"
    /// What all keys of personal data are made from: `PersonalKeys`.
    case personal = "personalKey"
  }

  private let keys: [Use: [UInt8]]
  let signer: JournalSigner
  let personal: PersonalKeys

  /// New keys.
  init() {
    var generator = SystemRandomNumberGenerator()
    let pairs = Use.allCases.map { use in
      (use, (0..<Self.keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
    guard let made = KeyFile(keys: Dictionary(uniqueKeysWithValues: pairs)) else {
      preconditionFailure("new keys have the right length")
    }
    self = made
  }

  /// These keys; `nil` unless all three are there with 32 bytes each.
  init?(keys: [Use: [UInt8]]) {
    guard Use.allCases.allSatisfy({ keys[$0]?.count == Self.keyBytes }),
      let secret = keys[.signing], let signer = JournalSigner(secret: secret),
      let personalSecret = keys[.personal], let personal = PersonalKeys(secret: personalSecret)
    else { return nil }
    self.keys = keys
    self.signer = signer
    self.personal = personal
  }

  /// The bytes of one key.
  subscript(use: Use) -> [UInt8] { keys[use, default: []] }

  /// What the auditor's paper says.
  var publicKey: VerifyingKey { signer.publicKey }

  /// Names the backup key without telling it: 16 hexadecimal digits.
  var backupKeyID: String {
    let label = Array("posd backup key".utf8)
    return String(hexText(SHA256.hash(data: label + self[.backup])).prefix(16))
  }

  static func == (left: KeyFile, right: KeyFile) -> Bool { left.keys == right.keys }

  /// Reads a key file.
  ///
  /// Throws `KeyFileProblem`: `missing`, `unreadable`, `readableByOthers`, `malformed`.
  static func read(_ path: String) throws(KeyFileProblem) -> KeyFile {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, errno: errno)
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .unreadable(path: path, errno: errno) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .malformed(path: path) }
    guard facts.st_mode & 0o077 == 0 else { throw .readableByOthers(path: path) }
    var bytes = [UInt8](repeating: 0, count: largest)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw .unreadable(path: path, errno: errno) }
    guard let file = KeyFile(json: Array(bytes[..<count])) else { throw .malformed(path: path) }
    return file
  }

  /// Writes a new file; throws `KeyFileProblem.cannotWrite`, also when there is one.
  func write(to path: String) throws(KeyFileProblem) {
    do throws(FileProblem) {
      try DurableFile.write(json.bytes() + [0x0a], to: path)
    } catch {
      throw .cannotWrite(path: path, reason: error.description)
    }
  }

  private var json: JSON {
    .members([
      "format": .string(Self.format), "fingerprint": .string(publicKey.fingerprint),
      "signingKey": .string(hexText(self[.signing])), "backupKey": .string(hexText(self[.backup])),
      "personalKey": .string(hexText(self[.personal])),
    ])
  }

  private init?(json bytes: [UInt8]) {
    var text = bytes
    if text.last == 0x0a { text.removeLast() }
    guard let json = try? JSON(parsing: text), json["format"]?.stringValue == Self.format else {
      return nil
    }
    var keys: [Use: [UInt8]] = [:]
    for use in Use.allCases { keys[use] = json[use.rawValue]?.stringValue.flatMap { hexBytes($0) } }
    guard let made = KeyFile(keys: keys),
      json["fingerprint"]?.stringValue == made.publicKey.fingerprint
    else { return nil }
    self = made
  }
}

/// Why the keys of a station cannot be used, with what to do about it.
enum KeyFileProblem: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case unreadable(path: String, errno: Int32)
  case readableByOthers(path: String)
  case malformed(path: String)
  case cannotWrite(path: String, reason: String)
  case otherStation(path: String, recorded: String, found: String)

  var description: String {
    switch self {
    case .missing(let path):
      "there is no key file \(path), but this station has keys: type its recovery sheet with "
        + "posd keys restore, or see docs/OPERATIONS.md when the sheet is lost"
    case .unreadable(let path, let errno):
      "cannot read the key file \(path): \(String(cString: strerror(errno)))"
    case .readableByOthers(let path):
      "others can read the key file \(path): chmod 600 it, and ask who has read it"
    case .malformed(let path): "\(path) is no key file, or was changed"
    case .cannotWrite(let path, let reason): "cannot write the key file \(path): \(reason)"
    case .otherStation(let path, let recorded, let found):
      "the key file \(path) is of another station: its fingerprint is \(found), the journal has "
        + recorded
    }
  }
}
