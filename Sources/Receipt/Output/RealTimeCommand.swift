/// Bytes that a printer acts on wherever they stand, also in the middle of a picture:
/// `DLE EOT n`, `DLE ENQ n`, `DLE DC4 …`.
enum RealTimeCommand {
  private static let start: UInt8 = 0x10
  private static let seconds: Set<UInt8> = [0x04, 0x05, 0x14]

  /// Whether the bytes hold such a command.
  static func occurs(in bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == start && seconds.contains($1) }
  }

  /// Blackens one dot in the second byte of each such command: 04 → 0C, 05 → 0D, 14 → 1C.
  static func disarm(_ bytes: inout [UInt8]) {
    for index in bytes.indices.dropFirst()
    where bytes[index - 1] == start && seconds.contains(bytes[index]) {
      bytes[index] |= 0x08
    }
  }
}
