internal import POS

/// How a terminal wants names.
///
/// Source: terminals.md A3: GB 2312 when the terminal's language is Chinese, else UTF-8 (M).
public enum NameEncoding: String, Hashable, Sendable, CaseIterable {
  case utf8, gb18030

  /// Bytes of a name field of ZKTeco terminals (`user.dat`, D; M).
  public static let maximumBytes = 24

  /// A name for a terminal: no control can be in it, and it is cut between characters, never
  /// inside one. A character that a Chinese terminal cannot show becomes `?`.
  public func bytes(ofName name: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for character in name.withoutOuterBlanks {
      let code = self.bytes(of: character)
      guard bytes.count + code.count <= Self.maximumBytes else { break }
      bytes += code
    }
    return bytes
  }

  private func bytes(of character: Character) -> [UInt8] {
    let scalars = character.unicodeScalars.filter {
      let category = $0.properties.generalCategory
      return ![.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
    }
    switch self {
    case .utf8:
      return scalars.flatMap { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
    case .gb18030:
      return scalars.flatMap { scalar in
        let code = GB18030.code(of: scalar)
        if code == 0 { return [UInt8(ascii: "?")] }
        return code < 0x80 ? [UInt8(code)] : [UInt8(code >> 8), UInt8(code & 0xFF)]
      }
    }
  }
}

extension String {
  /// Without blanks at both ends, which a terminal would show as part of the name.
  fileprivate var withoutOuterBlanks: Substring {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// Text from a terminal or a file: UTF-8 if it is that, strictly, else GB 18030.
  init(fromWire bytes: some Collection<UInt8>) {
    self = String(validating: bytes, as: UTF8.self) ?? GB18030.text(decoding: bytes)
  }
}
