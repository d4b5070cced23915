import Crypto
import POS

/// The keys of a station on paper, to be typed on a new machine.
///
/// Nine lines, three a key, as `S1 0123 4567 89AB CDEF GHJK MNPQ`: a label, up to twenty characters
/// of Crockford's base32 (no I, L, O, U; read as 1, 1, 0), and four check characters over label and
/// text. So a mistyped or swapped line is named.
struct RecoverySheet {
  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  private static let lineCharacters = 20
  private static let checkCharacters = 4
  private static let initials: [(KeyFile.Use, String)] = [
    (.signing, "S"), (.backup, "B"), (.personal, "P"),
  ]

  /// The labels of all lines, in order.
  static let labels = initials.flatMap { initial in (1...3).map { "\(initial.1)\($0)" } }

  /// A line that was typed wrong.
  enum Problem: Error, Equatable, CustomStringConvertible {
    case wrongLine(label: String)
    case missingLine(label: String)
    case unknownLine(String)

    var description: String {
      switch self {
      case .wrongLine(let label): "line \(label): its check characters do not fit; look again"
      case .missingLine(let label): "line \(label) is missing"
      case .unknownLine(let text): "\"\(text)\" does not begin with a label S1 to P3"
      }
    }
  }

  /// The nine lines of secrets.
  static func lines(of keys: KeyFile) -> [String] {
    initials.flatMap { use, initial in
      let text = base32(keys[use])
      return (0..<3).map { index in
        let label = "\(initial)\(index + 1)"
        let part = Array(text.dropFirst(index * lineCharacters).prefix(lineCharacters))
        return ([label] + grouped(part + check(label, part))).joined(separator: " ")
      }
    }
  }

  /// The whole sheet, to be printed.
  static func text(of keys: KeyFile, station: String) -> String {
    """
    posd 恢复单 RECOVERY SHEET
    \(station)

    谁有这张纸，谁就能读备份、能以本站名义签名。封好，放在机器以外的安全处。
    Whoever has this sheet can read every backup and sign in the station's name.
    Seal it and keep it away from the machine.

    指纹 Fingerprint (no secret; give it to the auditor)
    \(keys.publicKey.groupedFingerprint)

    密钥 Keys
    \(lines(of: keys).joined(separator: "\n"))

    新机器上 On a new machine:  posd keys restore --data DIR
    没有字母 I L O U。There are no letters I, L, O, U.
    """
  }

  /// One typed line as its label and characters; case, spaces and dashes do not matter.
  static func line(_ text: some StringProtocol) throws(Problem) -> (
    label: String, part: [Character]
  ) {
    let typed = text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    guard let label = labels.first(where: { typed.hasPrefix($0) }) else {
      throw .unknownLine(String(text.prefix(12)))
    }
    let characters = typed.dropFirst(label.count).map { read($0) }
    let part = Array(characters.dropLast(checkCharacters))
    let length = label.hasSuffix("3") ? 12 : lineCharacters
    guard part.count == length, part.allSatisfy(letters.contains),
      Array(characters.suffix(checkCharacters)) == check(label, part)
    else { throw .wrongLine(label: label) }
    return (label, part)
  }

  /// The keys of typed lines; lines without a label are let pass, so a whole printed sheet reads.
  static func keys(from lines: [some StringProtocol]) throws(Problem) -> KeyFile {
    var parts: [String: [Character]] = [:]
    for text in lines where labels.contains(where: { text.uppercased().hasPrefix("\($0) ") }) {
      let (label, part) = try line(text)
      parts[label] = part
    }
    var keys: [KeyFile.Use: [UInt8]] = [:]
    for (use, initial) in initials {
      var characters: [Character] = []
      for index in 1...3 {
        guard let part = parts["\(initial)\(index)"] else {
          throw .missingLine(label: "\(initial)\(index)")
        }
        characters += part
      }
      keys[use] = bytes(characters)
    }
    guard let file = KeyFile(keys: keys) else { throw .missingLine(label: "S1") }
    return file
  }

  /// What a misread letter stands for.
  private static func read(_ character: Character) -> Character {
    switch character {
    case "O": "0"
    case "I", "L": "1"
    default: character
    }
  }

  private static func check(_ label: String, _ part: [Character]) -> [Character] {
    let digest = SHA256.hash(data: Array("posd sheet \(label) \(String(part))".utf8))
    return Array(base32(Array(digest)).prefix(checkCharacters))
  }

  private static func grouped(_ characters: [Character]) -> [String] {
    stride(from: 0, to: characters.count, by: 4).map { start in
      String(characters[start..<min(start + 4, characters.count)])
    }
  }

  /// Five bits a character, the last one filled up with zeros.
  private static func base32(_ bytes: [UInt8]) -> [Character] {
    var text: [Character] = []
    var bits = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(letters[bits >> count & 31])
      }
    }
    if count > 0 { text.append(letters[bits << (5 - count) & 31]) }
    return text
  }

  private static func bytes(_ text: [Character]) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits = 0
    var count = 0
    for character in text {
      bits = (bits << 5 | (letters.firstIndex(of: character) ?? 0)) & 0xffff
      count += 5
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}
