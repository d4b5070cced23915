import Testing

@testable import Receipt

@Suite struct TestPageTests {
  private func facts(
    _ paper: PaperWidth, cutter: Cutter = .partial, drawer: TestPageFacts.DrawerTest = .notAsked
  ) -> TestPageFacts {
    var profile = PrinterProfile(id: "shop", name: "Ours", paper: paper)
    profile.cutter = cutter
    return TestPageFacts(
      profile: profile, reason: "USB id 04b8:0e28", address: "usb@1-2",
      answers: [
        .init(question: "DLE EOT 1 打印机", answer: "12"), .init(question: "DLE EOT 4 纸", answer: nil),
      ], drawer: drawer)
  }

  private func text(_ facts: TestPageFacts) -> [Substring] {
    ReceiptLayout(ReceiptDocument(testPage: facts), paper: facts.profile.paper).text
      .split(separator: "\n")
  }

  @Test(arguments: PaperWidth.allCases)
  func theRulerIsAsWideAsThePaper(paper: PaperWidth) {
    let lines = text(facts(paper))

    let ruler = lines.first { $0.hasPrefix("----+----1----+----2") }
    #expect(ruler?.count == paper.columns)
    #expect(lines.contains(Substring(String(repeating: "宽", count: paper.columns / 2))))
    #expect(lines.allSatisfy { PrintableText(String($0)).width <= paper.columns })
  }

  @Test func itNamesThePrinterItsProfileAndWhy() {
    let lines = text(facts(.columns48))

    for fact in ["usb@1-2", "shop Ours", "USB id 04b8:0e28", "48 栏 columns, 576 点 dots"] {
      #expect(lines.contains { $0.contains(fact) }, "\(fact)")
    }
  }

  @Test func itShowsWhatThePrinterSaid() {
    let lines = text(facts(.columns48))

    #expect(lines.contains { $0.hasPrefix("DLE EOT 1 打印机") && $0.hasSuffix(" 12") })
    #expect(lines.contains { $0.hasPrefix("DLE EOT 4 纸") && $0.hasSuffix("没有应答 silent") })
  }

  @Test func itHasAllThatAReceiptNeeds() {
    let layout = ReceiptLayout(ReceiptDocument(testPage: facts(.columns32)), paper: .columns32)

    for word in ["￥12.50", "（全角）【括号】《书名》", "䶮 𠮷 㐂", "大字 Large"] {
      #expect(layout.text.contains(word), "\(word)")
    }
    #expect(layout.rows.contains { if case .qr = $0 { true } else { false } })
    #expect(layout.text.contains("POSD-128") && layout.text.contains("6901234567892"))
    #expect(layout.rows.last == .cut)
  }

  @Test(arguments: [
    (Cutter.partial, "纸在这行字下面切开"), (.full, "纸在这行字下面切开"), (.none, "没有切刀"),
  ])
  func itSaysWhatTheCutterDoes(cutter: Cutter, words: String) {
    #expect(text(facts(.columns48, cutter: cutter)).contains { $0.contains(words) })
  }

  @Test(
    arguments: [
      (TestPageFacts.DrawerTest.notAsked, nil), (.noPin, "配置里没有钱箱"), (.opens, "钱箱弹开"),
    ] as [(TestPageFacts.DrawerTest, String?)])
  func itSpeaksOfTheDrawerOnlyWhenAsked(drawer: TestPageFacts.DrawerTest, words: String?) {
    let lines = text(facts(.columns48, drawer: drawer))

    #expect(lines.contains { $0.contains("Drawer") } == (words != nil))
    if let words { #expect(lines.contains { $0.contains(words) }) }
  }
}
