/// What text from people and feeds may hold: nothing that commands a printer, a terminal or the
/// direction of writing.
enum PlainText {
  /// Whether text has no control character, line or paragraph separator, or direction override.
  static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x00..<0x20, 0x7F..<0xA0: false
      case 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
      default: !scalar.properties.isNoncharacterCodePoint
      }
    }
  }
}
