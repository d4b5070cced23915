/// Why a file is no picture that can be printed.
public enum PBMFault: Error, Equatable, Sendable {
  /// It does not begin with `P4` or `P1`.
  case notPBM
  /// Width or height is missing, no number, or 0.
  case badSize
  /// It is wider or higher than the limits.
  case tooLarge(widthDots: Int, heightDots: Int)
  /// It ends before its last row.
  case tooShort
  /// A `P1` file has something other than 0 and 1.
  case badDot
}

extension Bitmap {
  /// Dots of the widest paper.
  public static let widthLimit = PaperWidth.columns48.widthDots
  /// A picture of 12 cm; more would cost paper and time on every receipt.
  public static let heightLimit = 960
  /// No PBM file within the limits is larger: `P1` with two bytes for a dot and remarks.
  public static let fileSizeLimit = 2_000_000

  /// Reads a Portable Bitmap, binary (`P4`) or plain (`P1`).
  ///
  /// Checks in the order of `PBMFault`'s cases. What follows the last row is ignored, as the
  /// format says.
  public init(pbm file: [UInt8]) throws(PBMFault) {
    let isBinary = file.starts(with: Array("P4".utf8))
    guard isBinary || file.starts(with: Array("P1".utf8)) else { throw .notPBM }
    var reader = PBMReader(rest: file.dropFirst(2))
    guard let width = reader.number(), let height = reader.number(), width > 0, height > 0 else {
      throw .badSize
    }
    guard width <= Self.widthLimit, height <= Self.heightLimit else {
      throw .tooLarge(widthDots: width, heightDots: height)
    }
    self.init(widthDots: width, heightDots: height)
    if isBinary { try readRows(&reader) } else { try readDots(&reader) }
  }

  private mutating func readRows(_ reader: inout PBMReader) throws(PBMFault) {
    // One white space ends the header; the rows follow.
    let rows = reader.rest.dropFirst()
    guard rows.count >= bytes.count else { throw .tooShort }
    bytes = Array(rows.prefix(bytes.count))
    let spare = UInt8(rowBytes * 8 - widthDots)
    for index in stride(from: rowBytes - 1, to: bytes.count, by: rowBytes) {
      bytes[index] &= 0xFF << spare
    }
  }

  private mutating func readDots(_ reader: inout PBMReader) throws(PBMFault) {
    for y in 0..<heightDots {
      for x in 0..<widthDots {
        reader.skipSpace()
        guard let digit = reader.rest.popFirst() else { throw .tooShort }
        switch digit {
        case UInt8(ascii: "0"): continue
        case UInt8(ascii: "1"): blacken(x: x, y: y)
        default: throw .badDot
        }
      }
    }
  }
}

/// Reads the words of a PBM file.
private struct PBMReader {
  var rest: ArraySlice<UInt8>

  /// Skips white space and remarks, which go from `#` to the end of the line.
  mutating func skipSpace() {
    while let byte = rest.first {
      if byte == UInt8(ascii: "#") {
        rest = rest.drop { $0 != 0x0A && $0 != 0x0D }
      } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
        rest.removeFirst()
      } else {
        return
      }
    }
  }

  /// A decimal number of at most six digits.
  mutating func number() -> Int? {
    let before = rest.count
    skipSpace()
    guard rest.count < before else { return nil }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard (1...6).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
