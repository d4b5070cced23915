/// A size of QR symbol, 1 to 10, with error correction level M (ISO/IEC 18004, tables 7 and 9).
struct QRVersion {
  let number: Int
  /// Error correction codewords of each block.
  let correctionCount: Int
  /// Data codewords of each block, shorter blocks first.
  let blocks: [Int]
  /// Centres of the alignment patterns, in both directions.
  let alignmentCentres: [Int]

  /// Modules along one side.
  var size: Int { 17 + 4 * number }

  /// All data codewords.
  var dataCount: Int { blocks.reduce(0, +) }

  /// Bits of the length of a byte segment.
  var lengthBits: Int { number < 10 ? 8 : 16 }

  /// The longest text in bytes: four bits say the mode.
  var byteCapacity: Int { (dataCount * 8 - 4 - lengthBits) / 8 }

  /// The smallest version that holds this many bytes, at most `QRContent.lengthLimit`.
  static func smallest(forByteCount count: Int) -> QRVersion {
    guard let version = all.first(where: { $0.byteCapacity >= count }) else {
      preconditionFailure("QR content is held to what version 10 can take")
    }
    return version
  }

  static let all: [QRVersion] = [
    QRVersion(number: 1, correctionCount: 10, blocks: [16], alignmentCentres: []),
    QRVersion(number: 2, correctionCount: 16, blocks: [28], alignmentCentres: [6, 18]),
    QRVersion(number: 3, correctionCount: 26, blocks: [44], alignmentCentres: [6, 22]),
    QRVersion(number: 4, correctionCount: 18, blocks: [32, 32], alignmentCentres: [6, 26]),
    QRVersion(number: 5, correctionCount: 24, blocks: [43, 43], alignmentCentres: [6, 30]),
    QRVersion(
      number: 6, correctionCount: 16, blocks: [27, 27, 27, 27], alignmentCentres: [6, 34]),
    QRVersion(
      number: 7, correctionCount: 18, blocks: [31, 31, 31, 31], alignmentCentres: [6, 22, 38]),
    QRVersion(
      number: 8, correctionCount: 22, blocks: [38, 38, 39, 39], alignmentCentres: [6, 24, 42]),
    QRVersion(
      number: 9, correctionCount: 22, blocks: [36, 36, 36, 37, 37],
      alignmentCentres: [6, 26, 46]),
    QRVersion(
      number: 10, correctionCount: 26, blocks: [43, 43, 43, 43, 44],
      alignmentCentres: [6, 28, 50]),
  ]
}
