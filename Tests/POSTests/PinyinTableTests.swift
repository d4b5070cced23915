import Testing

@testable import POS

@Suite("Pinyin table")
struct PinyinTableTests {
  static let known: [(Unicode.Scalar, [String])] = [
    ("王", ["wang"]), ("牛", ["niu"]), ("银", ["yin"]), ("行", ["xing", "hang", "heng"]),
    ("重", ["zhong", "chong"]), ("长", ["zhang", "chang"]), ("長", ["zhang", "chang"]),
    ("乐", ["le", "yue"]), ("〇", ["ling"]), ("女", ["nv", "nu"]), ("略", ["lve", "lue"]),
    ("绿", ["lv", "lu"]), ("鱼", ["yu"]), ("a", []), ("、", []), ("あ", []), ("😀", []),
  ]

  @Test(arguments: known)
  func theStandardTableKnowsTheReadings(character: Unicode.Scalar, readings: [String]) {
    #expect(PinyinTable.standard.readings(of: character) == readings)
  }

  @Test
  func everyHanziOfGB2312CanBeTyped() {
    // The characters of level one begin at 啊 and of level two end at 齄, in GB 2312 order; a
    // spread of them stands for all.
    let sample =
      "啊阿埃挨澳芭捌扒八奔笨崩参差车称穿床错大得丁度恶饿二发房佛夫嘎改高"
      + "鹳黧黩黯鼢鼬鼯鼹鼷鼽鼾齄"

    for character in sample.unicodeScalars {
      #expect(!PinyinTable.standard.readings(of: character).isEmpty, "\(character)")
    }
  }

  @Test
  func everyReadingIsOneToSixLettersAndGivenOnce() {
    for value in UInt32(0x4E00)...0x9FFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let readings = PinyinTable.standard.readings(of: scalar)

      #expect(Set(readings).count == readings.count, "\(scalar)")
      #expect(readings.allSatisfy { (1...6).contains($0.utf8.count) }, "\(scalar)")
    }
  }

  @Test
  func laterReadingsAreRarerOnes() throws {
    let table = try PinyinTable("xing 行\nhang 行航\n杭 heng 行")

    #expect(table.readings(of: "行") == ["xing", "hang", "heng"])
    #expect(table.readings(of: "杭") == ["hang"])
    #expect(table.readings(of: "王") == [])
  }

  @Test(arguments: [
    ("行", 1), ("xing 行\nhang1 行", 2), ("xing 行\n\nzhuangg 壮", 3), ("xing 行a", 1),
    ("Xing 行", 1), ("xíng 行", 1), ("xing あ", 1), ("xing\t行", 1),
  ])
  func malformedTextIsRefusedWithItsLine(text: String, line: Int) {
    #expect(throws: PinyinTable.Malformed(lineNumber: line)) { try PinyinTable(text) }
  }
}
