import Testing

@testable import POS

@Suite("Product search")
struct SearchTests {
  private let rules = SearchTerms(pinyin: .standard)

  /// Goods as the tests know them.
  struct Goods: Sendable {
    var name: String
    var barcode: String?
    var category: String?
    var pinyin: String?
  }

  private func terms(_ goods: Goods) -> [Substring] {
    rules.text(
      name: goods.name, barcode: goods.barcode, category: goods.category, pinyin: goods.pinyin
    ).split(separator: " ")
  }

  /// What FTS5 makes of an expression: every AND part has an OR part that begins a term.
  private func isMatch(_ expression: String, _ goods: Goods) -> Bool {
    let terms = terms(goods)
    return expression.split(separator: " AND ").allSatisfy { part in
      part.split(separator: " OR ").contains { alternative in
        let word = alternative.filter { !"()\"*".contains($0) }
        return terms.contains { $0.unicodeScalars.starts(with: word.unicodeScalars) }
      }
    }
  }

  private func finds(_ typed: String, _ goods: Goods) -> Bool {
    guard let query = SearchQuery(typed) else { return false }
    return isMatch(query.match, goods)
  }

  private func finds(_ typed: String, _ name: String) -> Bool { finds(typed, Goods(name: name)) }

  // MARK: names

  @Test(arguments: [
    ("nnz", "旺仔牛奶子"), ("nnz", "农农庄大米"), ("wljlc", "王老吉凉茶"), ("ljl", "王老吉凉茶"),
    ("c", "王老吉凉茶"), ("fgs", "500ml农夫果山泉"), ("NFSQ", "550ml农夫山泉天然水"),
    ("ayl", "爱有乐"),
  ])
  func initialsFindThemAnywhereInTheName(typed: String, name: String) {
    #expect(finds(typed, name))
  }

  @Test(arguments: [("nnz", "牛奶"), ("nnz", "牛子奶"), ("nnz", "牛奶和枣"), ("wjl", "王老吉凉茶")])
  func initialsMustFollowEachOther(typed: String, name: String) {
    #expect(!finds(typed, name))
  }

  @Test(arguments: ["凉", "茶", "凉茶", "王老吉", "老吉凉", "王老吉凉茶", "茶 王", "吉 凉茶"])
  func hanziFindAnywhereInTheName(typed: String) {
    #expect(finds(typed, "王老吉凉茶"))
  }

  @Test(arguments: ["茶凉", "王吉", "王老吉 奶", "凉茶水"])
  func hanziOfOneWordMustFollowEachOther(typed: String) {
    #expect(!finds(typed, "王老吉凉茶"))
  }

  @Test(arguments: [
    "w", "wa", "wang", "wangl", "wanglao", "wang lao", "wang lao ji", "liangcha", "liang cha",
    "laoji", "WangLao", "ｗａｎｇ", "wang'lao", "wang-lao", "jiliangch", "wanglaojiliangcha",
  ])
  func pinyinFindsFromAnySyllableWithOrWithoutSpaces(typed: String) {
    #expect(finds(typed, "王老吉凉茶"))
  }

  @Test(arguments: ["anglao", "iangcha", "wangji", "wang nai"])
  func pinyinIsNotFoundInsideASyllableOrOutOfOrder(typed: String) {
    #expect(!finds(typed, "王老吉凉茶"))
  }

  @Test(arguments: [
    "600ml", "600ML", "600", "ml", "６００ｍｌ", "600ml雪碧", "雪碧 600", "雪碧600ml", "xuebi", "xb",
    "600mlxb", "mlxuebi", "xb 600",
  ])
  func amountsAndHanziAreFoundInAnyOrder(typed: String) {
    #expect(finds(typed, "600ml雪碧"))
  }

  @Test(arguments: [
    "ad", "AD", "AD钙", "ad钙奶", "钙奶", "adgn", "gn", "adgai", "whhad", "whhgn", "wahahagainai",
    "220ml", "24", "220ml*24", "哈哈AD", "娃哈哈220",
  ])
  func latinLettersInsideANameAreFoundAndMayBeLeftOut(typed: String) {
    #expect(finds(typed, "娃哈哈AD钙奶220ml*24"))
  }

