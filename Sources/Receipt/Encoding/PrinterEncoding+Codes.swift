import POS

extension PrinterEncoding {
  /// Whether the printer prints all of a text as it is.
  @inline(__always)
  func prints(_ text: PrintableText) -> Bool {
    if text.isDirect, hasWholeTwoByteZone { return true }
    return printsEachCharacter(of: text)
  }

  /// Calls `body` with the code of each printed character, with that of `〓` for what the printer
  /// does not have.
  @inline(__always)
  func forEachCode(of text: PrintableText, _ body: (UInt32) -> Void) {
    if text.isDirect, hasWholeTwoByteZone {
      let codes = GB18030.codes
      for scalar in text.string.unicodeScalars { body(UInt32(codes[Int(scalar.value)])) }
    } else {
      for character in text.string {
        guard let code = code(of: character) else { continue }
        body(code == 0 ? UInt32(GB18030.substitute) : code)
      }
    }
  }

  /// The code of a character: one byte, two or four; 0 if the printer does not have it, `nil` if it
  /// takes no room.
  func code(of character: Character) -> UInt32? {
    let scalars = GB18030.visibleScalars(of: character)
    guard let first = scalars.first else { return nil }
    var code = scalars.count == 1 ? GB18030.code(of: first) : 0
    if code == 0, let composed = GB18030.composed[character] { code = composed }
    if has(code) { return UInt32(code) }
    guard self == .gb18030, scalars.count == 1 else { return 0 }
    return GB18030.fourByteCode(of: first) ?? 0
  }

  private var hasWholeTwoByteZone: Bool { self == .gb18030TwoByte || self == .gb18030 }

  private func printsEachCharacter(of text: PrintableText) -> Bool {
    if text.isDirect {
      return text.string.unicodeScalars.allSatisfy { has(GB18030.code(of: $0)) }
    }
    return text.string.allSatisfy { code(of: $0) != 0 }
  }

  /// Whether a code of the two-byte zone is in this character set; 0 is in none.
  private func has(_ code: UInt16) -> Bool {
    if code < 0x80 { return code != 0 }
    switch self {
    case .gb18030, .gb18030TwoByte: return true
    case .gbk: return code < 0xFE50 && !Self.isLaterThanGBK(code)
    case .gb2312: return Self.isInGB2312(code)
    }
  }

  /// Signs that GB 18030 put on codes that GBK leaves free: the euro, marks of vertical writing, ḿ
  /// and ǹ, and signs that describe hanzi.
  private static func isLaterThanGBK(_ code: UInt16) -> Bool {
    switch code {
    case 0xA2E3, 0xA6D9...0xA6DF, 0xA6EC...0xA6ED, 0xA6F3, 0xA8BC, 0xA8BF, 0xA989...0xA995: true
    default: false
    }
  }

  /// Rows 1 to 9 without what GBK added to them, and the hanzi of rows 16 to 87.
  private static func isInGB2312(_ code: UInt16) -> Bool {
    let row = code >> 8
    guard code & 0xFF >= 0xA1, (0xA1...0xA9).contains(row) || (0xB0...0xF7).contains(row) else {
      return false
    }
    switch code {
    case 0xA2A1...0xA2B0, 0xA2E3, 0xA6D9...0xA6FE, 0xA8BB...0xA8C4: return false
    default: return true
    }
  }
}

extension GB18030 {
  /// The four-byte code of a hanzi of extension A, which every edition of the standard demands of
  /// printers that have four-byte codes; `nil` for all else, which few fonts have.
  ///
  /// Codes follow the order of Unicode, less the characters that have two bytes.
  static func fourByteCode(of scalar: Unicode.Scalar) -> UInt32? {
    guard extensionA.contains(scalar.value), code(of: scalar) == 0 else { return nil }
    let before = (extensionA.lowerBound..<scalar.value).lazy.filter { codes[Int($0)] == 0 }.count
    // U+3400 is 81 39 EE 39.
    let index = UInt32(12439 + before)
    return (0x81 + index / 12600) << 24 | (0x30 + index / 1260 % 10) << 16
      | (0x81 + index / 10 % 126) << 8 | (0x30 + index % 10)
  }

  private static let extensionA: ClosedRange<UInt32> = 0x3400...0x4DB5
}
