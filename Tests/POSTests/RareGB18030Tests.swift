import POS
import Testing

@Suite struct RareGB18030Tests {
  /// Made with Python's `gb18030`.
  @Test(arguments: [
    ("\u{80}", "81308130"), ("\u{A5}", "81308436"), ("\u{1E40}", "8135f438"),
    ("\u{3402}", "8139ef31"), ("\u{3447}", "fe56"), ("\u{4DAD}", "82358731"),
    ("\u{9FA6}", "82358f33"), ("\u{A000}", "82359833"), ("\u{D7FF}", "8336c738"),
    ("\u{10000}", "90308130"), ("\u{20BB7}", "9534b235"), ("\u{2A6D6}", "9835f336"),
    ("\u{30EDD}", "9a378637"),
  ])
  func aCharacterOfFourBytesIsRead(character: String, code: String) throws {
    let bytes = try #require(hexBytes(code))

    #expect(
      GB18030.text(decoding: Array("a,".utf8) + bytes + Array(",b\n".utf8)) == "a,\(character),b\n")
  }

  @Test(
    arguments: [[0x81, 0x30, 0x2C, 0x30], [0x81, 0x30, 0x81], [0xE3, 0x32, 0x9A, 0x36]] as [[UInt8]]
  )
  func whatIsNoneSwallowsNoComma(bytes: [UInt8]) {
    let text = GB18030.text(decoding: Array("a,".utf8) + bytes + Array(",b".utf8))

    #expect(text.hasPrefix("a,\u{FFFD}"))
    #expect(text.hasSuffix(",b"))
  }
}