  @Test(arguments: [
    ("12", "雀巢咖啡1+2"), ("1+2", "雀巢咖啡1+2"), ("6.9g", "6.9g清嘴含片"), ("100%", "农夫果园100%胡萝卜"),
    ("80g香飘飘奶茶(草莓)", "80g香飘飘奶茶（草莓）"), ("（草莓）奶茶", "80g香飘飘奶茶(草莓)"),
    ("[(1AB", "［（１ＡＢ"), ("［（１ａｂ", "[(1AB"), ("原味", "上好佳天然薯片--原味"),
    ("nestle", "雀巢Nestlé咖啡"), ("nestlé", "雀巢NESTLE咖啡"), ("ⅱ", "维达Ⅱ型"), ("の", "お茶の水"),
    ("3 2 suda", "125g康师傅3+2甜苏打(奶油)"),
  ])
  func widthCaseAccentsAndMarksDoNotMatter(typed: String, name: String) {
    #expect(finds(typed, name))
  }

  // MARK: readings

  @Test(arguments: [
    ("yinhang", "中国银行"), ("yinxing", "中国银行"), ("yh", "中国银行"), ("yx", "中国银行"),
    ("chongqing", "重庆火锅"), ("zhongqing", "重庆火锅"), ("cqhg", "重庆火锅"), ("zqhg", "重庆火锅"),
    ("changbi", "长鼻王"), ("zhangbi", "长鼻王"), ("kele", "可口可乐"), ("keyue", "可口可乐"),
    ("kkkl", "可口可乐"), ("kkky", "可口可乐"), ("lvdou", "绿豆糕"), ("ludou", "绿豆糕"),
    ("ldg", "绿豆糕"), ("nverhong", "女儿红"), ("nuerhong", "女儿红"),
  ])
  func everyReadingIsFound(typed: String, name: String) {
    #expect(finds(typed, name))
  }

  @Test
  func aNameFullOfHeteronymsStaysWithinItsLimits() {
    let name = String(repeating: "行重长乐和大", count: 20)

    let terms = terms(Goods(name: name))

    let places = SearchTerms.maximumUnits
    #expect(terms.count <= places * (2 * SearchTerms.maximumVariants + 1) + 40)
    #expect(finds("xingzhongzhangl", name))
    #expect(finds("hengchongchang", name))
  }

  @Test
  func pinyinWrittenByHandIsFoundBesidesTheTable() {
    let goods = Goods(name: "蛤蟆", pinyin: "Ha Ma Mian")

    for typed in ["hamamian", "hmm", "mamian", "mm", "ha ma", "gema", "gm"] {
      #expect(finds(typed, goods), "\(typed)")
    }
  }

  @Test
  func aHanziWithoutAReadingIsStillFoundAsItIsWritten() {
    #expect(finds("瓱", "三瓱茶"))
    #expect(finds("cha", "三瓱茶"))
  }

  @Test
  func aCategoryIsFoundAsItIsWritten() {
    let goods = Goods(name: "雪碧", category: "碳酸饮料")

    #expect(finds("碳酸", goods))
    #expect(finds("碳酸饮料 xb", goods))
    #expect(!finds("tansuan", goods))
  }

  // MARK: barcodes

  @Test(arguments: [
    ("6901", true), ("690142433394", true), ("6901424333948", true), ("3948", true),
    ("01424333948", true), ("６９０１", true), ("690", false), ("948", false), ("1424", false),
    ("69014243339481", false),
  ])
  func aBarcodeIsFoundByFourOrMoreDigitsAtEitherEnd(typed: String, isFound: Bool) {
    #expect(finds(typed, Goods(name: "王老吉", barcode: "6901424333948")) == isFound)
  }

  @Test(arguments: [
    ("1234567", nil), ("12345678", "12345678"), ("6901424333948", "6901424333948"),
    ("16901424333945", "16901424333945"), ("169014243339450", nil), ("6901424333948 茶", nil),
    ("690142433394x", nil), (" ６９０１４２４３３３９４８ ", "6901424333948"),
  ])
  func onlyEightToFourteenDigitsAloneAreAWholeBarcode(typed: String, barcode: String?) {
    #expect(SearchQuery(typed)?.barcode == barcode)
  }

  @Test(arguments: ["0106", "0106901424333948", "010690142433394817", "4817", "0142433394817"])
  func aBarcodeLongerThanATermIsFoundByBothEnds(typed: String) {
    #expect(finds(typed, Goods(name: "礼盒", barcode: "010690142433394817")))
  }

  // MARK: the start of names

