import Testing

@testable import POS

@Suite("CSV files")
struct CSVReaderTests {
  private func rows(_ text: String) -> [Result<CSVRow, CSVProblem>] {
    Array(CSVReader(Array(text.utf8)))
  }

  private func fields(_ text: String) throws -> [[String]] {
    try rows(text).map { try $0.get().fields }
  }

  private func problem(
    _ line: Int, _ reason: CSVProblem.Reason
  ) -> Result<CSVRow, CSVProblem> {
    .failure(CSVProblem(lineNumber: line, reason: reason))
  }

  private func row(_ line: Int, _ fields: [String]) -> Result<CSVRow, CSVProblem> {
    .success(CSVRow(lineNumber: line, fields: fields))
  }

  struct GoodText: Sendable, CustomTestStringConvertible {
    let text: String
    let fields: [[String]]
    var testDescription: String { text.debugDescription }
  }

  static let goodTexts: [GoodText] = [
    GoodText(text: "", fields: []),
    GoodText(text: "\n\r\n\n", fields: []),
    GoodText(text: "a", fields: [["a"]]),
    GoodText(text: "a,b\nc,d\n", fields: [["a", "b"], ["c", "d"]]),
    GoodText(text: "a,b\r\nc,d", fields: [["a", "b"], ["c", "d"]]),
    GoodText(text: "a\n\n\r\nb\n", fields: [["a"], ["b"]]),
    GoodText(text: ",", fields: [["", ""]]),
    GoodText(text: "a,\n", fields: [["a", ""]]),
    GoodText(text: " a , b ", fields: [[" a ", " b "]]),
    GoodText(text: "\"\"", fields: [[""]]),
    GoodText(text: "\"a,b\",c", fields: [["a,b", "c"]]),
    GoodText(text: "\"他说\"\"好\"\"\"\n", fields: [["他说\"好\""]]),
    GoodText(text: "\"\"\"\"\"\"", fields: [["\"\""]]),
    GoodText(text: "\"a\nb\r\nc\",d\ne", fields: [["a\nb\r\nc", "d"], ["e"]]),
    GoodText(text: "\u{FEFF}名称,价\n凉茶,260\n", fields: [["名称", "价"], ["凉茶", "260"]]),
  ]

  @Test(arguments: goodTexts)
  func goodTextGivesItsFields(_ good: GoodText) throws {
    #expect(try fields(good.text) == good.fields)
  }

  @Test
  func aRowIsNumberedByTheLineItStartsOn() throws {
    let numbers = try rows("a\n\n\"b\nb\"\nc\r\n").map { try $0.get().lineNumber }

    #expect(numbers == [1, 3, 5])
  }

  struct BadText: Sendable, CustomTestStringConvertible {
    let text: String
    let reason: CSVProblem.Reason
    var testDescription: String { text.debugDescription }
  }

  static let badTexts: [BadText] = [
    BadText(text: "\"a", reason: .unterminatedQuote),
    BadText(text: "x,\"", reason: .unterminatedQuote),
    BadText(text: "x,\"a\"\"", reason: .unterminatedQuote),
    BadText(text: "\"a\"b,c", reason: .textAfterClosingQuote),
    BadText(text: "\"a\" ,c", reason: .textAfterClosingQuote),
    BadText(text: "\"a\"\r\r", reason: .textAfterClosingQuote),
    BadText(text: "a\"b,c", reason: .quoteInsideUnquotedField),
    BadText(text: " \"a\"", reason: .quoteInsideUnquotedField),
    BadText(text: "a\0b", reason: .controlCharacter),
    BadText(text: "a\tb", reason: .controlCharacter),
    BadText(text: "a\rb", reason: .controlCharacter),
    BadText(text: "a\r\r", reason: .controlCharacter),
    BadText(text: "\"a\rb\"", reason: .controlCharacter),
    BadText(text: "a\u{7F}", reason: .controlCharacter),
    BadText(text: "a\u{85}", reason: .controlCharacter),
    BadText(text: "\"\u{1B}\"", reason: .controlCharacter),
  ]

  @Test(arguments: badTexts)
  func aBadRowIsRefusedWithItsLineAndTheNextIsRead(_ bad: BadText) {
    let found = rows("first\n" + bad.text + "\nlast,row\n")

    #expect(found.count == 3)
    #expect(found[1] == problem(2, bad.reason))
    #expect((try? found.last?.get().fields) == ["last", "row"])
  }

  @Test(
    arguments: [
      [0xFF], [0xC3, 0x28], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xC0, 0xAF],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefused(_ bytes: [UInt8]) {
    let found = Array(CSVReader(Array("a,".utf8) + bytes + Array("\nb\n".utf8)))

    #expect(found == [problem(1, .invalidUTF8), row(2, ["b"])])
  }

  @Test
  func anUnclosedQuoteDoesNotSwallowTheRowsAfterIt() {
    let found = rows("\"a,1\nb,2\nc,3\n")

    #expect(found[0] == problem(1, .unterminatedQuote))
    #expect(found[1...].compactMap { try? $0.get().lineNumber } == [2, 3])
  }

  @Test
  func aRowRefusedForItsContentIsSkippedWithAllItsLines() {
    let found = rows("\"a\n\u{1}\nb\"\nc\n")

    #expect(found == [problem(1, .controlCharacter), row(4, ["c"])])
  }

  @Test(arguments: [(65_535, true), (65_536, true), (65_537, false)])
  func aRowHoldsAtMost65536Bytes(length: Int, isRead: Bool) {
    let found = rows(String(repeating: "x", count: length) + "\r\nnext\r\n")

    #expect(found.count == 2)
    #expect((found[0] == problem(1, .rowTooLong(limitBytes: 65_536))) == !isRead)
    #expect((try? found[1].get().lineNumber) == 2)
  }

  @Test(arguments: [(65_534, true), (65_535, false)])
  func theQuotesOfARowCountAsItsBytes(length: Int, isRead: Bool) {
    let found = rows("\"" + String(repeating: "x", count: length) + "\"\n")

    #expect(((try? found[0].get()) != nil) == isRead)
  }

  @Test
  func aLongQuotedFieldIsGivenUpAtTheLimit() {
    let found = rows("\"" + String(repeating: "line\n", count: 20_000))

    #expect(found.count == 20_000)
    #expect(found[0] == problem(1, .rowTooLong(limitBytes: 65_536)))
    #expect(found[19_999] == row(20_000, ["line"]))
  }

  @Test(arguments: [(63, true), (64, true), (65, false)])
  func aRowHoldsAtMost64Fields(count: Int, isRead: Bool) {
    let found = rows(String(repeating: ",", count: count - 1) + "\nnext\n")

    #expect(found.count == 2)
    #expect((found[0] == problem(1, .tooManyFields(limit: 64))) == !isRead)
  }

  private func quoted(_ text: String) -> String {
    let doubled = text.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"" + doubled + "\""
  }

  @Test
  func whatIsQuotedIsReadBackUnchanged() throws {
    let texts = ["", "a", ",", "\"", "\r\n", "\n\"\n", "，。", "a\"\"b", " ", "👨‍👩‍👧"]

    let line = texts.map(quoted).joined(separator: ",")

    #expect(try fields(line + "\n" + line) == [texts, texts])
  }
}
