extension ReceiptDocument {
  /// A page that shows a person whether each thing a receipt needs comes out of this printer; every
  /// part says, in both languages, what should be seen.
  public init(testPage facts: TestPageFacts) {
    let page = TestPage(facts: facts)
    self.init(
      page.head + page.widths + page.text + page.symbols + page.barcodes + page.status + page.drawer
        + page.end)
  }
}

/// The parts of a test page.
private struct TestPage {
  let facts: TestPageFacts

  private var profile: PrinterProfile { facts.profile }

  var head: [Block] {
    [
      .text("打印测试", .large, .centre), .text("PRINT TEST", .bold, .centre), .rule(.heavy),
      .text("打印机 Printer: \(facts.address.string)"),
      .text("配置 Profile: \(PrintableText("\(profile.id) \(profile.name)").string)", .bold),
      .text("原因 Why: \(facts.reason.string)"),
      .text(
        """
        \(profile.columns) 栏 columns, \(profile.widthDots) 点 dots, \(profile.encoding.rawValue)
        """),
    ]
  }

  /// A ruler as wide as the paper: what wraps, or leaves room, has another width.
  var widths: [Block] {
    let columns = profile.columns
    let marks = (1...columns).map { column in
      column.isMultiple(of: 10) ? "\(column / 10)" : column.isMultiple(of: 5) ? "+" : "-"
    }
    let lines: [Block] = [
      .text(PrintableText(marks.joined())),
      .text(PrintableText(String(repeating: "宽", count: columns / 2))),
      .pair("最左 left", "最右 right"),
    ]
    return part("宽度", "Width") + lines
      + say("三行都从纸边到纸边，不折行。", "Three lines from edge to edge; none wraps.")
  }

  var text: [Block] {
    let lines: [Block] = [
      .text("正常：慈善驿站 Normal 0123456789"),
      .text("粗体：慈善驿站 Bold 0123456789", .bold),
      .text("大字 Large 12", TextStyle(.double)), .text("大粗 Bold 12", .large),
      .text("￥12.50 （全角）【括号】《书名》“引号”…—·"),
    ]
    return part("文字", "Text") + lines
      + say("￥和全角标点各占两栏，没有乱码。", "￥ and full-width marks take two columns; no rubbish.")
      + [.text("生僻字 Rare: 䶮 𠮷 㐂", .bold)]
      + say("三个不同的字；〓表示没有字体可画。", "Three different characters; 〓: no font to draw them.")
  }

  var symbols: [Block] {
    let code = QRContent("POSD-PRINT-TEST-0123456789").map { [Block.qr($0)] } ?? []
    return part("二维码", "QR code") + code
      + say("能扫出 POSD-PRINT-TEST-0123456789。", "A scanner reads the same.")
  }

  var barcodes: [Block] {
    let codes = [Barcode(code128: "POSD-128"), Barcode(ean13: "6901234567892")]
    return part("条码", "Barcodes") + codes.compactMap { $0 }.map(Block.barcode)
      + say("能扫出 POSD-128 和 6901234567892。", "A scanner reads both, as printed below them.")
  }

  /// What the printer said when it was asked before this page.
  var status: [Block] {
    let answers = facts.answers.map { asked in
      Block.pair(asked.question, asked.answer ?? "没有应答 silent")
    }
    let meaning =
      answers.isEmpty
      ? say("不能问：文件，或不应答的打印机。", "Nobody to ask: a file, or a printer that does not answer.")
      : say(
        "应与打印机的实际情况相符；不应答的打印机，缺纸和开盖都不会提示。",
        "True of the printer as it stands; a silent one never says that paper is missing.")
    let confirmation =
      profile.abilities.confirmsPrinting
      ? say("此打印机会确认打完。", "This printer confirms that a page is printed.")
      : say("此打印机不确认打完，只算“已接收”。", "It does not confirm: pages are called accepted.")
    return part("状态应答", "Status answers") + answers + meaning + confirmation
  }

  var drawer: [Block] {
    switch facts.drawer {
    case .notAsked: []
    case .noPin: part("钱箱", "Drawer") + say("配置里没有钱箱。", "The profile has no drawer.")
    case .opens: part("钱箱", "Drawer") + say("打完这页，钱箱弹开。", "The drawer opens after this page.")
    }
  }

  var end: [Block] {
    let sentence =
      profile.cutter == .none
      ? say("没有切刀：请沿撕纸边撕下。", "No cutter: tear at the edge.")
      : say("纸在这行字下面切开，一个字也不少。", "The paper is cut below this line, with no line cut off.")
    return [.rule(.heavy)] + sentence + [.cut]
  }

  private func part(_ chinese: String, _ english: String) -> [Block] {
    [.rule(), .text(PrintableText("\(chinese) \(english)"), .bold)]
  }

  /// What should be seen.
  private func say(_ chinese: String, _ english: String) -> [Block] {
    [
      .text(PrintableText("→ " + chinese), .quiet), .text(PrintableText("→ " + english), .quiet),
    ]
  }
}