  @Test(arguments: [
    ("wl", true), ("wanglao", true), ("王老", true), ("ljl", false), ("laoji", false), ("老", false),
    ("wang 凉", true), ("凉 wang", false),
  ])
  func theStartIsTakenFromTheFirstWord(typed: String, isStart: Bool) throws {
    let query = try #require(SearchQuery(typed))

    #expect(isMatch(query.match, Goods(name: "王老吉凉茶")))
    #expect(isMatch(query.startMatch, Goods(name: "王老吉凉茶")) == isStart)
  }

  @Test(arguments: ["550", "农夫", "nfsq", "nongfu", "550mlnf", "5503"])
  func aNameAlsoStartsAfterItsAmount(typed: String) throws {
    let goods = Goods(name: "550ml农夫山泉", barcode: "5503123")

    #expect(isMatch(try #require(SearchQuery(typed)).startMatch, goods))
  }

  // MARK: what is typed

  @Test(arguments: ["", " ", "\u{3000}", "\"", "\"\"", "*", "()", "-", "，。！", "😀", "\0", "^:+{}"])
  func nothingToSearchForIsNoQuery(typed: String) {
    #expect(SearchQuery(typed) == nil)
  }

  @Test(arguments: [
    ("nnz", "\"nnz\"*"), ("N Z", "\"n\"* AND \"z\"*"), ("凉茶", "\"凉茶\"*"),
    ("a\"b", "\"ab\"*"), ("a \" b", "\"a\"* AND \"b\"*"),
    ("a* OR b", "\"a\"* AND \"or\"* AND \"b\"*"),
    ("NEAR(a b, 2)", "\"neara\"* AND \"b\"* AND \"2\"*"), ("terms:茶", "\"terms\"* AND \"茶\"*"),
    ("-茶", "\"茶\"*"), ("^茶", "\"茶\"*"), ("{a b}:c", "\"a\"* AND \"bc\"*"), ("↑茶", "\"茶\"*"),
    ("6901", "(\"6901\"* OR \"→6901\"* OR \"←1096\"*)"),
  ])
  func whatIsTypedIsNeverSyntax(typed: String, expression: String) {
    #expect(SearchQuery(typed)?.match == expression)
  }

  @Test
  func wordsBeyondTheSixthDoNotCount() {
    #expect(SearchQuery("a b c d e f g h") == SearchQuery("a b c d e f"))
    #expect(SearchQuery("a b c d e f") != SearchQuery("a b c d e"))
  }

  @Test
  func aWordTypedTwiceCountsOnce() {
    #expect(SearchQuery("茶 a A 茶 b") == SearchQuery("茶 a b"))
  }

  @Test
  func wordsAreCutWhereTermsAre() {
    let name = "abcdefghijklmnopqrstuvwxyz"

    #expect(finds("abcdefghijklmno", name))
    #expect(finds("abcdefghijklmnop", name))
    #expect(finds(name, name))
    #expect(finds("一二三四五六七八九十百千万亿兆京", "一二三四五六七八九十百千万亿兆京垓"))
  }

  // MARK: the terms

  @Test
  func theTermsOfANameAreTheseInThisOrder() {
    let text = rules.text(name: "100g乐事", barcode: "69247439", category: "零食")

    #expect(
      text == """
        100gleshi 100gls 100gys 100gyueshi 100g乐事 gleshi gls gys gyueshi g乐事 leshi ls shi \
        ys yueshi ←93474296 ↑100gleshi ↑100gls ↑100gys ↑100gyueshi ↑100g乐事 ↑leshi ↑ls ↑ys \
        ↑yueshi ↑乐事 →69247439 乐事 事 零食
        """)
  }

  @Test
  func aNameOfMarksAloneGivesNoTerms() {
    #expect(rules.text(name: "——（…）") == "")
  }

  @Test
  func everyPartOfEveryNameIsFound() {
    let names = ["80g香飘飘奶茶（香芋）", "娃哈哈AD钙奶220ml*24", "波力鸡蛋捲", "农夫果园30%橙胡味"]

    for name in names {
      let hanzi = name.unicodeScalars.filter { $0.properties.isIdeographic }.map(String.init)
      for start in hanzi.indices {
        for end in start..<hanzi.count {
          let part = hanzi[start...end]
          let readings = part.map { $0.unicodeScalars.flatMap(PinyinTable.standard.readings) }
          #expect(finds(readings.map { $0[0] }.joined(), name), "\(part) in \(name)")
          #expect(finds(readings.map { String($0[0].prefix(1)) }.joined(), name), "\(part)")
        }
      }
    }
  }
}
