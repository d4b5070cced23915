import Testing

@testable import Receipt

@Suite struct QRSymbolTests {
  @Test func correctionCodewordsAreThoseOfTheStandardsExample() {
    let data: [UInt8] = [
      0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC,
      0x11,
    ]

    // ISO/IEC 18004, annex I: `01234567` at version 1, level M.
    #expect(
      ReedSolomon.correction(of: data, count: 10)
        == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
  }

  /// Capacities of byte mode at level M (ISO/IEC 18004, table 7), and the sizes of table 1.
  @Test(
    arguments: zip(
      [14, 26, 42, 62, 84, 106, 122, 152, 180, 213],
      [21, 25, 29, 33, 37, 41, 45, 49, 53, 57]))
  func aVersionHoldsWhatTheStandardSays(capacity: Int, size: Int) {
    #expect(QRVersion.smallest(forByteCount: capacity).size == size)
    #expect(QRVersion.smallest(forByteCount: capacity).byteCapacity == capacity)
  }

  @Test(arguments: [
    ("", false), ("a", true), ("a b", false), ("二", false), ("\u{7F}", false),
    (String(repeating: "a", count: 213), true), (String(repeating: "a", count: 214), false),
  ])
  func contentIsPrintableASCIIUpToItsLimit(text: String, isContent: Bool) {
    #expect((QRContent(text) != nil) == isContent)
  }

  /// The recorded pictures were read back by an independent decoder.
  @Test(arguments: [2, 62, 122, 213])
  func aSymbolIsDrawnAsRecorded(length: Int) throws {
    let text = String("https://erqi.example.cn/r/".prefix(length))
    let content = try #require(
      QRContent(text + String(repeating: "7f", count: length).prefix(length - text.count)))
    let symbol = QRSymbol(content)

    let picture = (0..<symbol.size).map { row in
      (0..<symbol.size).map { symbol.isBlack(row: row, column: $0) ? "##" : "  " }.joined()
    }

    try expectGolden(picture.joined(separator: "\n") + "\n", "qr-\(length).txt")
  }
}
