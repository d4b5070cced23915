import Foundation
import POS
import Testing

@testable import Receipt

@Suite struct EncodingTests {
  /// Counts of the standards: GB 2312-80 has 7,445 characters, of them 6,763 hanzi; GBK 21,791
  /// as it is in use, of them 20,902 hanzi of Unicode's first block.
  @Test(arguments: [
    (PrinterEncoding.gb2312, 7445, 6763), (.gbk, 21_791, 20_902), (.gb18030TwoByte, 21_891, 20_902),
  ])
  func aSetHasTheCharactersOfItsStandard(encoding: PrinterEncoding, count: Int, hanzi: Int) {
    let scalars = (0x80...0xFFFF).compactMap(Unicode.Scalar.init).filter {
      (encoding.code(of: Character($0)) ?? 0) != 0 && GB18030.code(of: $0) != 0
    }

    #expect(scalars.count == count)
    #expect(scalars.count { (0x4E00...0x9FA5).contains($0.value) } == hanzi)
  }

  @Test(arguments: [
    ("苹", [true, true, true, true]), ("龍", [false, true, true, true]),
    ("鎔", [false, true, true, true]), ("堃", [false, true, true, true]),
    ("䶮", [false, false, true, true]), ("㐂", [false, false, false, true]),
    ("𠮷", [false, false, false, false]), ("€", [false, false, true, true]),
    ("￥", [true, true, true, true]), ("（", [true, true, true, true]),
    ("é", [true, true, true, true]), ("e\u{301}", [true, true, true, true]),
    ("ǹ", [false, false, true, true]), ("⿰", [false, false, true, true]),
    ("ⅰ", [false, true, true, true]), ("£", [false, false, false, false]),
    ("👨‍👩‍👧", [false, false, false, false]), ("葛\u{E0100}", [true, true, true, true]),
    ("A", [true, true, true, true]), ("\u{200D}", [true, true, true, true]),
  ])
  func aCharacterIsPrintedByTheSetsThatHaveIt(text: String, sets: [Bool]) {
    let printed = [PrinterEncoding.gb2312, .gbk, .gb18030TwoByte, .gb18030].map {
      $0.prints(PrintableText(text))
    }

    #expect(printed == sets)
  }

  @Test func fourByteCodesAreThoseOfTheSystem() throws {
    let gb18030 = String.Encoding(rawValue: 0x8000_0632)
    for value in UInt32(0x3400)...0x4DB5 {
      let scalar = try #require(Unicode.Scalar(value))
      let data = try #require(String(scalar).data(using: gb18030))
      let expected = data.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }

      #expect(PrinterEncoding.gb18030.code(of: Character(scalar)) == expected)
    }
  }

  @Test func aTextHasTheBytesOfItsSet() {
    let layout = ReceiptLayout(ReceiptDocument([.text("䶮龍㐂𠮷1")]), paper: .columns32)
    let bytes = PrinterEncoding.allCases.map { encoding in
      Array(
        layout.escPosBytes(
          profile: PrinterProfile(id: "test", name: "", paper: .columns32, encoding: encoding)
        ).dropFirst(4))
    }

    #expect(bytes[0] == [0xA1, 0xFE, 0xA1, 0xFE, 0xA1, 0xFE, 0xA1, 0xFE, 0x31, 0x0A])
    #expect(bytes[1] == [0xA1, 0xFE, 0xFD, 0x88, 0xA1, 0xFE, 0xA1, 0xFE, 0x31, 0x0A])
    #expect(bytes[2] == [0xFE, 0x9F, 0xFD, 0x88, 0xA1, 0xFE, 0xA1, 0xFE, 0x31, 0x0A])
    #expect(
      bytes[3] == [0xFE, 0x9F, 0xFD, 0x88, 0x81, 0x39, 0xEF, 0x31, 0xA1, 0xFE, 0x31, 0x0A])
  }
}
