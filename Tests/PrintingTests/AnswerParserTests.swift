import Printing
import Testing

/// Bytes are written out from the printers' manuals.
@Suite struct AnswerParserTests {
  private func answers(_ bytes: [UInt8]) -> [PrinterAnswer] {
    var parser = AnswerParser()
    return parser.answers(in: bytes)
  }

  @Test(
    arguments: [
      ([0x12], [.realTime(0x12)]),
      ([0x16, 0x1A, 0x72], [.realTime(0x16), .realTime(0x1A), .realTime(0x72)]),
      ([0x10, 0x00, 0x00, 0x0F], [.automaticStatus(0x10, 0x00, 0x00, 0x0F)]),
      ([0x3C, 0x00, 0x00, 0x0F], [.automaticStatus(0x3C, 0x00, 0x00, 0x0F)]),
      ([0x11, 0x13], [.xon, .xoff]),
      ([0x20, 0x03], [.single(0x20), .single(0x03)]),
      ([0x5F, 0x54, 0x4D, 0x00], [.text("TM")]),
      ([0x37, 0x22, 0x20, 0x21, 0x22, 0x7E, 0x00], [.processID([0x20, 0x21, 0x22, 0x7E])]),
      ([0x37, 0x25, 0x00], [.block([0x37, 0x25])]),
      ([0x53, 0x31, 0x00], [.block([0x53, 0x31])]),
      ([0x5F, 0x00], [.text("")]),
      ([], []),
    ] as [([UInt8], [PrinterAnswer])])
  func anAnswerIsToldByItsFixedBits(bytes: [UInt8], expected: [PrinterAnswer]) {
    #expect(answers(bytes) == expected)
  }

  @Test func bytesWithoutMeaningAreLeftOut() {
    #expect(answers([0x80, 0xFF, 0x93, 0x12]) == [.realTime(0x12)])
  }

  @Test func aBlockMayArriveInPieces() {
    var parser = AnswerParser()

    let first = parser.answers(in: [0x18, 0x00])
    let second = parser.answers(in: [0x0C])
    let third = parser.answers(in: [0x0F, 0x37, 0x22, 0x41])
    let last = parser.answers(in: [0x42, 0x43, 0x44, 0x00])

    #expect(first.isEmpty && second.isEmpty)
    #expect(third == [.automaticStatus(0x18, 0x00, 0x0C, 0x0F)])
    #expect(last == [.processID([0x41, 0x42, 0x43, 0x44])])
  }

  @Test func aRealTimeAnswerMayOvertakeAStatusBlock() {
    let both = answers([0x18, 0x00, 0x32, 0x0C, 0x0F])

    #expect(both == [.realTime(0x32), .automaticStatus(0x18, 0x00, 0x0C, 0x0F)])
  }

  @Test func aStatusBlockThatBreaksOffBeginsAnew() {
    let found = answers([0x10, 0x00, 0x14, 0x00, 0x00, 0x0F])

    #expect(found == [.automaticStatus(0x14, 0x00, 0x00, 0x0F)])
  }

  @Test func statusBytesInsideATextAreText() {
    #expect(
      answers([0x5F, 0x37, 0x12, 0x10, 0x00, 0x12]) == [.text("7\u{12}\u{10}"), .realTime(0x12)])
  }

  @Test func aBlockWithoutEndIsDroppedAndTheNextAnswerHeard() {
    let noise = [UInt8](repeating: 0x41, count: 96)

    #expect(answers([0x5F] + noise + [0x12]) == [.realTime(0x12)])
  }

  @Test func everyPieceOfEveryCutGivesTheSame() {
    let bytes: [UInt8] = [
      0x16, 0x10, 0x00, 0x03, 0x0F, 0x37, 0x22, 0x30, 0x31, 0x32, 0x33, 0x00, 0x5F, 0x58, 0x00,
    ]
    let whole = answers(bytes)

    for cut in 0...bytes.count {
      var parser = AnswerParser()
      let pieces = parser.answers(in: bytes[..<cut]) + parser.answers(in: bytes[cut...])
      #expect(pieces == whole, "cut at \(cut)")
    }
    #expect(whole.count == 4)
  }
}
