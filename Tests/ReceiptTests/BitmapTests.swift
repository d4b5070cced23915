import Testing

@testable import Receipt

@Suite struct BitmapTests {
  @Test(
    arguments: [
      ("P1 3 2 1 0 1 0 1 0", [0b1010_0000, 0b0100_0000]),
      ("P1\n# a remark\n3 # and one more\n2\n101010", [0b1010_0000, 0b0100_0000]),
      ("P4 3 2\nAB", [0b0100_0000, 0b0100_0000]),
      ("P4\n9 1\nAB and what follows the rows", [0x41, 0]),
    ] as [(String, [UInt8])])
  func aPortableBitmapIsRead(file: String, bytes: [UInt8]) throws {
    #expect(try Bitmap(pbm: Array(file.utf8)).bytes == bytes)
  }

  @Test(arguments: [
    ("", PBMFault.notPBM), ("P5 1 1 \u{1}", .notPBM), ("GIF89a", .notPBM), ("P4", .badSize),
    ("P4 0 3 ", .badSize), ("P4 3 -1 ", .badSize), ("P4 3x 1 ", .badSize), ("P43 1 A", .badSize),
    ("P4 9999999 1 ", .badSize), ("P4 577 1 ", .tooLarge(widthDots: 577, heightDots: 1)),
    ("P4 8 961 ", .tooLarge(widthDots: 8, heightDots: 961)), ("P4 8 2 A", .tooShort),
    ("P4 8 1", .tooShort), ("P1 2 1 1", .tooShort), ("P1 2 1 1 2", .badDot),
  ])
  func aFileThatCannotBePrintedIsRefused(file: String, fault: PBMFault) {
    #expect(throws: fault) { try Bitmap(pbm: Array(file.utf8)) }
  }

  @Test func aPictureOfTheLimitsIsRead() throws {
    let file = Array("P4 576 960 ".utf8) + Array(repeating: 0xAA, count: 72 * 960)

    #expect(try Bitmap(pbm: file).bytes.count == 72 * 960)
  }

  @Test(arguments: [(100, 100), (384, 384), (385, 193), (768, 384), (769, 257)])
  func aPictureTooWideBecomesAWholePartOfItsSize(width: Int, fitted: Int) {
    var bitmap = Bitmap(widthDots: width, heightDots: 10)
    bitmap.fill(x: 0..<width, y: 0..<10)

    let small = bitmap.fitted(widthDots: 384)

    #expect(small.widthDots == fitted)
    #expect(small.isBlack(x: 0, y: 0))
  }

  @Test func aPictureStandsInTheMiddleToTheDot() {
    var dot = Bitmap(widthDots: 1, heightDots: 1)
    dot.blacken(x: 0, y: 0)

    let centred = dot.centred(widthDots: 32)

    #expect(centred.bytes == [0, 0b0000_0001])
    #expect(centred.trimmedRight == centred)
  }

  @Test func whiteOnTheRightIsNotSent() {
    var bitmap = Bitmap(widthDots: 40, heightDots: 2)
    bitmap.blacken(x: 9, y: 1)

    #expect(bitmap.trimmedRight.bytes == [0, 0, 0, 0b0100_0000])
    #expect(Bitmap(widthDots: 40, heightDots: 2).trimmedRight.bytes == [0, 0])
  }
}
