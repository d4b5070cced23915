import Foundation
import POS
import Testing

@testable import Receipt

@Suite struct PrintableTextTests {
  @Test(arguments: [
    ("abc", "abc", 3), ("苹果", "苹果", 4), ("", "", 0), ("¥5", "￥5", 3), ("£5", "£5", 3),
    ("a\tb\r\nc", "a b c", 5), ("a\u{2028}b\u{85}c", "a b c", 5), ("\u{1B}@x", "@x", 2),
    ("\u{0}\u{7F}\u{9B}", "", 0), ("a\u{202E}b\u{2066}c\u{200F}", "abc", 3),
    ("\u{FFF9}\u{FEFF}x\u{2060}", "x", 1), ("·×é①№", "·×é①№", 10), ("e\u{301}", "é", 2),
    ("👨‍👩‍👧", "👨‍👩‍👧", 2), ("葛\u{E0100}", "葛\u{E0100}", 2), ("\u{200D}", "\u{200D}", 0),
  ])
  func textIsCleanAndItsWidthKnown(raw: String, clean: String, width: Int) {
    let text = PrintableText(raw)

    #expect(text.string == clean)
    #expect(text.width == width)
  }

  @Test func everyTwoByteCodeIsThatOfTheSystem() throws {
    let gb18030 = String.Encoding(rawValue: 0x8000_0632)
    var differing: [String] = []
    for value in (0x80...0xFFFF as ClosedRange<UInt32>) {
      guard let scalar = Unicode.Scalar(value), !(0xE000...0xF8FF).contains(value) else {
        continue
      }
      let data = try #require(String(scalar).data(using: gb18030))
      let expected = data.count == 2 ? UInt16(data[0]) << 8 | UInt16(data[1]) : 0
      if GB18030.code(of: scalar) != expected { differing.append(String(value, radix: 16)) }
    }
    #expect(differing == [])
  }
}
