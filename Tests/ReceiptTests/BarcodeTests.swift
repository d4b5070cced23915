import Testing

@testable import Receipt

@Suite struct BarcodeTests {
  /// The check digit of ISO/IEC 15420, annex A; numbers of real goods.
  @Test(arguments: [
    ("590123412345", "5901234123457"), ("5901234123457", "5901234123457"),
    ("400638133393", "4006381333931"), ("690142433394", "6901424333948"),
    ("000000000000", "0000000000000"), ("999999999999", "9999999999994"),
  ])
  func anEAN13HasItsCheckDigit(digits: String, text: String) {
    #expect(Barcode(ean13: digits)?.text == text)
  }

  @Test(arguments: [
    "", "59012341234", "5901234123456", "59012341234571", "59012341234x", "５９０１２３４１２３４５",
  ])
  func otherDigitsAreNoEAN13(digits: String) {
    #expect(Barcode(ean13: digits) == nil)
  }

  /// Written out from the tables of ISO/IEC 15420.
  @Test(arguments: [
    (
      "5901234123457",
      "10100010110100111011001100100110111101001110101010110011011011001000010101110010011101000100101"
    ),
    (
      "6901424333948",
      "10100010110100111011001100111010010011010001101010100001010000101000010111010010111001001000101"
    ),
  ])
  func anEAN13HasTheBarsOfTheStandard(digits: String, bits: String) throws {
    let barcode = try #require(Barcode(ean13: digits))

    #expect(barcode.modules.map { $0 ? "1" : "0" }.joined() == bits)
  }

  /// Symbol characters written out from ISO/IEC 15417, table 1; the last is the check character.
  @Test(arguments: [
    ("PJJ123C", [104, 48, 42, 42, 17, 18, 19, 35, 55]),
    ("Wikipedia", [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88]),
    ("0123456789", [105, 1, 23, 45, 67, 89, 73]),
    ("42", [105, 42, 44]), ("4", [104, 20, 21]),
    // Three digits are not worth a change; four at an end are, six between letters are.
    ("123", [104, 17, 18, 19, 8]), ("1234", [105, 12, 34, 82]),
    ("A12345", [104, 33, 17, 99, 23, 45, 64]), ("A12B", [104, 33, 17, 18, 34, 52]),
    ("12345A", [105, 12, 34, 100, 21, 33, 13]),
    ("A1234B", [104, 33, 17, 18, 19, 20, 34, 90]),
    ("A123456B", [104, 33, 99, 12, 34, 56, 100, 34, 80]),
    ("X1234567Y", [104, 56, 17, 99, 23, 45, 67, 100, 57, 100]),
  ])
  func aCode128HasTheSymbolCharactersOfTheStandard(text: String, values: [Int]) {
    #expect(Code128(text).values == values)
  }

  /// `A` in subset B: start, value 33, check character 34, stop.
  @Test func aCode128HasTheBarsOfTheStandard() throws {
    let barcode = try #require(Barcode(code128: "A"))

    let bits = barcode.modules.map { $0 ? "1" : "0" }.joined()
    #expect(bits == ["11010010000", "10100011000", "10001011000", "1100011101011"].joined())
  }

  @Test(arguments: [
    ("", false), ("a", true), ("~ {", true), ("\u{7F}", false), ("\n", false), ("中", false),
    (String(repeating: "1", count: 48), true), (String(repeating: "1", count: 49), false),
  ])
  func aCode128HoldsPrintableASCII(text: String, isBarcode: Bool) {
    #expect((Barcode(code128: text) != nil) == isBarcode)
  }

  @Test(arguments: [
    ("a{b", [0x7B, 0x42, 0x61, 0x7B, 0x7B, 0x62]), ("123456", [0x7B, 0x43, 12, 34, 56]),
    ("A123456", [0x7B, 0x42, 0x41, 0x7B, 0x43, 12, 34, 56]),
    // The pairs 16 and 04, 05 or 20 would be DLE EOT, DLE ENQ, DLE DC4.
    ("1604", [0x7B, 0x42, 0x31, 0x36, 0x30, 0x34]),
    ("001605", [0x7B, 0x42, 0x30, 0x30, 0x31, 0x36, 0x30, 0x35]),
    ("1620", [0x7B, 0x42, 0x31, 0x36, 0x32, 0x30]), ("1606", [0x7B, 0x43, 16, 6]),
  ])
  func aPrinterGetsTheSubsetsOfTheManual(text: String, data: [UInt8]) {
    #expect(Code128(text).printerData == data)
  }

  @Test func everyPrintableTextHasWholeSymbolCharacters() throws {
    for length in 1...48 {
      let text = String(
        String.UnicodeScalarView((0..<length).compactMap { Unicode.Scalar(0x20 + $0 * 7 % 95) }))
      let barcode = try #require(Barcode(code128: text))

      // Eleven modules a symbol character, thirteen for the stop.
      #expect(barcode.modules.count % 11 == 2)
      #expect(barcode.modules.first == true && barcode.modules.last == true)
    }
  }

  @Test(
    arguments: [
      (PaperWidth.columns32, 12, 2), (.columns32, 13, nil), (.columns48, 6, 3), (.columns48, 21, 2),
      (.columns48, 22, nil),
    ] as [(PaperWidth, Int, Int?)])
  func barsThatDoNotFitThePaperAreLeftOut(paper: PaperWidth, length: Int, dots: Int?) throws {
    let barcode = try #require(Barcode(code128: String(repeating: "A", count: length)))

    let rows = ReceiptLayout(ReceiptDocument([.barcode(barcode)]), paper: paper).rows

    #expect(barcode.moduleDots(paper: paper) == dots)
    #expect(rows.contains(.barcode(barcode)) == (dots != nil))
    #expect(
      ReceiptLayout(ReceiptDocument([.barcode(barcode)]), paper: paper).text.contains(barcode.text))
  }
}
