import POS
import Testing

@Suite struct JournalKeysTests {
  static let places: [(String, Int64, Int64)] = [
    ("1-1", 1, 1), ("2-17", 2, 17), ("8388607-1099511627775", 8_388_607, 1_099_511_627_775),
  ]

  @Test(arguments: places)
  func aPlaceIsReadAsItIsWritten(text: String, epoch: Int64, sequence: Int64) throws {
    let place = try #require(JournalHead.place(text))

    #expect(place == (epoch, sequence))
    let head = JournalHead(epoch: epoch, sequence: sequence, hash: JournalHead.empty.hash)
    #expect(head.place == text)
  }

  @Test(arguments: [
    "", "1", "1-", "-1", "0-1", "1-0", "01-1", "1-+1", "1-1-1", "8388608-1", "1-1099511627776",
  ])
  func anythingElseIsNoPlace(text: String) {
    #expect(JournalHead.place(text) == nil)
  }

  static let texts: [(String, [UInt8])] = [("", []), ("00ff", [0, 255])]

  @Test(arguments: texts)
  func hexadecimalDigitsAreBytes(text: String, bytes: [UInt8]) {
    #expect(hexBytes(text) == bytes)
    #expect(hexText(bytes) == text)
  }

  @Test(arguments: ["0", "0G", "AB", "é"])
  func anythingElseIsNoHexadecimal(text: String) {
    #expect(hexBytes(text) == nil)
  }

  @Test func aKeyHasItsFingerprintAndItsPEM() throws {
    let text = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    let key = try #require(hexBytes(text).flatMap(VerifyingKey.init))

    #expect(key.groupedFingerprint == "21fe 31df a154 a261 626b f854 046f d227")
    #expect(
      key.pem == """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
        -----END PUBLIC KEY-----
        """)
    #expect(VerifyingKey(Array(repeating: 0, count: 31)) == nil)
  }
}
