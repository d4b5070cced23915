import Receipt
import Testing

@Suite struct LayoutPropertyTests {
  @Test(arguments: Example.allCases, PaperWidth.allCases)
  func thePaperSaysWhatTheTextSays(example: Example, paper: PaperWidth) throws {
    let layout = ReceiptLayout(example.document, paper: paper)

    let printed = try PaperReader(layout.escPosBytes(), columns: paper.columns)

    #expect(printed.everything == asPrinted(layout.text.filter { !$0.isWhitespace }))
    #expect(printed.cutCount == 1)
    #expect(printed.qrContents == [example.facts.proof.publicURL].compactMap { $0 })
  }

  @Test(arguments: 0..<200)
  func noTextWhateverItHoldsBreaksAReceipt(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let document = numbers.document()

    for paper in PaperWidth.allCases {
      let layout = ReceiptLayout(document, paper: paper)
      // The reader refuses unknown commands and lines that are wider than the paper.
      let printed = try PaperReader(layout.escPosBytes(), columns: paper.columns)

      let lines = layout.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(
        printed.lines.map(\.words) == lines.dropLast().map { asPrinted(String($0)).words },
        "seed \(seed)")
    }
  }

  @Test(arguments: 0..<200)
  func noPrintableCharacterIsLost(seed: Int) {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let document = numbers.document()
    let expected = document.blocks.flatMap(\.texts).flatMap(\.solidScalars).sorted()

    for paper in PaperWidth.allCases {
      let text = ReceiptLayout(document, paper: paper).text

      #expect(PrintableText(text).solidScalars.sorted() == expected, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<200)
  func noLineBeginsOrEndsWithTheWrongPunctuation(seed: Int) {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let words = (0..<30).map { _ in
      ["大米", "（东北）", "“香”", "fresh milk", "，", "500g", "《家》！", "、"]
        .randomElement(using: &numbers) ?? ""
    }
    let text = words.joined()
      .replacing("，，", with: "，").replacing("、、", with: "、")

    for paper in PaperWidth.allCases {
      let lines = ReceiptLayout(
        ReceiptDocument([.text(PrintableText(text))]), paper: paper
      ).text.split(separator: "\n")

      for (line, next) in zip(lines, lines.dropFirst()) {
        #expect(!"，。、；：！？）》”".contains(next.first ?? " "), "seed \(seed)")
        #expect(!"（《“".contains(line.last ?? " "), "seed \(seed)")
      }
    }
  }
}

extension SeededNumbers {
  /// A document of random blocks without a QR code.
  fileprivate mutating func document() -> ReceiptDocument {
    ReceiptDocument((0..<12).map { _ in block() })
  }

  private mutating func block() -> Block {
    let style = TextStyle(
      Bool.random(using: &self) ? .normal : .double, Bool.random(using: &self) ? .normal : .strong)
    let text = PrintableText(text(upTo: 60))
    switch Int.random(in: 0..<5, using: &self) {
    case 0: return .text(text, style, .left)
    case 1: return .text(text, style, .centre)
    case 2: return .text(text, style, .right)
    case 3: return .pair(text, PrintableText(self.text(upTo: 14)), style)
    default:
      return .columns(
        [
          Column(text), Column(PrintableText(self.text(upTo: 9)), style, width: .fixed(8)),
          Column(PrintableText(self.text(upTo: 20)), alignment: .right),
        ],
        overflow: Bool.random(using: &self) ? .wrap : .stack)
    }
  }
}

extension Block {
  fileprivate var texts: [PrintableText] {
    switch self {
    case .text(let text, _, _): [text]
    case .columns(let columns, _): columns.map(\.text)
    default: []
    }
  }
}

extension PrintableText {
  /// The scalars that are not spaces.
  fileprivate var solidScalars: [Unicode.Scalar] {
    string.unicodeScalars.filter { !$0.properties.isWhitespace }
  }
}

extension String {
  /// The words of a line; how far apart they stand depends on the size of the text.
  fileprivate var words: [Substring] { split { $0 == " " || $0 == "\u{3000}" } }
}
