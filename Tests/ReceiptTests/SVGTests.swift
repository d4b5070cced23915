import Receipt
import Testing

@Suite struct SVGTests {
  @Test func aNameCannotWriteIntoThePage() {
    let svg = ReceiptLayout(Example.controlBytes.document, paper: .columns48).svg()

    #expect(svg.contains("&lt;script&gt;&amp;&quot;&#39;"))
    #expect(!svg.contains("<script"))
    #expect(svg.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
  }

  @Test(arguments: Example.allCases, PaperWidth.allCases)
  func everyWordIsInsideThePicture(example: Example, paper: PaperWidth) throws {
    let svg = ReceiptLayout(example.document, paper: paper).svg()

    let words = svg.matches(of: /<text x="(\d+)" y="(\d+)".* textLength="(\d+)"/)
    let size = try #require(svg.firstMatch(of: /width="(\d+)" height="(\d+)"/))
    let width = try #require(Int(size.1))
    let height = try #require(Int(size.2))

    #expect(words.count > 20)
    for word in words {
      let x = try #require(Int(word.1))
      let y = try #require(Int(word.2))
      let length = try #require(Int(word.3))
      #expect(x >= 32 && x + length <= width - 32 && y < height)
    }
  }

  @Test func aPictureNeedsNothingElse() {
    let svg = ReceiptLayout(Example.workedSale.document, paper: .columns32).svg()

    for word in ["href", "url(", "<style", "style=", "<script", "@import", "<image"] {
      #expect(!svg.contains(word))
    }
  }
}
