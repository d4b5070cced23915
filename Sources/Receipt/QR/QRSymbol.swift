/// The picture of a QR code: byte mode, error correction level M, versions 1 to 10, the mask with
/// the least penalty (ISO/IEC 18004).
struct QRSymbol: Equatable {
  /// Modules along one side, without the quiet zone.
  let size: Int
  /// Row after row from the top left; true is black.
  private(set) var modules: [Bool]

  init(_ content: QRContent) {
    let version = QRVersion.smallest(forByteCount: content.text.utf8.count)
    var canvas = QRCanvas(version: version)
    canvas.drawFunctionPatterns()
    canvas.draw(codewords: version.codewords(for: Array(content.text.utf8)))
    size = version.size
    modules = []
    var least = Int.max
    for mask in 0..<8 {
      var masked = canvas
      masked.apply(mask: mask)
      masked.drawFormat(mask: mask)
      let penalty = QRPenalty(size: size, modules: masked.modules).total
      if penalty < least {
        least = penalty
        modules = masked.modules
      }
    }
  }

  /// Whether a module is black.
  func isBlack(row: Int, column: Int) -> Bool { modules[row * size + column] }
}

extension QRVersion {
  /// Data and error correction in the order they are drawn (7.4, 7.5, 7.6).
  func codewords(for bytes: [UInt8]) -> [UInt8] {
    var bits = BitString()
    bits.append(0b0100, count: 4)
    bits.append(bytes.count, count: lengthBits)
    for byte in bytes { bits.append(Int(byte), count: 8) }
    bits.append(0, count: min(4, dataCount * 8 - bits.count))
    var data = bits.paddedBytes
    for index in 0..<dataCount - data.count { data.append(index.isMultiple(of: 2) ? 0xEC : 0x11) }
    var dataBlocks: [[UInt8]] = []
    var start = 0
    for length in blocks {
      dataBlocks.append(Array(data[start..<start + length]))
      start += length
    }
    let correctionBlocks = dataBlocks.map {
      ReedSolomon.correction(of: $0, count: correctionCount)
    }
    return interleaved(dataBlocks) + interleaved(correctionBlocks)
  }

  private func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
    let longest = blocks.lazy.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in
      blocks.compactMap { index < $0.count ? $0[index] : nil }
    }
  }
}

/// Bits, the first one highest.
private struct BitString {
  private(set) var count = 0
  private var bytes: [UInt8] = []

  /// The bytes, the last one filled up with zeros.
  var paddedBytes: [UInt8] { bytes }

  mutating func append(_ value: Int, count bits: Int) {
    for bit in (0..<bits).reversed() {
      if count.isMultiple(of: 8) { bytes.append(0) }
      if value >> bit & 1 == 1 { bytes[count / 8] |= 0x80 >> (count % 8) }
      count += 1
    }
  }
}
